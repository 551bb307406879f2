"""The plan of a case: goals and steps of one version. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from ina.agenda.queries import Move
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries import CaseFile
from ina.cases.queries.corrections import numbered, voided_by_note
from ina.planning.enums import Decision, GoalGroup, GoalStatus, PlanPart, PlanState, Priority, StepOwner, StepStatus
from ina.planning.lifecycle import IN_WORK, JUDGED
from ina.planning.models import Goal, IntegrationPlan, PlanStep
from ina.planning.rules import Offset, due_day


@dataclass(frozen=True)
class StepRow:
    """A step of a goal; ``number`` counts inside the goal. due_on: as things stand, also when it counts from the
    release; ``offset`` says so."""

    number: int
    what: str
    owner: StepOwner
    due_on: date | None
    status: StepStatus
    done_on: date | None
    result: str
    version: int
    plain: str = ""
    owner_name: str = ""
    cost_bearer: str = ""
    instrument: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    offset: Offset | None = None
    applied_on: date | None = None
    decided_on: date | None = None
    decision: Decision | None = None
    # Its number among all steps of the dossier, and when, by whom and why it was voided; empty for one that counts.
    ordinal: int = 0
    voided: str = ""

    def is_overdue(self, today: date) -> bool:
        last = self.due_on or self.ends_on
        return self.status is StepStatus.OPEN and last is not None and last < today

    def is_running(self, today: date) -> bool:
        """It is open, and the day on which it begins has come."""
        return self.status is StepStatus.OPEN and self.starts_on is not None and self.starts_on <= today

    @property
    def who(self) -> str:
        return self.owner_name or self.owner.label


@dataclass(frozen=True)
class GoalRow:
    """A goal with its steps, the person's words first. ``all_steps``: voided ones too."""

    number: int
    wording_person: str
    wording_professional: str
    key_group: GoalGroup
    priority: Priority
    target_on: date | None
    status: GoalStatus
    status_on: date | None
    status_reason: str
    version: int
    all_steps: tuple[StepRow, ...]
    plain: str = ""
    part: PlanPart = PlanPart.CAREER
    need: str = ""
    indicator: str = ""
    offset: Offset | None = None
    ordinal: int = 0
    voided: str = ""

    @property
    def steps(self) -> tuple[StepRow, ...]:
        """Those that count."""
        return tuple(step for step in self.all_steps if not step.voided)

    @property
    def is_judged(self) -> bool:
        return self.status in JUDGED


@dataclass(frozen=True)
class PlanRow:
    """One version of the plan with its goals in their order. ``all_goals``: voided ones too."""

    plan_version: int
    state: PlanState
    created_at: datetime
    created_by: str
    all_goals: tuple[GoalRow, ...]
    aim: str = ""
    aim_plain: str = ""
    changes: str = ""
    version: int = 1

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
        .order_by("position", "number", "pk", "step__position", "step__number", "step__pk")
    )


GOALS = Read(_goals)


def current_plan(
    actor: Actor, case: Case, *, release: date | None = None, plan_version: int | None = None
) -> PlanRow | None:
    """The version that counts, or the one asked for; None before the first goal, and for one that is not there."""
    rows = GOALS.rows(actor=actor, dossier_id=case.dossier_id)
    return plan_from(rows, case, release=release, plan_version=plan_version)


def plan_from(
    rows: Iterable[Any], case: Case, *, release: date | None = None, plan_version: int | None = None
) -> PlanRow | None:
    """``current_plan`` from the rows of ``GOALS``. release: the day that steps count from."""
    found: dict[int, tuple[Any, dict[int, Any]]] = {}
    for goal in rows:
        _, steps = found.setdefault(goal.pk, (goal, {}))
        step = getattr(goal, "step", None)
        if step and step.pk not in steps:
            step.by = goal.step_voided_by
            steps[step.pk] = step
    numbered(goal for goal, _ in found.values())
    numbered(step for _, steps in found.values() for step in steps.values())
    plans = {goal.plan_id: goal.plan for goal, _ in found.values() if goal.plan.case_id == case.pk}
    plan = _chosen(plans.values(), plan_version)
    if plan is None:
        return None
    own = [(goal, steps.values()) for goal, steps in found.values() if goal.plan_id == plan.pk]
    return PlanRow(
        plan_version=plan.plan_version,
        state=PlanState(plan.state),
        created_at=plan.created_at,
        created_by=own[0][0].planned_by,
        all_goals=tuple(_goal_row(goal, [_step_row(step, release) for step in steps], release) for goal, steps in own),
        aim=plan.aim,
        aim_plain=plan.aim_plain,
        changes=plan.changes,
        version=plan.version,
    )


