"""Drohender Abbruch: early signs as plain sentences, one button that asks somebody to act, and what was done."""

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
from ina.monitoring.enums import CrisisResult, CrisisStep, CrisisTrigger, Reporter, Urgency
from ina.monitoring.queries import early_signs, get_crisis, list_crises
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

NONE_OPEN = refused("Keine Krise ist offen.")
NONE_ENDED = refused("Keine Krise ist beendet.")


class ReportForm(forms.Form):
    trigger = pick(CrisisTrigger, "Was droht?")
    urgency = pick(Urgency, "Wie eilig?", radio=True)
    reported_by = pick(Reporter, "gemeldet von")
    reported_on = GermanDateField(label="gemeldet am", latest=TODAY)
    hypothesis = words("Was kann dahinter stecken?", rows=2, help_text="keine Diagnosen, nichts zur Straftat")


class ActForm(forms.Form):
    crisis = choose("Krise", numbered=True)
    kind = pick(CrisisStep, "Was ist geschehen?")
    happened_on = GermanDateField(label="am", latest=TODAY)
    text = words("Wie war es, was ist vereinbart?", rows=3, required=True)
    person_signed = field("monitoring.CrisisAct.person_signed")
    firm_signed = field("monitoring.CrisisAct.firm_signed")
    staff_signed = field("monitoring.CrisisAct.staff_signed")

    def __init__(self, *arguments: Any, open_ones: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["crisis"].choices = open_ones


class EndForm(forms.Form):
    crisis = choose("Krise", numbered=True)
    result = pick(CrisisResult, "Wie ging es aus?")
    ended_on = GermanDateField(label="beendet am", latest=TODAY)
    lesson = words("Was lernen wir daraus?", rows=2)

    def __init__(self, *arguments: Any, open_ones: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["crisis"].choices = open_ones


class ReopenForm(forms.Form):
    crisis = choose("Krise", numbered=True)

    def __init__(self, *arguments: Any, ended: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["crisis"].choices = ended


def crises(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "crises"), request.actor, clock.today()
    case = opened.case
    rows, signs = list_crises(actor, case, today), early_signs(actor, case, today)
    may, here = policies.may_report_crisis(actor, case), reverse("crises", args=[number])
    named = {row.number: f"{row.number}: {row.trigger.label}, {row.reported_on:%d.%m.%Y}" for row in rows}
    open_ones = [(row.number, named[row.number]) for row in rows if row.result is None]
    ended = [(row.number, named[row.number]) for row in rows if row.result is not None]

    def of_crisis(operation):
        def save(*, crisis: int, **entered: Any):
            return operation(crisis_id=get_crisis(actor, case, crisis).pk, **entered)

        return save

    return several(
        request,
        "cases/crises.html",
        {
            "report": Guide(
                ReportForm,
                save=partial(operations.report_crisis, case_id=case.pk),
                done=lambda row: (here, f"Gemeldet. Jemand handelt {Urgency(row.urgency).label}."),
                may=may,
                initial=lambda: {
                    "reported_on": today,
                    "reported_by": Reporter.STAFF,
                    "urgency": Urgency.THREE_DAYS,
                    "trigger": signs[0].trigger if signs else "",
                },
            ),
            "act": Guide(
                partial(ActForm, open_ones=open_ones),
                save=of_crisis(operations.act_in_crisis),
                done=lambda _: (here, "Eingetragen."),
                may=(ALLOWED if open_ones else NONE_OPEN) if may else may,
                initial=lambda: {"happened_on": today},
            ),
            "end": Guide(
                partial(EndForm, open_ones=open_ones),
                save=of_crisis(operations.end_crisis),
                done=lambda _: (here, "Die Krise ist beendet."),
                may=(ALLOWED if open_ones else NONE_OPEN) if may else may,
                initial=lambda: {"ended_on": today},
            ),
            "reopen": Guide(
                partial(ReopenForm, ended=ended),
                save=of_crisis(operations.reopen_crisis),
                done=lambda _: (here, "Die Krise ist wieder offen."),
                may=(ALLOWED if ended else NONE_ENDED) if may else may,
            ),
        },
        {
            **head_of(opened, "contacts"),
            "rows": rows,
            "signs": signs,
            "refusal": may.reason,
            "may_correct": bool(may_correct_entries(actor, case)),
            "today": today,
        },
    )
