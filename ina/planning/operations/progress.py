"""What became of goals and steps: on the version that counts, dated, without a new version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import state_of
from ina.planning import policies
from ina.planning.enums import Decision, GoalStatus, PlanState, StepStatus
from ina.planning.lifecycle import EDITABLE, IN_WORK, may_become, needs_reason
from ina.planning.models import Goal, IntegrationPlan, PlanStep

WHY = "Teil einer Operation, die den Fall schon geladen hat"
REVIEW = "planning.review"
# What says how far something is, in every version alike; all else is what was agreed.
OF_GOAL = ("status", "status_on", "status_reason")
OF_STEP = ("status", "done_on", "result", "applied_on", "decided_on", "decision")


@operation("planning.complete_step", may=policies.may_complete_step, on=PlanStep)
def complete_step(step: PlanStep, *, actor: Actor, done_on: date, result: str = "", now: datetime) -> None:
    """A step is done; the result may say what came of it."""
    _end_step(step, StepStatus.DONE, done_on, result, now)


@operation("planning.drop_step", may=policies.may_drop_step, on=PlanStep)
def drop_step(step: PlanStep, *, actor: Actor, dropped_on: date, reason: str, now: datetime) -> None:
    """A step is not needed or not possible any more; the reason is kept as its result."""
    if not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    _end_step(step, StepStatus.DROPPED, dropped_on, reason, now, field="dropped_on")


@operation("planning.record_application", may=policies.may_record_application, on=PlanStep)
def record_application(
    step: PlanStep,
    *,
    actor: Actor,
    applied_on: date | None,
    decision: Decision | None = None,
    decided_on: date | None = None,
    now: datetime,
) -> None:
    """When it was applied for, and what was decided when. A decision without an application is refused."""
    _require_counting(step.goal.plan)
    if applied_on is None and decision is not None:
        raise Invalid("Bitte sagen Sie auch, wann es beantragt wurde.", "applied_on")
    if (decision is None) is not (decided_on is None):
        raise Invalid("Zu einer Entscheidung gehört ihr Tag, und umgekehrt.", "decided_on")
    for field, day in (("applied_on", applied_on), ("decided_on", decided_on)):
        if day is not None:
            _require_past(day, now, field)
    if applied_on and decided_on and decided_on < applied_on:
        raise Invalid("Die Entscheidung liegt vor dem Antrag.", "decided_on")
    step.applied_on, step.decided_on, step.decision = applied_on, decided_on, str(decision) if decision else ""
    _save(step, ("applied_on", "decided_on", "decision"))
    note(goal=step.goal.number, step=step.number, decision=step.decision)


@operation("planning.judge_goal", may=policies.may_judge_goal, on=Goal)
def judge_goal(
    goal: Goal, *, actor: Actor, status: GoalStatus, status_on: date, reason: str = "", now: datetime
) -> None:
    """Say how far a goal is reached. Less than reached, and a changed judgement, need a reason."""
    _require_counting(goal.plan)
    before = GoalStatus(goal.status)
    if not may_become(before, status):
        raise Invalid(f"Das Ziel ist schon „{before.label}“.", "status")
    if needs_reason(before, status) and not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    _require_past(status_on, now, "status_on")
    goal.status = str(status)
    goal.status_on = status_on
    goal.status_reason = reason.strip()
    _save(goal, OF_GOAL)
    # Saying how far a goal is reached is what the first review of the plan asks for.
    deadlines.done(goal.plan.case, REVIEW, status_on, now=now, by=actor.membership_id)
    note(goal=goal.number, before=str(before), status=str(status))


def _end_step(step: PlanStep, status: StepStatus, on: date, result: str, now: datetime, field: str = "done_on") -> None:
    _require_counting(step.goal.plan)
    _require_past(on, now, field)
    step.status = str(status)
    step.done_on = on
    step.result = result.strip()
    _save(step, ("status", "done_on", "result"))
    note(goal=step.goal.number, step=step.number)


def _require_counting(plan: IntegrationPlan) -> None:
    """While a version is in force, progress is entered there; a version in work takes it over by itself."""
    if PlanState(plan.state) not in IN_WORK:
        return
    plans = IntegrationPlan.objects.unscoped(because=WHY).filter(case_id=plan.case_id, state=PlanState.IN_FORCE)
    if plans.exists():
        raise Invalid("Was getan ist, wird in der Fassung festgehalten, die in Kraft ist.")


def _save(row: Goal | PlanStep, columns: tuple[str, ...]) -> None:
    # The reason of a former correction is none of this change.
    row.corrected_because = ""
    row.version += 1
    row.save(update_fields=[*columns, "corrected_because", "version"])
    carry(row)


def carry(row: Goal | PlanStep) -> None:
    """Progress goes on in the version that is being worked on: the same goal or step there says the same."""
    same: Any
    columns: tuple[str, ...]
    if isinstance(row, Goal):
        plan, columns = row.plan, OF_GOAL
        same = Goal.objects.unscoped(because=WHY).filter(number=row.number)
        same = same.filter(plan__case_id=plan.case_id, plan__state__in=IN_WORK)
    else:
        plan, columns = row.goal.plan, OF_STEP
        same = PlanStep.objects.unscoped(because=WHY).filter(number=row.number, goal__number=row.goal.number)
        same = same.filter(goal__plan__case_id=plan.case_id, goal__plan__state__in=IN_WORK)
    if plan.state == PlanState.IN_FORCE:
        values = {column: getattr(row, column) for column in columns}
        same.standing().update(version=F("version") + 1, **values)


# --- corrections: parts of ``cases.operations.corrections`` -------------------------------------------------------


def of_goal(goal: Goal) -> tuple[str, ...]:
    """What may be corrected: of an agreed version only what became of the goal."""
    agreed = ("wording_person", "wording_professional", "key_group", "priority", "target_on")
    return (*(agreed if PlanState(goal.plan.state) in EDITABLE else ()), "status_on", "status_reason")


def of_step(step: PlanStep) -> tuple[str, ...]:
    agreed = ("what", "owner", "due_on")
    return (*(agreed if PlanState(step.goal.plan.state) in EDITABLE else ()), *OF_STEP)


def check_goal(goal: Goal, before: Mapping[str, Any], now: datetime) -> None:
    """A day that was agreed may have passed by now. What was judged stays judged, on a day in the past."""
    if not goal.wording_person.strip():
        raise Invalid("Bitte schreiben Sie das Ziel in den Worten der Person auf.", "wording_person")
    if goal.target_on is not None and goal.offset is not None:
        raise Invalid("Dieses Ziel zählt von der Entlassung aus. Ändern Sie es im Plan.", "target_on")
    if goal.status_on is not None:
        _require_past(goal.status_on, now, "status_on")
    elif goal.status != GoalStatus.OPEN:
        raise Invalid("Bitte nennen Sie den Tag der Beurteilung.", "status_on")


def check_step(step: PlanStep, before: Mapping[str, Any], now: datetime) -> None:
    if not step.what.strip():
        raise Invalid("Bitte schreiben Sie, was zu tun ist.", "what")
    if step.due_on is not None and step.offset is not None:
        raise Invalid("Dieser Schritt zählt von der Entlassung aus. Ändern Sie ihn im Plan.", "due_on")
    for field in ("done_on", "applied_on", "decided_on"):
        day = getattr(step, field)
        if day is not None:
            _require_past(day, now, field)
    if (step.status == StepStatus.OPEN) is not (step.done_on is None):
        raise Invalid("Was erledigt oder entfallen ist, hat einen Tag; was offen ist, keinen.", "done_on")
    if (step.decision == "") is not (step.decided_on is None):
        raise Invalid("Zu einer Entscheidung gehört ihr Tag, und umgekehrt.", "decided_on")


def check_void_goal(goal: Goal) -> None:
    _require_unfrozen(goal.plan)


def check_void_step(step: PlanStep) -> None:
    _require_unfrozen(step.goal.plan)


def goal_changed(goal: Goal, case: Case, actor: Actor, now: datetime) -> None:
    """A review that rested on voided goals alone is asked for again."""
    carry(goal)
    judged = Goal.objects.unscoped(because=WHY).standing().filter(plan__case=case, status_on__isnull=False)
    if goal.is_voided and not judged.exists() and state_of(case) in OPEN_STATES:
        deadlines.undone(case, REVIEW, now=now)


def step_changed(step: PlanStep, case: Case, actor: Actor, now: datetime) -> None:
    carry(step)


def _require_unfrozen(plan: IntegrationPlan) -> None:
    if PlanState(plan.state) not in EDITABLE:
        raise Invalid(policies.FROZEN)


def _require_past(on: date, now: datetime, field: str) -> None:
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", field)
