"""Postausgang: the whole desk of what goes out, over all files that one sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import Verdict, allowed_if
from ina.documents.enums import DispatchState
from ina.documents.operations import drop_dispatch, hand_over_dispatch, print_dispatch, return_dispatch
from ina.documents.queries import DispatchRow, list_outbox
from ina.web.shell.forms import GermanDateField
from ina.web.shell.navigation import WITH_FILES
from ina.web.shell.several import Guide, several

STEPS = {
    "print": ("gedruckt", print_dispatch),
    "go": ("aus dem Haus: zur Post gegeben oder überreicht", hand_over_dispatch),
    "return": ("zurückgekommen", return_dispatch),
    "drop": ("wird doch nicht verschickt", drop_dispatch),
}
# What most likely happens next, and the word on its button.
NEXT = {
    DispatchState.PREPARED: ("print", "gedruckt"),
    DispatchState.PRINTED: ("go", "aus dem Haus"),
    DispatchState.GONE: ("return", "zurückgekommen"),
}
GROUPS = (
    (DispatchState.PREPARED, "Zu drucken", "Nichts ist zu drucken."),
    (DispatchState.PRINTED, "Zur Post geben oder überreichen", "Nichts liegt gedruckt im Haus."),
    (DispatchState.RETURNED, "Zurückgekommen", "Nichts kam zurück."),
    (DispatchState.GONE, "Aus dem Haus", "In den letzten 60 Tagen ging nichts hinaus."),
)


@dataclass(frozen=True)
class Line:
    """A sending as the template needs it; ``step`` is empty where the reader enters nothing."""

    row: DispatchRow
    step: str
    word: str


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    empty: str
    lines: tuple[Line, ...]


class MoveForm(forms.Form):
    which = forms.ChoiceField(
        label="Sendung",
        error_messages={
            "invalid_choice": "Hier hat inzwischen jemand etwas eingetragen. Bitte wählen Sie noch einmal."
        },
    )
    step = forms.ChoiceField(label="Was geschah?", choices=[(key, label) for key, (label, _) in STEPS.items()])
    on = GermanDateField(label="am")
    because = forms.CharField(
        label="weil", max_length=300, required=False, help_text="nötig, wenn etwas zurückkam oder unterbleibt"
    )

    def __init__(self, *arguments, rows: Sequence[DispatchRow], **options):
        super().__init__(*arguments, **options)
        self.fields["which"].choices = [
            (
                row.key,
                " ".join(filter(None, (row.title and f"{row.title},", f"an {row.recipient} ({row.state.label})"))),
            )
            for row in rows
        ]


def move_guide(request: HttpRequest, rows: Sequence[DispatchRow], here: str, may: Verdict) -> Guide:
    """The form that writes down what became of one of ``rows``; ``?sendung=`` and ``?schritt=`` choose beforehand."""
    chosen = {"which": request.GET.get("sendung", ""), "step": request.GET.get("schritt", "")}
    return Guide(
        partial(MoveForm, rows=rows),
        save=partial(_move, {row.key: row for row in rows}),
        done=lambda _: (here, "Eingetragen."),
        may=may,
        initial=lambda: {"on": clock.today(), **{name: value for name, value in chosen.items() if value}},
    )


def outbox(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    allowed_if(actor.role in WITH_FILES, "Einen Postausgang hat, wer mit Akten arbeitet.").require()
    rows = list_outbox(actor, clock.today())
    movable = [row for row in rows if row.movable]
    may = allowed_if(bool(movable), "Hier gibt es nichts, was Sie eintragen können.")
    return several(
        request,
        "documents/outbox.html",
        {"move": move_guide(request, movable, reverse("outbox"), may)},
        {"groups": _groups(rows), "empty": not rows, "section": "outbox"},
    )


def _groups(rows: Sequence[DispatchRow]) -> list[Group]:
    return [
        Group(str(state).lower(), label, empty, tuple(_line(row) for row in rows if row.state is state))
        for state, label, empty in GROUPS
    ]


def _line(row: DispatchRow) -> Line:
    step, word = NEXT.get(row.state, ("", "")) if row.movable else ("", "")
    return Line(row, step, word)


def _move(rows: dict[str, DispatchRow], *, which: str, step: str, on, because: str, **entered):
    row = rows[which]
    said = {
        "print": {"on": on},
        "go": {"on": on},
        "return": {"on": on, "because": because},
        "drop": {"because": because},
    }[step]
    return STEPS[step][1](dispatch_id=row.id, version=row.version, **said, **entered)
