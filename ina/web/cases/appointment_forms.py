"""Forms of appointments: when, where, with whom; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms

from ina.base import clock
from ina.monitoring.enums import Absence, ContactOutcome, Initiative, Repeat
from ina.monitoring.queries import CONTACT_KINDS, CaseAppointment
from ina.reference.queries import code_choices
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.forms import GermanDateField, GermanTimeField, field

AHEAD = "TT.MM.JJJJ, „heute“ oder „+7“"
# A slip of the finger is noticed; how far exactly is for the operation to say.
EARLIEST, LATEST = timedelta(days=-3660), timedelta(days=3660)


class AppointmentForm(forms.Form):
    """keepers: positions that can keep it; where there is one only, nobody is asked. in_custody: whether going out
    needs leave."""

    title = field("monitoring.Appointment.title", label="Worum es geht")
    on = GermanDateField(label="am", help_text=AHEAD, earliest=EARLIEST, latest=LATEST)
    at = GermanTimeField(label="um", required=False)
    minutes = field("monitoring.Appointment.minutes", min_value=1, help_text="leer lassen, wenn unbekannt")
    place = field("monitoring.Appointment.place")
    others = field("monitoring.Appointment.others", label="weitere Beteiligte", help_text="zum Beispiel Jobcenter")
    outside = field(
        "monitoring.Appointment.outside",
        help_text="Enden die Lockerungen, wird der Termin von selbst abgesagt.",
    )
    jobcenter = field(
        "monitoring.Appointment.jobcenter",
        help_text="Das Jobcenter hat die Person eingeladen. Drei versäumte Termine gefährden das Geld.",
    )
    keeper_id = choose("nimmt wahr", numbered=True)

    def __init__(self, *arguments: Any, keepers: Mapping[int, str], in_custody: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if len(keepers) > 1:
            self.fields["keeper_id"].choices = list(keepers.items())
        else:
            del self.fields["keeper_id"]
        if not in_custody:
            del self.fields["outside"]


class AgreeForm(AppointmentForm):
    """One, or a series; how many is asked only of a series."""

    repeat = pick(Repeat, "wiederholt sich", required=False, help_text="leer: einmal")
    times = forms.IntegerField(
        label="wie viele Termine zusammen", min_value=2, max_value=26, required=False, help_text="bei einer Reihe"
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("repeat") and not entered.get("times") and "times" not in self.errors:
            self.add_error("times", "Wie viele Termine hat die Reihe?")
        return entered


class MoveForm(AppointmentForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    because = field("monitoring.Appointment.because", label="abgesagt, weil", required=True)


class KeepForm(forms.Form):
    """Day, hour and place stand there already."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = pick(ContactOutcome, "Ergebnis", radio=True)
    kind = choose("Art", widget=forms.RadioSelect)
    absence = pick(Absence, "Nicht erschienen, weil", required=False)
    minutes = field("monitoring.Contact.minutes", min_value=1, help_text="leer lassen, wenn unbekannt")
    initiative = pick(Initiative, "auf Wunsch von", radio=True)
    content = words(
        "Was besprochen wurde",
        rows=4,
        help_text="Das lesen auch Teamleitung und Sozialdienst. Bitte nichts Vertrauliches.",
    )
    next_step = forms.CharField(label="nächster Schritt", max_length=500, required=False)
    next_on = GermanDateField(label="bis", required=False, help_text=AHEAD)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = code_choices(CONTACT_KINDS, on=clock.today())


class ReopenForm(forms.Form):
    """Nothing to fill in."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def present(row: CaseAppointment) -> dict[str, Any]:
    """What the form for changes shows at first."""
    shown = {
        name: getattr(row, name)
        for name in ("version", "on", "at", "minutes", "title", "others", "outside", "jobcenter")
    }
    return shown | {"place": row.where, "keeper_id": row.keeper_id}
