"""Anträge: for papers, money and a roof; where each stands, and what has to happen by when."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import ALLOWED, refused
from ina.cases.policies import may_correct_entries
from ina.monitoring import operations, policies
from ina.monitoring.enums import ApplicationKind, ApplicationStep
from ina.monitoring.queries import ApplicationRow, get_application, list_applications
from ina.web.shell.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

NONE_OPEN = refused("Kein Antrag ist offen.")
MARKS = {
    ApplicationStep.PREPARED: "open",
    ApplicationStep.FILED: "due",
    ApplicationStep.MISSING_DOCS: "late",
    ApplicationStep.GRANTED: "done",
    ApplicationStep.PROVISIONAL: "due",
    ApplicationStep.DENIED: "fail",
    ApplicationStep.OBJECTION: "due",
    ApplicationStep.WITHDRAWN: "na",
}


class BeginForm(forms.Form):
    kind = pick(ApplicationKind, "Antrag auf")
    office = field("monitoring.BenefitApplication.office", label="bei welcher Stelle?")
    reference = field("monitoring.BenefitApplication.reference", help_text="wenn bekannt")
    prepared_on = GermanDateField(label="vorbereitet am", latest=TODAY)


class MoveForm(forms.Form):
    application = choose("Antrag", numbered=True)
    step = pick(ApplicationStep, "Was ist geschehen?", without=(ApplicationStep.PREPARED,))
    happened_on = GermanDateField(
        label="am", latest=TODAY, help_text="beim Stellen der Tag des Eingangs, beim Bescheid der Tag der Zustellung"
    )
    due_on = GermanDateField(label="Unterlagen bis", required=False, help_text="nur wenn welche fehlen")
    remark = field("monitoring.ApplicationMove.remark")

    def __init__(self, *arguments: Any, open_ones: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["application"].choices = open_ones


def applications(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "applications"), request.actor, clock.today()
    case, here = opened.case, reverse("applications", args=[number])
    rows, may = list_applications(actor, case, today), policies.may_apply(actor, case)
    open_ones = [(row.number, _named(row)) for row in rows if row.following]

    def move(*, application: int, **entered: Any):
        row = get_application(actor, case, application)
        return operations.move_application(benefitapplication_id=row.pk, **entered)

    return several(
        request,
        "cases/applications.html",
        {
            "move": Guide(
                partial(MoveForm, open_ones=open_ones),
                save=move,
                done=lambda row: (here, f"Eingetragen: {ApplicationStep(row.step).label}."),
                may=(ALLOWED if open_ones else NONE_OPEN) if may else may,
                initial=lambda: {"happened_on": today},
            ),
            "begin": Guide(
                BeginForm,
                save=partial(operations.begin_application, case_id=case.pk),
                done=lambda row: (here, f"Antrag {row.number} ist eingetragen."),
                may=may,
                initial=lambda: {"prepared_on": today},
            ),
        },
        {
            **head_of(opened, "release_dates"),
            "rows": [(row, MARKS[row.state]) for row in rows],
            "refusal": may.reason,
            "may_correct": bool(may_correct_entries(actor, case)),
            "today": today,
        },
    )


def _named(row: ApplicationRow) -> str:
    return f"{row.number}: {row.kind.label}, {row.office}"
