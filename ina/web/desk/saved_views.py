"""Ansichten: keep what the list of cases is narrowed to under a name, open it again, forget it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.cases import policies
from ina.cases.operations.list_views import forget_view, save_view
from ina.cases.queries.list_frame import KeptView, get_list_frame, view_named
from ina.cases.rules.narrowing import Narrowing, narrowing_of
from ina.web.desk.case_filter import address_of, words_of
from ina.web.shell.forms import field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import Undo


class SaveForm(forms.Form):
    name = field("cases.SavedView.name", help_text="zum Beispiel „Nachsorge in Moers“; keine Namen von Personen")


class ForgetForm(forms.Form):
    name = forms.CharField(widget=forms.HiddenInput, max_length=40)


@dataclass(frozen=True)
class Line:
    name: str
    url: str
    words: str


def saved_views(request: HttpRequest) -> HttpResponse:
    actor, today = request.actor, clock.today()
    policies.may_keep_views(actor).require()
    wanted, frame = narrowing_of(request.GET), get_list_frame(actor, today)
    return several(
        request,
        "desk/saved_views.html",
        {
            "save": Guide(
                SaveForm,
                save=partial(save_view, query=wanted.as_query()),
                done=lambda view: (_list(wanted), f"Ansicht „{view.name}“ gespeichert. Sie steht über der Liste."),
            ),
            "forget": Guide(ForgetForm, save=_forget, done=_forgotten),
        },
        {
            "lines": [_line(actor, view, frame) for view in frame.views],
            "can_save": wanted != Narrowing(),
            "words": words_of(actor, wanted, frame),
            "back": _list(wanted),
            "section": "case_list",
        },
    )


def _forget(*, actor, name: str, now) -> KeptView:
    view_id = view_named(actor, name)
    if view_id is None:
        raise NotVisible()
    return forget_view(actor=actor, savedview_id=view_id, now=now)


def _forgotten(view: KeptView) -> tuple[str, str, Undo]:
    here = reverse("saved_views")
    again = f"{here}?{address_of(narrowing_of(view.query))}"
    return here, f"Ansicht „{view.name}“ gelöscht.", Undo(again, {"formular": "save", "name": view.name})


def _line(actor, view: KeptView, frame) -> Line:
    wanted = narrowing_of(view.query)
    return Line(view.name, _list(wanted), words_of(actor, wanted, frame))


def _list(wanted: Narrowing) -> str:
    query = address_of(wanted)
    return reverse("case_list") + (f"?{query}" if query else "")
