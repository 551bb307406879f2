"""Nachsorge: the clock of six months, the rhythm of contacts, the reports at their points, and the one at the end."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases.enums import State
from ina.cases.policies import may_correct_entries
from ina.monitoring import operations, policies
from ina.monitoring.enums import PointState
from ina.monitoring.queries import ReportPoint, read_aftercare
from ina.web.shell.fields import choose, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

MARKS = {PointState.RECORDED: "done", PointState.LATER: "open", PointState.DUE: "due", PointState.OVERDUE: "late"}
NO_POINT = refused("Alle Berichte sind geschrieben.")
WRITTEN = refused("Der Abschlussbericht ist geschrieben.")


class ReportForm(forms.Form):
    months = choose("Stand nach", numbered=True)
    written_on = GermanDateField(label="geschrieben am", latest=TODAY)
    work = words(
        "Arbeit und Ausbildung", rows=2, required=True, help_text="seit wann, wo, als was; oder woran es hängt"
    )
    employer = words("Kontakt mit dem Betrieb", rows=2)
    housing = words("Wohnen", rows=2)
    income = words("Geld und Leistungen", rows=2)
    debts = words("Schulden", rows=2)
    supervision = words("Bewährungshilfe, Führungsaufsicht: Termine eingehalten?", rows=2)
    family = words("Familie und Umfeld", rows=2)
    support = words("Was haben wir getan?", rows=2)
    plan = words("Plan für die nächste Zeit", rows=2)
    reprofiling = field("monitoring.AftercareReport.reprofiling")

    def __init__(self, *arguments: Any, points: list[ReportPoint], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["months"].choices = [(each.months, _named(each)) for each in points]


class ClosingForm(forms.Form):
    written_on = GermanDateField(label="geschrieben am", latest=TODAY)
    summary = words("Maßnahmen und was sie gebracht haben", rows=4, required=True)
    remaining_need = words("Was wird weiter gebraucht?", rows=2)
    handed_to = field("monitoring.ClosingReport.handed_to", help_text="mit Einwilligung; leer, wenn niemand")
    feedback = words("Was sagt die Person dazu?", rows=2)
    recommendation = words("Empfehlung", rows=2)


def aftercare(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "aftercare"), request.actor, clock.today()
    case = opened.case
    found, here = read_aftercare(actor, opened, today), reverse("aftercare", args=[number])
    may, may_close = policies.may_write_aftercare_report(actor, case), policies.may_write_closing_report(actor, case)
    missing = [point for point in found.points if point.report is None]
    return several(
        request,
        "cases/aftercare.html",
        {
            "report": Guide(
                partial(ReportForm, points=missing),
                save=partial(operations.write_aftercare_report, case_id=case.pk),
                done=lambda row: (here, f"{row} ist geschrieben."),
                may=may if missing or not may else NO_POINT,
                initial=lambda: {"written_on": today},
                draft=f"aftercare:{case.pk}",
            ),
            "closing": Guide(
                ClosingForm,
                save=partial(operations.write_closing_report, case_id=case.pk),
                done=lambda _: (here, "Der Abschlussbericht ist geschrieben."),
                may=may_close if found.closing is None or not may_close else WRITTEN,
                initial=lambda: {"written_on": today},
                draft=f"closing_report:{case.pk}",
            ),
        },
        {
            **head_of(opened, "outcomes", today),
            "found": found,
            "rows": [(point, MARKS[point.state], _named(point)) for point in found.points],
            "released_on": opened.released_on,
            "in_aftercare": opened.state is State.AFTERCARE,
            "refusal": may.reason,
            "may_correct": bool(may_correct_entries(actor, case)),
            "today": today,
        },
    )


def _named(point: ReportPoint) -> str:
    return f"{point.months} {'Monat' if point.months == 1 else 'Monaten'} ({point.due_on:%d.%m.%Y})"
