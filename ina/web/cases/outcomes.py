"""Verbleib (step 6, Evaluation): work or not, at release and three and six months later. Unknown is a value."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases.policies import may_correct_entries
from ina.monitoring import policies
from ina.monitoring.enums import PointState
from ina.monitoring.operations import record_outcome
from ina.monitoring.queries import OUTCOME_LIST, points_and_voided
from ina.reference.queries import code_choices
from ina.web.shell.fields import choose
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

MARKS = {PointState.RECORDED: "done", PointState.LATER: "open", PointState.DUE: "due", PointState.OVERDUE: "late"}


class OutcomeForm(forms.Form):
    """Where somebody stood on a key date."""

    point = choose("Zeitpunkt")
    category = choose("Verbleib am Stichtag")
    since_on = GermanDateField(label="seit", latest=TODAY, required=False)
    source = field(
        "monitoring.OutcomeStatus.source", help_text="Gespräch, Betrieb, Jobcenter …; nicht nötig bei „nicht bekannt“"
    )

    def __init__(self, *arguments, points, **options):
        super().__init__(*arguments, **options)
        self.fields["point"].choices = [
            (str(each.months), f"{each.label} ({each.refers_on:%d.%m.%Y})") for each in points
        ]
        choices = code_choices(OUTCOME_LIST, on=clock.today())
        self.fields["category"].choices = [("", "bitte wählen"), *choices]


def outcomes(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "outcomes"), request.actor, clock.today()
    points, voided = points_and_voided(actor, opened, today)
    may = policies.may_record_outcome(actor, opened.case)
    missing = [each for each in points if each.state in (PointState.DUE, PointState.OVERDUE)]
    here = reverse("outcomes", args=[number])
    return several(
        request,
        "cases/outcomes.html",
        {
            "record": Guide(
                partial(OutcomeForm, points=missing),
                save=partial(_record, opened.case.pk),
                done=lambda row: (
                    here,
                    f"{row} eingetragen.",
                    void_newest(actor, opened, "verbleib", row.pk),
                ),
                may=may if missing or not may else refused("Zurzeit ist kein Zeitpunkt fällig."),
            ),
        },
        {
            **head_of(opened, "outcomes", today),
            "voided": voided,
            "may_correct": bool(may_correct_entries(actor, opened.case)),
            "rows": [(each, "unknown" if each.is_unknown else MARKS[each.state]) for each in points],
            "refusal": may.reason,
        },
    )


def _record(case_id: int, *, point: str, **entered):
    return record_outcome(case_id=case_id, months=int(point), **entered)
