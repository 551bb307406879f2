"""One thing that was sent to one's own house, and the answer."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.audit.trail import record_read
from ina.base import clock
from ina.base.policy import allowed_if
from ina.network.enums import Reply
from ina.network.operations import answer_disclosure
from ina.network.queries import received
from ina.web.shell.several import Guide, several


class AnswerForm(forms.Form):
    reply = forms.TypedChoiceField(
        label="Ihre Antwort",
        choices=[(each.value, each.label) for each in Reply],
        coerce=Reply,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie."},
    )
    said = forms.CharField(label="Nachricht", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def inbox_item(request: HttpRequest, token: str) -> HttpResponse:
    actor, now = request.actor, clock.now()
    item = received(actor, token, now)
    if request.method == "GET":
        record_read(action="read.disclosure", actor=actor, now=now, token=token)
    return several(
        request,
        "network/inbox_item.html",
        {
            "answer": Guide(
                AnswerForm,
                save=partial(answer_disclosure, token=token),
                done=lambda _: (reverse("inbox_item", args=[token]), "Ihre Antwort ist angekommen."),
                may=allowed_if(item.asks_answer and item.answer is None, "Darauf ist schon geantwortet worden."),
            )
        },
        {"item": item, "section": "inbox"},
    )
