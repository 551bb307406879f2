"""Forms of tasks: what is to be done, by when, by whom; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from ina.agenda.enums import Anchor
from ina.agenda.queries import ItemRow
from ina.agenda.rules import TOLD
from ina.web.shell.fields import choose
from ina.web.shell.forms import TODAY, GermanDateField, field

BEFORE, AFTER = "vor", "nach"
AHEAD = "TT.MM.JJJJ, „morgen“ oder „+14“"
# What a task can count from, and on which sides: nothing is planned ahead of a referral.
SIDES = {
    Anchor.RELEASE: (BEFORE, AFTER),
    Anchor.ADMISSION: (AFTER,),
    Anchor.REFERRAL: (AFTER,),
}


class TaskForm(forms.Form):
    """A day, or a distance to a day of the case; whoever sees the file can be asked."""

    title = field("agenda.Item.title", label="Was ist zu tun?")
    due_on = GermanDateField(label="fällig am", required=False, help_text=AHEAD)
    offset = forms.CharField(
        label="oder Abstand", max_length=40, required=False, help_text="„3 Wochen“, „10 Arbeitstage“"
    )
    count_from = choose("gerechnet", required=False)
    responsible_id = choose("zuständig", numbered=True, required=False, empty_value=None)
    deputy_id = choose("Vertretung", numbered=True, required=False, empty_value=None)
    detail = field("agenda.Item.detail", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *arguments: Any, people: Mapping[int, str], sides: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["responsible_id"].choices = [("", "noch niemand"), *people.items()]
        self.fields["deputy_id"].choices = [("", "niemand"), *people.items()]
        self.fields["count_from"].choices = [("", "bitte wählen"), *sides]
        if not sides:
            del self.fields["offset"], self.fields["count_from"]
            self.fields["due_on"].required = True

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if self.errors or "offset" not in self.fields:
            return entered
        day, offset, side = entered["due_on"], entered["offset"], entered["count_from"]
        if day and (offset or side):
            self.add_error("offset", "Bitte nennen Sie entweder einen Tag oder einen Abstand.")
        elif offset and not side:
            self.add_error("count_from", "Bitte wählen Sie, wovon der Abstand rechnet.")
        elif side and not offset:
            self.add_error("offset", "Bitte nennen Sie den Abstand.")
        elif not day and not offset:
            self.add_error("due_on", "Bitte nennen Sie einen Tag oder einen Abstand.")
        return entered


class ChangeForm(TaskForm):
    """Only what can be changed: a stated day stays one, a task of the course keeps what it counts from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, item: ItemRow, **options: Any) -> None:
        super().__init__(*arguments, sides=_own_sides(item), **options)
        if item.distance is not None:
            self.fields["offset"].label = "Abstand"
            self.fields["due_on"].label = "oder fester Tag"
            if item.automatic:
                del self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        # A distance that was only shown is no entry: a day may take its place, and no day is computed anew.
        entered = forms.Form.clean(self) or {}
        if self.errors or "offset" not in self.fields:
            return entered
        moved = {"offset", "count_from"} & set(self.changed_data)
        if not moved:
            entered["offset"] = ""
        elif entered.get("due_on"):
            self.add_error("due_on", "Bitte nennen Sie entweder einen Tag oder einen Abstand.")
        elif not (entered["offset"] and entered["count_from"]):
            self.add_error("offset", "Bitte nennen Sie den Abstand und wovon er rechnet.")
        return entered


class Versioned(forms.Form):
    """About the item that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CompleteForm(Versioned):
    on = GermanDateField(label="erledigt am", latest=TODAY)


class SnoozeForm(Versioned):
    until = GermanDateField(label="zurückstellen bis", earliest=timedelta(days=1), help_text=AHEAD)
    reason = field("agenda.Item.snooze_reason", label="weil", required=True)


class DropForm(Versioned):
    because = field("agenda.Item.because", label="entfällt, weil", required=True)


class ReopenForm(Versioned):
    """Nothing to fill in."""


def sides_of(days: Mapping[Anchor, date]) -> list[tuple[str, str]]:
    """What can be counted from in this case, as choices: „vor dem Entlassungstermin“."""
    return [
        (f"{side}:{anchor}", TOLD[anchor][(BEFORE, AFTER).index(side)])
        for anchor, sides in SIDES.items()
        if anchor in days
        for side in sides
    ]


def _own_sides(item: ItemRow) -> list[tuple[str, str]]:
    if item.distance is None:
        return []
    return [(f"{side}:{item.anchor}", TOLD[item.anchor][place]) for place, side in enumerate((BEFORE, AFTER))]


def present(item: ItemRow) -> dict[str, Any]:
    """What the form for changes shows at first."""
    shown: dict[str, Any] = {
        name: getattr(item, name) for name in ("version", "title", "detail", "responsible_id", "deputy_id")
    }
    if item.distance is None:
        return shown | {"due_on": item.due_on}
    if item.distance.count == 0:
        return shown
    before = item.distance.count < 0
    return shown | {
        "offset": str(-item.distance if before else item.distance),
        "count_from": f"{BEFORE if before else AFTER}:{item.anchor}",
    }


def reckoning(entered: dict[str, Any]) -> dict[str, Any]:
    """The arguments of an operation for what was chosen under „gerechnet“."""
    side, _, anchor = entered.pop("count_from", "").partition(":")
    return entered | {"before": side != AFTER} | ({"anchor": Anchor(anchor)} if anchor else {})
