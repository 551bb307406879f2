"""The way of a version: opened, discussed, agreed, approved, in force, superseded; and back when that was a mistake."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import planning_date_of
from ina.planning import policies
from ina.planning.enums import Answer, PlanAct, PlanState, Signer
from ina.planning.models import FourEyes, Goal, IntegrationPlan, PlanEvent, PlanStep, Signature
from ina.planning.operations.events import apply_act, set_state, standing_events, void_entry
from ina.planning.operations.reviews import REVIEWS, plan_reviews
from ina.planning.queries.four_eyes import demands_four_eyes
from ina.planning.rules import VersionFacts, missing_before

WHY = "Teil einer Operation, die den Fall schon geladen hat"


@operation("planning.open_version", may=policies.may_open_version, on=Case)
def open_version(case: Case, *, actor: Actor, changes: str = "", now: datetime) -> IntegrationPlan:
    """Begin a new version from the one in force: the same goals and steps, with how far they are.

    Refused while another is being worked on, and where none is in force (its first goal begins the first version).
    """
    plans = IntegrationPlan.objects.visible_to(actor).filter(case=case)
    former = plans.filter(state=PlanState.IN_FORCE).first()
    if former is None:
        raise Invalid("Es ist noch keine Fassung in Kraft. Das erste Ziel beginnt den Plan.")
    newest = plans.order_by("-plan_version")[0]
    plan = IntegrationPlan(
        dossier_id=case.dossier_id,
        case=case,
        plan_version=newest.plan_version + 1,
        aim=former.aim,
        aim_plain=former.aim_plain,
        changes=changes.strip(),
        created_at=now,
        created_by_id=actor.membership_id,
    )
    plan.clean_fields(exclude=["dossier", "case", "created_by"])
    plan.save(force_insert=True)
    _copy_goals(former, plan)
    note(plan_version=plan.plan_version)
    return plan


@operation("planning.discuss_plan", may=policies.may_discuss_plan, on=IntegrationPlan)
def discuss_plan(plan: IntegrationPlan, *, actor: Actor, on: date, now: datetime) -> None:
    """The draft was talked over with the person. Refused for a plan without a goal."""
    _require(PlanAct.DISCUSS, plan, on)
    apply_act(plan, PlanAct.DISCUSS, on, actor=actor, now=now)
    note(plan_version=plan.plan_version)


@operation("planning.return_plan", may=policies.may_return_plan, on=IntegrationPlan)
def return_plan(plan: IntegrationPlan, *, actor: Actor, on: date, reason: str, now: datetime) -> None:
    """What was discussed is worked on again."""
    apply_act(plan, PlanAct.RETURN, on, actor=actor, now=now, reason=reason)
    note(plan_version=plan.plan_version)


@operation("planning.discard_plan", may=policies.may_discard_plan, on=IntegrationPlan)
def discard_plan(plan: IntegrationPlan, *, actor: Actor, on: date, reason: str, now: datetime) -> None:
    """This version comes to nothing; the one in force goes on."""
    apply_act(plan, PlanAct.DISCARD, on, actor=actor, now=now, reason=reason)
    note(plan_version=plan.plan_version)


@operation("planning.approve_plan", may=policies.may_approve_plan, on=IntegrationPlan)
def approve_plan(plan: IntegrationPlan, *, actor: Actor, on: date, now: datetime) -> None:
    """The lead of the team, who has not written it, has read the agreed version (four eyes)."""
    if standing_events(plan).filter(act=PlanAct.APPROVE).exists():
        raise Invalid("Diese Fassung ist schon freigegeben.")
    apply_act(plan, PlanAct.APPROVE, on, actor=actor, now=now)
    note(plan_version=plan.plan_version)


@operation("planning.put_in_force", may=policies.may_put_in_force, on=IntegrationPlan)
def put_in_force(plan: IntegrationPlan, *, actor: Actor, on: date, now: datetime) -> None:
    """From this day on the version holds, and the one before it is superseded. The next review is computed.

    Refused: without the signature of who leads the case; where four eyes are demanded, without approval.
    """
    _require(PlanAct.PUT_IN_FORCE, plan, on)
    plans = IntegrationPlan.objects.unscoped(because=WHY).select_for_update(of=("self",))
    former = plans.filter(case_id=plan.case_id, state=PlanState.IN_FORCE).first()
    if former is not None:
        apply_act(former, PlanAct.SUPERSEDE, on, actor=actor, now=now)
    apply_act(plan, PlanAct.PUT_IN_FORCE, on, actor=actor, now=now)
    plan_reviews(plan.case, planning_date_of(plan.case), now)
    note(plan_version=plan.plan_version)


@operation("planning.demand_four_eyes", may=policies.may_switch_four_eyes)
def demand_four_eyes(*, actor: Actor, starts_on: date, now: datetime) -> FourEyes:
    """From this day on, plans of the actor's institution are approved by somebody other than their author."""
    institution_id: Any = getattr(actor, "institution_id", None)
    if starts_on < day_of(now):
        raise Invalid("Der Tag liegt in der Vergangenheit.", "starts_on")
    rule = FourEyes(
        institution_id=institution_id, starts_on=starts_on, entered_at=now, entered_by_id=actor.membership_id
    )
    rule.save(force_insert=True)
    note(institution=institution_id)
    return rule


