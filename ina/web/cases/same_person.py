"""Weitere Akten: whether another file is about the same person, asked over the walls; and what came of it."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.clock import BERLIN
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.enums import LinkState
from ina.cases.operations.links import ask_link, unlink
from ina.cases.queries import list_links
from ina.cases.queries.people import sheet_of_file
from ina.web.cases.alike import alike_context, sealed, unsealed
from ina.web.shell.fields import GONE, choose
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show
from ina.web.shell.several import CHOSEN, Guide, several

PAGE = "cases/same_person.html"


class AskForm(forms.Form):
    offered = forms.CharField(widget=forms.HiddenInput, required=False)
    handle = forms.ChoiceField(label="Akte", widget=forms.RadioSelect, error_messages=GONE)
    because = forms.CharField(
        label="Warum Sie fragen",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Liest auch die andere Seite. Bitte nichts über den Fall, nur was für dieselbe Person spricht.",
    )

    def __init__(self, *arguments, offers=(), **options):
        super().__init__(*arguments, **options)
        self.fields["handle"].choices = self.offers = offers


class UnlinkForm(forms.Form):
    link = choose("Verknüpfung oder Anfrage")
    because = forms.CharField(label="Grund", max_length=300)

    def __init__(self, *arguments, links, **options):
        super().__init__(*arguments, **options)
        self.fields["link"].choices = [(key, _told(row)) for key, row in links.items()]


def same_person(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor = open_file(request, number, "same_person"), request.actor
    known = list_links(actor, opened.dossier.pk)
    ending = {str(each.row.pair): each.row for each in known if policies.may_unlink(actor, each.row)}
    may_ask = policies.may_ask_link(actor, opened.dossier)
    here = reverse("same_person", args=[number])
    context = {**head_of(opened, "same_person"), "known": known, "may_ask": bool(may_ask), "searched": False}
    end_form = partial(UnlinkForm, links=ending)
    if request.method == "POST" and request.POST.get(CHOSEN) == "search":
        may_ask.require()
        found = alike_context(actor, sheet_of_file(actor, opened.dossier.pk), clock.now(), own=opened.dossier.pk)
        offered = sealed(found["alike"])
        forms_shown = {
            "ask": AskForm(initial={"offered": offered}, offers=unsealed(offered), auto_id="ask_%s"),
            "unlink": end_form(auto_id="unlink_%s") if ending else None,
        }
        return show(request, PAGE, {**context, **found, **forms_shown, "searched": True})
    return several(
        request,
        PAGE,
        {
            "ask": Guide(
                partial(AskForm, offers=unsealed(request.POST.get("offered", ""))),
                save=partial(_ask, opened.dossier.pk),
                done=lambda row: (here, _asked(row)),
                may=may_ask,
            ),
            "unlink": Guide(
                end_form,
                save=partial(_unlink, ending),
                done=lambda _: (here, "Gelöst, auf beiden Seiten."),
                may=policies.may_list_link_requests(actor) if ending else refused("Hier ist nichts zu lösen."),
            ),
        },
        context,
    )


def _told(row) -> str:
    if row.state == LinkState.LINKED:
        return f"Akte {row.other_number}, {row.house}"
    return f"Anfrage vom {row.asked_at.astimezone(BERLIN):%d.%m.%Y} an {row.house}"


def _asked(row) -> str:
    if row.state == LinkState.LINKED:
        return f"Verknüpft mit der Akte {row.other_number}: Beide führen Sie selbst."
    return f"Gefragt: {row.house}. Die Antwort steht hier, sobald sie da ist."


def _ask(dossier_id: int, *, offered: str, **entered):
    return ask_link(dossier_id=dossier_id, **entered)


def _unlink(ending, *, link: str, **entered):
    return unlink(sameperson_id=ending[link].pk, **entered)
