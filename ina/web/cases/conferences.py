"""Fallkonferenzen: who met about the case, what was decided, and which step of the plan it became."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases.policies import may_correct_entries
from ina.planning import operations, policies
from ina.planning.enums import PlanState, StepOwner
from ina.planning.lifecycle import EDITABLE, IN_WORK
from ina.planning.queries import (
    CONFERENCE_READS,
    GOALS,
    PlanRow,
    conferences_from,
    get_conference,
    get_decision,
    plan_from,
)
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

NO_CONFERENCE = refused("Es ist noch keine Fallkonferenz eingetragen.")
NO_STEP = refused("Kein Beschluss wartet darauf, ein Schritt des Plans zu werden.")


class HoldForm(forms.Form):
    held_on = GermanDateField(label="am", latest=TODAY)
    place = field("planning.Conference.place")
    participants = words(
        "wer dabei war", rows=4, required=True, help_text="je Zeile: Name, Rolle, Stelle – mit Kommas getrennt"
    )
    topics = words("Themen", rows=3, required=True)
    minutes = words("Protokoll", rows=5)


class DecideForm(forms.Form):
    conference = choose("Fallkonferenz", numbered=True)
    text = field("planning.ConferenceDecision.text")
    owner = pick(StepOwner, "wer")
    owner_name = field("planning.ConferenceDecision.owner_name")
    due_on = GermanDateField(label="bis", required=False)

    def __init__(self, *arguments, conferences, **options):
        super().__init__(*arguments, **options)
        self.fields["conference"].choices = conferences


class StepForm(forms.Form):
    decision = choose("Beschluss", numbered=True)
    goal = choose("wird ein Schritt von", numbered=True)

    def __init__(self, *arguments, decisions, goals, **options):
        super().__init__(*arguments, **options)
        self.fields["decision"].choices = decisions
        self.fields["goal"].choices = goals


def conferences(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "conferences", along=(GOALS, *CONFERENCE_READS))
    actor, today, case = request.actor, clock.today(), opened.case
    rows = conferences_from(opened.answers, case)
    plan = _version_to_write(opened)
    may = policies.may_hold_conference(actor, case)
    here = reverse("conferences", args=[number])
    standing = [row for row in rows if not row.voided]
    waiting = [
        (decision.ordinal, f"{row.held_on:%d.%m.%Y}: {decision.text[:80]}")
        for row in standing
        for decision in row.decisions
        if decision.step is None
    ]
    goals = [
        (goal.number, f"Ziel {goal.number}: {goal.wording_person[:80]}")
        for goal in (plan.goals if plan else ())
        if not goal.is_judged
    ]

    def decide(*, conference: int, **entered: Any):
        return operations.note_decision(conference_id=get_conference(actor, case, conference).pk, **entered)

    def make_step(*, decision: int, **entered: Any):
        row = get_decision(actor, case, decision)
        return operations.make_step(conferencedecision_id=row.pk, **entered)

    return several(
        request,
        "cases/conferences.html",
        {
            "hold": Guide(
                HoldForm,
                save=partial(operations.hold_conference, case_id=case.pk),
                done=lambda _: (here, "Fallkonferenz eingetragen."),
                may=may,
                initial=lambda: {"held_on": today},
            ),
            "decide": Guide(
                partial(DecideForm, conferences=[(row.ordinal, _named(row.held_on, row.place)) for row in standing]),
                save=decide,
                done=lambda _: (here, "Beschluss eingetragen."),
                may=(may if standing else NO_CONFERENCE) if may else may,
            ),
            "step": Guide(
                partial(StepForm, decisions=waiting, goals=goals),
                save=make_step,
                done=lambda step: (here, f"Schritt {step.goal.number}.{step.number} steht im Plan."),
                may=(may if waiting and goals else NO_STEP) if may else may,
            ),
        },
        {
            **head_of(opened, "plan", today),
            "rows": rows,
            "opens_version": plan is not None and plan.state is PlanState.IN_FORCE,
            "frozen": plan is not None and PlanState(plan.state) not in EDITABLE | {PlanState.IN_FORCE},
            "waiting": waiting,
            "refusal": may.reason,
            "may_correct": bool(may_correct_entries(actor, case)),
        },
    )


def _version_to_write(opened) -> PlanRow | None:
    """The version in work; else the one in force, from which the next begins."""
    rows = opened.answers[GOALS]
    plans = (row.plan for row in rows if row.plan.case_id == opened.case.pk)
    working = next((plan.plan_version for plan in plans if PlanState(plan.state) in IN_WORK), None)
    return plan_from(rows, opened.case, release=opened.planning_date, plan_version=working)


def _named(held_on: date, place: str) -> str:
    return f"{held_on:%d.%m.%Y}" + (f", {place}" if place else "")