def _chosen(plans: Iterable[Any], plan_version: int | None) -> Any:
    """The version asked for; else the one that counts: in force, being worked on, or else the newest."""
    every = sorted(plans, key=lambda plan: plan.plan_version, reverse=True)
    if plan_version is not None:
        return next((plan for plan in every if plan.plan_version == plan_version), None)
    for states in ({PlanState.IN_FORCE}, IN_WORK):
        if chosen := next((plan for plan in every if plan.state in states), None):
            return chosen
    return next(iter(every), None)


def get_goal(actor: Actor, case: Case, number: int, plan_version: int | None = None) -> Goal:
    """The goal with this number in the version that counts, or the one asked for. NotVisible: hidden or absent."""
    goals = Goal.objects.visible_to(actor).standing().filter(plan__case=case, number=number)
    found = {goal.plan: goal for goal in goals.select_related("plan__case")}
    plan = _chosen(found, plan_version)
    if plan is None:
        raise NotVisible()
    return found[plan]


def get_step(actor: Actor, case: Case, goal_number: int, number: int, plan_version: int | None = None) -> PlanStep:
    """The step with this number of a goal (``get_goal``). NotVisible when hidden or absent."""
    goal = get_goal(actor, case, goal_number, plan_version)
    steps = PlanStep.objects.visible_to(actor).standing().filter(goal=goal, number=number)
    step = steps.select_related("goal__plan__case").first()
    if step is None:
        raise NotVisible()
    return step


def _goal_row(goal: Any, steps: list[StepRow], release: date | None) -> GoalRow:
    return GoalRow(
        number=goal.number,
        wording_person=goal.wording_person,
        wording_professional=goal.wording_professional,
        key_group=GoalGroup(goal.key_group),
        priority=Priority(goal.priority),
        target_on=due_day(goal.target_on, goal.offset, release),
        status=GoalStatus(goal.status),
        status_on=goal.status_on,
        status_reason=goal.status_reason,
        version=goal.version,
        all_steps=tuple(steps),
        plain=goal.plain,
        part=PlanPart(goal.part),
        need=goal.need,
        indicator=goal.indicator,
        offset=goal.offset,
        ordinal=goal.ordinal,
        voided=voided_by_note(goal, goal.goal_voided_by),
    )


def _step_row(step: Any, release: date | None) -> StepRow:
    return StepRow(
        number=step.number,
        what=step.what,
        owner=StepOwner(step.owner),
        due_on=due_day(step.due_on, step.offset, release),
        status=StepStatus(step.status),
        done_on=step.done_on,
        result=step.result,
        version=step.version,
        plain=step.plain,
        owner_name=step.owner_name,
        cost_bearer=step.cost_bearer,
        instrument=step.instrument,
        starts_on=step.starts_on,
        ends_on=step.ends_on,
        offset=step.offset,
        applied_on=step.applied_on,
        decided_on=step.decided_on,
        decision=Decision(step.decision) if step.decision else None,
        ordinal=step.ordinal,
        voided=voided_by_note(step, step.by),
    )


def steps_moved(actor: Actor, file: CaseFile, new: date | None, today: date) -> list[Move]:
    """What another day of release does to open steps of the plan that count from it."""
    plan = current_plan(actor, file.case, release=file.planning_date)
    moves = []
    for goal in plan.goals if plan else ():
        for step in goal.steps if not goal.is_judged else ():
            if step.offset is None or step.status is not StepStatus.OPEN:
                continue
            will = step.offset.day(new)
            moves.append(
                Move(
                    item_id=None,
                    kind="planning.step",
                    title=f"Plan, Schritt {goal.number}.{step.number}: {step.what}",
                    was=step.due_on,
                    will=will,
                    responsible=step.who,
                    late_now=step.is_overdue(today),
                    late_then=will is not None and will < today,
                    short_list=False,
                )
            )
    return moves


def goals_reached(actor: Actor, case_ids: list[int]) -> dict[int, list[str]]:
    """Goals of earlier cases that were reached wholly or in part, by case: for somebody who comes back."""
    rows = (
        Goal.objects.visible_to(actor)
        .standing()
        .filter(plan__case_id__in=case_ids, status__in=(GoalStatus.REACHED, GoalStatus.PARTLY))
        .exclude(plan__state__in=(PlanState.SUPERSEDED, PlanState.DISCARDED))
        .order_by("plan__case_id", "status_on", "number", "-plan__state")
    )
    told: dict[int, list[str]] = {}
    for case_id, status, wording in rows.values_list("plan__case_id", "status", "wording_person"):
        sentence = f"Ziel {GoalStatus(status).label}: {wording}"
        if sentence not in told.setdefault(case_id, []):
            told[case_id].append(sentence)
    return told
