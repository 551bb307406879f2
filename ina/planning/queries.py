"""The plan of a case. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_by_note
from ina.planning.enums import GoalStatus, PlanState, Priority, StepOwner, StepStatus
from ina.planning.models import Goal, IntegrationPlan, PlanStep
from ina.profiling.enums import KeyGroup


@dataclass(frozen=True)
class StepRow:
    """A step of a goal; ``number`` counts inside the goal."""

    number: int
    what: str
    owner: StepOwner
    due_on: date | None
    status: StepStatus
    done_on: date | None
    result: str
    version: int
    # Its number among all steps of the dossier, and when, by whom and why it was voided; empty for one that counts.
    ordinal: int = 0
    voided: str = ""

    def is_overdue(self, today: date) -> bool:
        return self.status is StepStatus.OPEN and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class GoalRow:
    """A goal with its steps, the person's words first. ``all_steps``: voided ones too."""

    number: int
    wording_person: str
    wording_professional: str
    key_group: KeyGroup
    priority: Priority
    target_on: date | None
    status: GoalStatus
    status_on: date | None
    status_reason: str
    version: int
    all_steps: tuple[StepRow, ...]
    ordinal: int = 0
    voided: str = ""

    @property
    def steps(self) -> tuple[StepRow, ...]:
        """Those that count."""
        return tuple(step for step in self.all_steps if not step.voided)


@dataclass(frozen=True)
class PlanRow:
    """One version of the plan with its goals in their order. ``all_goals``: voided ones too."""

    plan_version: int
    state: PlanState
    created_at: datetime
    created_by: str
    all_goals: tuple[GoalRow, ...]

    @property
    def goals(self) -> tuple[GoalRow, ...]:
        """Those that count."""
        return tuple(goal for goal in self.all_goals if not goal.voided)


def _goals(given: Any) -> QuerySet:
    """The goals of a dossier with their plans, a row for each step."""
    return (
        Goal.objects.visible_to(given.actor, IntegrationPlan)
        .filter(dossier_id=given.dossier_id)
        .bringing(given.actor, step="steps")
        .annotate(
            planned_by=F("plan__created_by__user__display_name"),
            goal_voided_by=F("voided_by__user__display_name"),
            step_voided_by=F("step__voided_by__user__display_name"),
        )
        .select_related("plan", "step")
        .order_by("number", "pk", "step__number", "step__pk")
    )


GOALS = Read(_goals)


def current_plan(actor: Actor, case: Case) -> PlanRow | None:
    """The newest version of the plan; None before the first goal."""
    return plan_from(GOALS.rows(actor=actor, dossier_id=case.dossier_id), case)


def plan_from(rows: Iterable[Any], case: Case) -> PlanRow | None:
    """``current_plan`` from the rows of ``GOALS``."""
    found: dict[int, tuple[Any, list[Any]]] = {}
    for goal in rows:
        _, steps = found.setdefault(goal.pk, (goal, []))
        if step := getattr(goal, "step", None):
            step.by = goal.step_voided_by
            steps.append(step)
    numbered(goal for goal, _ in found.values())
    numbered(step for _, steps in found.values() for step in steps)
    own = [(goal, steps) for goal, steps in found.values() if goal.plan.case_id == case.pk]
    if not own:
        return None
    plan = max((goal.plan for goal, _ in own), key=lambda plan: plan.plan_version)
    newest = [(goal, steps) for goal, steps in own if goal.plan_id == plan.pk]
    return PlanRow(
        plan_version=plan.plan_version,
        state=PlanState(plan.state),
        created_at=plan.created_at,
        created_by=newest[0][0].planned_by,
        all_goals=tuple(_goal_row(goal, [_step_row(step) for step in steps]) for goal, steps in newest),
    )


def get_goal(actor: Actor, case: Case, number: int) -> Goal:
    """The goal with this number in the newest plan. NotVisible when hidden or absent."""
    goals = Goal.objects.visible_to(actor).standing().filter(plan__case=case, number=number)
    goals = goals.select_related("plan__case")
    goal = goals.order_by("-plan__plan_version").first()
    if goal is None:
        raise NotVisible()
    return goal


def get_step(actor: Actor, case: Case, goal_number: int, number: int) -> PlanStep:
    """The step with this number of a goal of the newest plan. NotVisible when hidden or absent."""
    goal = get_goal(actor, case, goal_number)
    steps = PlanStep.objects.visible_to(actor).standing().filter(goal=goal, number=number)
    step = steps.select_related("goal__plan__case").first()
    if step is None:
        raise NotVisible()
    return step


def _goal_row(goal: Any, steps: list[StepRow]) -> GoalRow:
    return GoalRow(
        number=goal.number,
        wording_person=goal.wording_person,
        wording_professional=goal.wording_professional,
        key_group=KeyGroup(goal.key_group),
        priority=Priority(goal.priority),
        target_on=goal.target_on,
        status=GoalStatus(goal.status),
        status_on=goal.status_on,
        status_reason=goal.status_reason,
        version=goal.version,
        all_steps=tuple(steps),
        ordinal=goal.ordinal,
        voided=voided_by_note(goal, goal.goal_voided_by),
    )


def _step_row(step: Any) -> StepRow:
    return StepRow(
        number=step.number,
        what=step.what,
        owner=StepOwner(step.owner),
        due_on=step.due_on,
        status=StepStatus(step.status),
        done_on=step.done_on,
        result=step.result,
        version=step.version,
        ordinal=step.ordinal,
        voided=voided_by_note(step, step.by),
    )


def goals_reached(actor: Actor, case_ids: list[int]) -> dict[int, list[str]]:
    """Goals of earlier cases that were reached wholly or in part, by case: for somebody who comes back."""
    rows = (
        Goal.objects.visible_to(actor)
        .standing()
        .filter(plan__case_id__in=case_ids, status__in=(GoalStatus.REACHED, GoalStatus.PARTLY))
        .exclude(plan__state=PlanState.SUPERSEDED)
        .order_by("plan__case_id", "status_on", "number")
    )
    told: dict[int, list[str]] = {}
    for case_id, status, wording in rows.values_list("plan__case_id", "status", "wording_person"):
        told.setdefault(case_id, []).append(f"Ziel {GoalStatus(status).label}: {wording}")
    return told
