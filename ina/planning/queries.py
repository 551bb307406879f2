"""The plan of a case. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Subquery

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.models import Case
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

    def is_overdue(self, today: date) -> bool:
        return self.status is StepStatus.OPEN and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class GoalRow:
    """A goal with its steps, the person's words first."""

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
    steps: tuple[StepRow, ...]


@dataclass(frozen=True)
class PlanRow:
    """One version of the plan with its goals in their order."""

    plan_version: int
    state: PlanState
    created_at: datetime
    created_by: str
    goals: tuple[GoalRow, ...]


def current_plan(actor: Actor, case: Case) -> PlanRow | None:
    """The newest version of the plan; None before the first goal."""
    newest = IntegrationPlan.objects.visible_to(actor).filter(case=case).order_by("-plan_version").values("pk")[:1]
    goals = Goal.objects.visible_to(actor, IntegrationPlan).filter(plan=Subquery(newest)).bringing(actor, step="steps")
    found: dict[int, tuple[Any, list[StepRow]]] = {}
    signed = goals.annotate(planned_by=F("plan__created_by__user__display_name"))
    for goal in signed.select_related("plan", "step").order_by("number", "step__number"):
        _, steps = found.setdefault(goal.pk, (goal, []))
        if step := getattr(goal, "step", None):
            steps.append(_step_row(step))
    if not found:
        return None
    first, _ = next(iter(found.values()))
    plan = first.plan
    return PlanRow(
        plan_version=plan.plan_version,
        state=PlanState(plan.state),
        created_at=plan.created_at,
        created_by=first.planned_by,
        goals=tuple(_goal_row(*each) for each in found.values()),
    )


def get_goal(actor: Actor, case: Case, number: int) -> Goal:
    """The goal with this number in the newest plan. NotVisible when hidden or absent."""
    goals = Goal.objects.visible_to(actor).filter(plan__case=case, number=number).select_related("plan__case")
    goal = goals.order_by("-plan__plan_version").first()
    if goal is None:
        raise NotVisible()
    return goal


def get_step(actor: Actor, case: Case, goal_number: int, number: int) -> PlanStep:
    """The step with this number of a goal of the newest plan. NotVisible when hidden or absent."""
    goal = get_goal(actor, case, goal_number)
    steps = PlanStep.objects.visible_to(actor).filter(goal=goal, number=number).select_related("goal__plan__case")
    step = steps.first()
    if step is None:
        raise NotVisible()
    return step


def _goal_row(goal: Goal, steps: list[StepRow]) -> GoalRow:
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
        steps=tuple(steps),
    )


def _step_row(step: PlanStep) -> StepRow:
    return StepRow(
        number=step.number,
        what=step.what,
        owner=StepOwner(step.owner),
        due_on=step.due_on,
        status=StepStatus(step.status),
        done_on=step.done_on,
        result=step.result,
        version=step.version,
    )
