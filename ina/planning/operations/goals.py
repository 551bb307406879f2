"""What a version of the plan says: its aim, its goals, the steps towards them and their order. Until it is agreed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.planning import policies
from ina.planning.enums import GoalGroup, PlanPart, PlanState, Priority, StepOwner
from ina.planning.lifecycle import EDITABLE, IN_WORK
from ina.planning.models import Goal, IntegrationPlan, PlanStep
from ina.planning.rules import Offset
from ina.reference.queries import codes

WHY = "Teil einer Operation, die den Fall schon geladen hat"
OF_GOAL = ["dossier", "plan", "recorded_by", "voided_by"]
OF_STEP = ["dossier", "goal", "voided_by"]


@operation("planning.set_goal", may=policies.may_set_goal, on=Case)
def set_goal(case: Case, *, actor: Actor, now: datetime, wording_person: str, **entered: Any) -> Goal:
    """Write down a goal of the person. The first one begins the plan (version 1, draft).

    entered: see ``_say_goal``. Refused once a version is agreed: what is new goes into a new version.
    """
    plan = _plan_in_work(case, actor, now)
    known = Goal.objects.unscoped(because=WHY).filter(plan__case=case).order_by("-number").first()
    number = known.number + 1 if known else 1
    goal = Goal(
        dossier_id=case.dossier_id,
        plan=plan,
        number=number,
        position=number,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    _say_goal(goal, now, wording_person=wording_person, **entered)
    goal.save(force_insert=True)
    note(goal=goal.number, plan_version=plan.plan_version)
    return goal


@operation("planning.change_goal", may=policies.may_change_goal, on=Goal)
def change_goal(goal: Goal, *, actor: Actor, now: datetime, wording_person: str, **entered: Any) -> None:
    """Say it otherwise, as long as the version is not agreed. entered: see ``_say_goal``; what is left out stays."""
    _say_goal(goal, now, wording_person=wording_person, **_told_of_goal(goal) | entered)
    goal.corrected_because = ""
    goal.version += 1
    goal.save()
    note(goal=goal.number, plan_version=goal.plan.plan_version)


@operation("planning.move_goal", may=policies.may_change_goal, on=Goal)
def move_goal(goal: Goal, *, actor: Actor, up: bool, now: datetime) -> None:
    """One place further up or down in the order of the goals. At the end of the list nothing happens."""
    _swap(goal, Goal.objects.visible_to(actor).standing().filter(plan_id=goal.plan_id), up=up)
    note(goal=goal.number)


@operation("planning.add_step", may=policies.may_add_step, on=Goal)
def add_step(goal: Goal, *, actor: Actor, now: datetime, what: str, **entered: Any) -> PlanStep:
    """Add a step to a goal that is not judged yet. entered: see ``_say_step``."""
    known = (
        PlanStep.objects.unscoped(because=WHY)
        .filter(goal__plan__case_id=goal.plan.case_id, goal__number=goal.number)
        .order_by("-number")
        .first()
    )
    number = known.number + 1 if known else 1
    step = PlanStep(dossier_id=goal.dossier_id, goal=goal, number=number, position=number)
    _say_step(step, now, what=what, **entered)
    step.save(force_insert=True)
    note(goal=goal.number, step=step.number)
    return step


@operation("planning.change_step", may=policies.may_change_step, on=PlanStep)
def change_step(step: PlanStep, *, actor: Actor, now: datetime, what: str, **entered: Any) -> None:
    """Say it otherwise, as long as the version is not agreed. entered: see ``_say_step``; what is left out stays."""
    _say_step(step, now, what=what, **_told_of_step(step) | entered)
    step.corrected_because = ""
    step.version += 1
    step.save()
    note(goal=step.goal.number, step=step.number)


@operation("planning.move_step", may=policies.may_change_step, on=PlanStep)
def move_step(step: PlanStep, *, actor: Actor, up: bool, now: datetime) -> None:
    """One place further up or down among the steps of its goal."""
    _swap(step, PlanStep.objects.visible_to(actor).standing().filter(goal_id=step.goal_id), up=up)
    note(goal=step.goal.number, step=step.number)


@operation("planning.set_aim", may=policies.may_change_plan, on=IntegrationPlan)
def set_aim(plan: IntegrationPlan, *, actor: Actor, aim: str, aim_plain: str = "", changes: str = "", now: datetime):
    """The occupational aim in the long run, the same in plain words, and what is new in this version."""
    plan.aim, plan.aim_plain, plan.changes = aim.strip(), aim_plain.strip(), changes.strip()
    plan.clean_fields(exclude=["dossier", "case", "created_by"])
    plan.version += 1
    plan.save(update_fields=["aim", "aim_plain", "changes", "version"])
    note(plan_version=plan.plan_version)


def _plan_in_work(case: Case, actor: Actor, now: datetime) -> IntegrationPlan:
    """The version that goals are written into; begun with the first goal."""
    plans = list(IntegrationPlan.objects.unscoped(because=WHY).filter(case=case).order_by("-plan_version"))
    working = next((plan for plan in plans if PlanState(plan.state) in IN_WORK), None)
    if working is not None:
        if PlanState(working.state) not in EDITABLE:
            raise Invalid(policies.FROZEN)
        return working
    if any(plan.state == PlanState.IN_FORCE for plan in plans):
        raise Invalid(policies.FROZEN)
    return IntegrationPlan.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        plan_version=plans[0].plan_version + 1 if plans else 1,
        created_at=now,
        created_by_id=actor.membership_id,
    )


def _say_goal(
    goal: Goal,
    now: datetime,
    *,
    wording_person: str,
    key_group: GoalGroup,
    wording_professional: str = "",
    plain: str = "",
    part: PlanPart = PlanPart.CAREER,
    need: str = "",
    indicator: str = "",
    priority: Priority = Priority.NORMAL,
    target_on: date | None = None,
    offset: str = "",
    before: bool = True,
) -> None:
    """What a goal says. offset: typed, „3 Wochen“ before (or after) the release, in place of a day."""
    if not wording_person.strip():
        raise Invalid("Bitte schreiben Sie das Ziel in den Worten der Person auf.", "wording_person")
    if target_on != goal.target_on:
        _require_ahead(target_on, now, "target_on")
    if need and need != goal.need:
        _check_need(need, key_group, day_of(now))
    goal.wording_person = wording_person.strip()
    goal.wording_professional = wording_professional.strip()
    goal.plain, goal.indicator = plain.strip(), indicator.strip()
    goal.key_group, goal.part, goal.priority, goal.need = str(key_group), str(part), str(priority), need
    goal.target_on = target_on
    _place(goal, target_on, offset, before, "target_on")
    goal.clean_fields(exclude=OF_GOAL)


def _check_need(need: str, key_group: GoalGroup, today: date) -> None:
    """A need belongs to one key group (list ``plan_needs``)."""
    row = next((row for row in codes("plan_needs", on=today) if row.code == need), None)
    if row is None:
        raise Invalid("Diesen Handlungsbedarf gibt es nicht.", "need")
    if row.group != str(key_group):
        raise Invalid(f"„{row.label}“ gehört zur Gruppe „{GoalGroup(row.group).label}“.", "need")


def _say_step(
    step: PlanStep,
    now: datetime,
    *,
    what: str,
    owner: StepOwner,
    owner_name: str = "",
    plain: str = "",
    cost_bearer: str = "",
    instrument: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    due_on: date | None = None,
    offset: str = "",
    before: bool = True,
) -> None:
    """What a step says. instrument: a code of the catalogue that holds today, or the one it had."""
    if not what.strip():
        raise Invalid("Bitte schreiben Sie, was zu tun ist.", "what")
    if due_on != step.due_on:
        _require_ahead(due_on, now, "due_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("Das Ende liegt vor dem Beginn.", "ends_on")
    known = instrument in ("", step.instrument)
    if not known and instrument not in {row.code for row in codes("instruments", on=day_of(now))}:
        raise Invalid("Diese Förderung gibt es heute nicht.", "instrument")
    step.what, step.plain = what.strip(), plain.strip()
    step.owner, step.owner_name, step.cost_bearer = str(owner), owner_name.strip(), cost_bearer.strip()
    step.instrument, step.starts_on, step.ends_on, step.due_on = instrument, starts_on, ends_on, due_on
    _place(step, due_on, offset, before, "due_on")
    step.clean_fields(exclude=OF_STEP)


def _place(row: Goal | PlanStep, fixed: date | None, offset: str, before: bool, field: str) -> None:
    try:
        distance = Offset.parsed(offset, before=before)
    except ValueError as error:
        raise Invalid(str(error), "offset") from error
    if distance is not None and fixed is not None:
        raise Invalid("Entweder ein fester Tag oder ein Abstand zur Entlassung.", field)
    row.offset_count = distance.count if distance else None
    row.offset_unit = str(distance.unit) if distance else ""


def _told_of_goal(goal: Goal) -> dict[str, Any]:
    fields = ("wording_professional", "plain", "part", "key_group", "need", "indicator", "priority", "target_on")
    return {name: getattr(goal, name) for name in fields} | _told_offset(goal)


def _told_of_step(step: PlanStep) -> dict[str, Any]:
    fields = ("owner", "owner_name", "plain", "cost_bearer", "instrument", "starts_on", "ends_on", "due_on")
    return {name: getattr(step, name) for name in fields} | _told_offset(step)


def _told_offset(row: Goal | PlanStep) -> dict[str, Any]:
    return {"offset": row.offset.typed if row.offset else "", "before": row.offset is None or row.offset.count <= 0}


def _swap(row: Any, siblings: Any, *, up: bool) -> None:
    """Change places with the neighbour that stands above or below."""
    ordered = list(siblings.select_for_update(of=("self",)).order_by("position", "number"))
    at = next(index for index, each in enumerate(ordered) if each.pk == row.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(ordered):
        return
    ordered[at], ordered[other] = ordered[other], ordered[at]
    for position, each in enumerate(ordered, start=1):
        if each.position != position:
            each.position = position
            each.version += 1
            each.save(update_fields=["position", "version"])


def _require_ahead(on: date | None, now: datetime, field: str) -> None:
    if on is not None and on < day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Vergangenheit.", field)