@operation("planning.lift_four_eyes", may=policies.may_switch_four_eyes)
def lift_four_eyes(*, actor: Actor, ends_on: date, now: datetime) -> FourEyes:
    """After this day plans of the actor's institution need no second pair of eyes."""
    institution_id: Any = getattr(actor, "institution_id", None)
    rule = FourEyes.objects.filter(institution_id=institution_id, ends_on=None).first()
    if rule is None:
        raise Invalid("Das Vier-Augen-Prinzip gilt hier nicht.")
    if ends_on < max(rule.starts_on, day_of(now)):
        raise Invalid("Der Tag liegt vor dem Anfang oder in der Vergangenheit.", "ends_on")
    rule.ends_on = ends_on
    rule.version += 1
    rule.save(update_fields=["ends_on", "version"])
    note(institution=rule.institution_id)
    return rule


def facts_of(plan: IntegrationPlan, on: date) -> VersionFacts:
    """What the conditions of an act look at."""
    signed = set(
        Signature.objects.unscoped(because=WHY)
        .standing()
        .filter(plan=plan)
        .exclude(answer=Answer.NO)
        .values_list("signer", flat=True)
    )
    return VersionFacts(
        goals=Goal.objects.unscoped(because=WHY).standing().filter(plan=plan).count(),
        answered=Signer.PARTICIPANT in signed,
        signed=Signer.CASE_MANAGER in signed,
        approved=standing_events(plan).filter(act=PlanAct.APPROVE).exists(),
        four_eyes=demands_four_eyes(plan.created_by.institution_id, on),
    )


def _require(act: PlanAct, plan: IntegrationPlan, on: date) -> None:
    missing = missing_before(act, facts_of(plan, on))
    if missing:
        raise Invalid(f"Es fehlt noch: {', '.join(missing)}.")


# --- an act was a mistake: parts of ``cases.operations.corrections`` -------------------------------------------------


def check_void_event(event: PlanEvent) -> None:
    """What came later rests on it; that a version was superseded follows from the next one."""
    if event.act == PlanAct.SUPERSEDE:
        raise Invalid("Nehmen Sie zurück, dass die neue Fassung in Kraft ist: Dann gilt diese wieder.")
    last = standing_events(event.plan).last()
    if last is not None and last.pk != event.pk:
        raise Invalid(f"Danach kam „{PlanAct(last.act).label}“. Nehmen Sie zuerst das zurück.")


def event_changed(event: PlanEvent, case: Case, actor: Actor, now: datetime) -> None:
    """What was before the act holds again. With „vereinbart“ the signatures go, with „in Kraft gesetzt“ the former
    version is back."""
    if not event.is_voided:
        return
    set_state(event.plan)
    if event.act == PlanAct.AGREE:
        agreed = Signature.objects.unscoped(because=WHY).standing().filter(plan=event.plan).exclude(answer=Answer.NO)
        for signature in agreed:
            void_entry(signature, because=event.voided_because, actor=actor, now=now)
    if event.act == PlanAct.PUT_IN_FORCE:
        _restore_former(event, actor, now)
        for kind in REVIEWS:
            deadlines.withdraw(case, kind, "Keine Fassung ist in Kraft.", now=now)
        plan_reviews(case, planning_date_of(case), now)


def _restore_former(event: PlanEvent, actor: Actor, now: datetime) -> None:
    """The version that gave way in the same moment holds again."""
    plans = IntegrationPlan.objects.unscoped(because=WHY).filter(case_id=event.plan.case_id, state=PlanState.SUPERSEDED)
    for former in plans.order_by("-plan_version"):
        gone = standing_events(former).last()
        if gone is not None and gone.act == PlanAct.SUPERSEDE and gone.recorded_at == event.recorded_at:
            void_entry(gone, because=event.voided_because, actor=actor, now=now)
            set_state(former)
            return


def _copy_goals(former: IntegrationPlan, plan: IntegrationPlan) -> None:
    """Goals and steps that stand, under their numbers: what is done stays done."""
    goals = list(Goal.objects.unscoped(because=WHY).standing().filter(plan=former).order_by("pk"))
    steps = list(PlanStep.objects.unscoped(because=WHY).standing().filter(goal__in=goals).order_by("pk"))
    olds = [goal.pk for goal in goals]
    for goal in goals:
        goal.pk, goal.plan, goal.corrected_because, goal.version = None, plan, "", 1
    made = dict(zip(olds, Goal.objects.bulk_create(goals), strict=True))
    for step in steps:
        step.pk, step.goal, step.corrected_because, step.version = None, made[step.goal_id], "", 1
    PlanStep.objects.bulk_create(steps)
