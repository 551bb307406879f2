"""Step 3, Planung: goals and steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import state_of
from ina.planning import policies
from ina.planning.enums import GoalStatus, Priority, StepOwner, StepStatus
from ina.planning.lifecycle import may_become, needs_reason
from ina.planning.models import Goal, IntegrationPlan, PlanStep
from ina.profiling.enums import KeyGroup

WHY = "Teil einer Operation, die den Fall schon geladen hat"
REVIEW = "planning.review"


@operation("planning.set_goal", may=policies.may_set_goal, on=Case)
def set_goal(
    case: Case,
    *,
    actor: Actor,
    wording_person: str,
    wording_professional: str = "",
    key_group: KeyGroup,
    priority: Priority = Priority.NORMAL,
    target_on: date | None = None,
    now: datetime,
) -> Goal:
    """Write down a goal of the person. The first one begins the plan (version 1, draft)."""
    if not wording_person.strip():
        raise Invalid("Bitte schreiben Sie das Ziel in den Worten der Person auf.", "wording_person")
    _require_ahead(target_on, now, "target_on")
    plan = IntegrationPlan.objects.visible_to(actor).filter(case=case).order_by("-plan_version").first()
    if plan is None:
        plan = IntegrationPlan.objects.create(
            dossier_id=case.dossier_id, case=case, plan_version=1, created_at=now, created_by_id=actor.membership_id
        )
    last = Goal.objects.visible_to(actor).filter(plan=plan).order_by("-number").first()
    goal = Goal(
        dossier_id=case.dossier_id,
        plan=plan,
        number=last.number + 1 if last else 1,
        wording_person=wording_person.strip(),
        wording_professional=wording_professional.strip(),
        key_group=str(key_group),
        priority=str(priority),
        target_on=target_on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    goal.clean_fields(exclude=["dossier", "plan", "recorded_by", "voided_by"])
    goal.save(force_insert=True)
    note(goal=goal.number, plan_version=plan.plan_version)
    return goal


@operation("planning.add_step", may=policies.may_add_step, on=Goal)
def add_step(
    goal: Goal, *, actor: Actor, what: str, owner: StepOwner, due_on: date | None = None, now: datetime
) -> PlanStep:
    """Add a step to a goal that is not judged yet."""
    if not what.strip():
        raise Invalid("Bitte schreiben Sie, was zu tun ist.", "what")
    _require_ahead(due_on, now, "due_on")
    last = PlanStep.objects.visible_to(actor).filter(goal=goal).order_by("-number").first()
    step = PlanStep(
        dossier_id=goal.dossier_id,
        goal=goal,
        number=last.number + 1 if last else 1,
        what=what.strip(),
        owner=str(owner),
        due_on=due_on,
    )
    step.clean_fields(exclude=["dossier", "goal", "voided_by"])
    step.save(force_insert=True)
    note(goal=goal.number, step=step.number)
    return step


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


@operation("planning.judge_goal", may=policies.may_judge_goal, on=Goal)
def judge_goal(
    goal: Goal, *, actor: Actor, status: GoalStatus, status_on: date, reason: str = "", now: datetime
) -> None:
    """Say how far a goal is reached. Less than reached, and a changed judgement, need a reason."""
    before = GoalStatus(goal.status)
    if not may_become(before, status):
        raise Invalid(f"Das Ziel ist schon „{before.label}“.", "status")
    if needs_reason(before, status) and not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    _require_past(status_on, now, "status_on")
    goal.status = str(status)
    goal.status_on = status_on
    goal.status_reason = reason.strip()
    goal.version += 1
    # The reason of a former correction is none of this change.
    goal.corrected_because = ""
    goal.save(update_fields=["status", "status_on", "status_reason", "corrected_because", "version"])
    # Saying how far a goal is reached is what the review of the plan asks for.
    deadlines.done(goal.plan.case, REVIEW, status_on, now=now, by=actor.membership_id)
    note(goal=goal.number, before=str(before), status=str(status))


def _end_step(step: PlanStep, status: StepStatus, on: date, result: str, now: datetime, field: str = "done_on") -> None:
    _require_past(on, now, field)
    step.status = str(status)
    step.done_on = on
    step.result = result.strip()
    step.corrected_because = ""
    step.version += 1
    step.save(update_fields=["status", "done_on", "result", "corrected_because", "version"])
    note(goal=step.goal.number, step=step.number)


# --- corrections: parts of ``cases.operations.corrections`` -------------------------------------------------------


def check_goal(goal: Goal, before: Mapping[str, Any], now: datetime) -> None:
    """A day that was agreed may have passed by now. What was judged stays judged, on a day in the past."""
    if not goal.wording_person.strip():
        raise Invalid("Bitte schreiben Sie das Ziel in den Worten der Person auf.", "wording_person")
    if goal.status_on is not None:
        _require_past(goal.status_on, now, "status_on")
    elif goal.status != GoalStatus.OPEN:
        raise Invalid("Bitte nennen Sie den Tag der Beurteilung.", "status_on")


def check_step(step: PlanStep, before: Mapping[str, Any], now: datetime) -> None:
    if not step.what.strip():
        raise Invalid("Bitte schreiben Sie, was zu tun ist.", "what")
    if step.done_on is not None:
        _require_past(step.done_on, now, "done_on")
    if (step.status == StepStatus.OPEN) is not (step.done_on is None):
        raise Invalid("Was erledigt oder entfallen ist, hat einen Tag; was offen ist, keinen.", "done_on")


def goal_changed(goal: Goal, case: Case, actor: Actor, now: datetime) -> None:
    """A review that rested on voided goals alone is asked for again."""
    judged = Goal.objects.unscoped(because=WHY).standing().filter(plan__case=case, status_on__isnull=False)
    if goal.is_voided and not judged.exists() and state_of(case) in OPEN_STATES:
        deadlines.undone(case, REVIEW, now=now)


def _require_ahead(on: date | None, now: datetime, field: str) -> None:
    if on is not None and on < day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Vergangenheit.", field)


def _require_past(on: date, now: datetime, field: str) -> None:
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", field)
