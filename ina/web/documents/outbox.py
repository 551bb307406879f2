"""Postausgang: what is to be printed, what lies printed in the house, what came back."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import allowed_if
from ina.documents.enums import DispatchState
from ina.documents.operations import drop_dispatch, hand_over_dispatch, print_dispatch, return_dispatch
from ina.documents.queries import list_outbox
from ina.web.shell.forms import GermanDateField
from ina.web.shell.navigation import WITH_FILES
from ina.web.shell.several import Guide, several

STEPS = {
    "print": ("gedruckt", print_dispatch),
    "go": ("aus dem Haus: zur Post gegeben oder überreicht", hand_over_dispatch),
    "return": ("zurückgekommen", return_dispatch),
    "drop": ("wird doch nicht verschickt", drop_dispatch),
}


class MoveForm(forms.Form):
    which = forms.TypedChoiceField(label="Sendung", coerce=int)
    step = forms.ChoiceField(label="Was geschah?", choices=[(key, label) for key, (label, _) in STEPS.items()])
    on = GermanDateField(label="am")
    because = forms.CharField(
        label="weil", max_length=300, required=False, help_text="nötig, wenn etwas zurückkam oder unterbleibt"
    )

    def __init__(self, *arguments, rows, **options):
        super().__init__(*arguments, **options)
        self.fields["which"].choices = [
            (place, f"{row.title}, an {row.recipient} ({row.state.label})") for place, row in enumerate(rows, 1)
        ]


def outbox(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    allowed_if(actor.role in WITH_FILES, "Einen Postausgang hat, wer mit Akten arbeitet.").require()
    rows = list_outbox(actor)
    movable = [row for row in rows if row.state is not DispatchState.RETURNED]
    here = reverse("outbox")
    return several(
        request,
        "documents/outbox.html",
        {
            "move": Guide(
                partial(MoveForm, rows=movable),
                save=partial(_move, movable),
                done=lambda _: (here, "Eingetragen."),
                may=allowed_if(bool(movable), "Im Postausgang liegt nichts."),
                initial=lambda: {"on": clock.today()},
            )
        },
        {"rows": rows},
    )


def _move(rows, *, which: int, step: str, on, because: str, **entered):
    row = rows[which - 1]
    said = {
        "print": {"on": on},
        "go": {"on": on},
        "return": {"on": on, "because": because},
        "drop": {"because": because},
    }[step]
    return STEPS[step][1](dispatch_id=row.id, version=row.version, **said, **entered)
