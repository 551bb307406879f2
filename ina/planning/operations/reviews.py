"""The plan is looked at again: when, what came of it, and when next."""

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
from ina.cases.queries import planning_date_of, responsible_of, state_of
from ina.planning import policies
from ina.planning.enums import PlanAct, PlanState
from ina.planning.models import IntegrationPlan, PlanEvent, PlanReview
from ina.planning.rules import next_review
from ina.reference.queries import parameters

WHY = "Teil einer Operation, die den Fall schon geladen hat"
# The next one after the interval waits while the clock of the case stands still; that in time before the release never.
NEXT_REVIEW = "planning.next_review"
BEFORE_RELEASE = "planning.review_before_release"
REVIEWS = (NEXT_REVIEW, BEFORE_RELEASE)
PARAMETERS = ("plan_review_interval", "plan_review_before_release")


@operation("planning.review_plan", may=policies.may_review_plan, on=IntegrationPlan)
def review_plan(plan: IntegrationPlan, *, actor: Actor, held_on: date, finding: str, now: datetime) -> PlanReview:
    """The plan in force was looked at together on a day; the next review is computed anew."""
    review = PlanReview(
        dossier_id=plan.dossier_id,
        plan=plan,
        held_on=held_on,
        finding=finding.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_review(review, {}, now)
    review.clean_fields(exclude=["dossier", "plan", "recorded_by", "voided_by"])
    review.save(force_insert=True)
    for kind in REVIEWS:
        deadlines.done(plan.case, kind, held_on, now=now, by=actor.membership_id)
    plan_reviews(plan.case, planning_date_of(plan.case), now)
    note(plan_version=plan.plan_version)
    return review


def check_review(review: PlanReview, before: Mapping[str, Any], now: datetime) -> None:
    if not review.finding.strip():
        raise Invalid("Bitte schreiben Sie, was bei der Überprüfung herauskam.", "finding")
    if review.held_on > day_of(now):
        raise Invalid(f"Der {review.held_on:%d.%m.%Y} liegt in der Zukunft.", "held_on")
    since = _in_force_since(review.plan)
    if since is not None and review.held_on < since:
        raise Invalid(f"Die Fassung ist erst seit dem {since:%d.%m.%Y} in Kraft.", "held_on")


def review_changed(review: PlanReview, case: Case, actor: Actor, now: datetime) -> None:
    plan_reviews(case, planning_date_of(case), now)


def plan_reviews(case: Case, release: date | None, now: datetime) -> None:
    """Ask for the next review of the version in force, by the day that follows from the release as planned now.

    Part of the operations that change either; nothing in a case that has ended, or without a plan in force.
    """
    if state_of(case) not in OPEN_STATES:
        return
    plan = IntegrationPlan.objects.unscoped(because=WHY).filter(case=case, state=PlanState.IN_FORCE).first()
    since = _in_force_since(plan) if plan else None
    if plan is None or since is None:
        return
    held = PlanReview.objects.unscoped(because=WHY).standing().filter(plan=plan).order_by("-held_on").first()
    dated = parameters(PARAMETERS, on=day_of(now))
    last, interval = max(since, held.held_on) if held else since, dated["plan_review_interval"]
    day = next_review(last, interval, release=release, before_release=dated["plan_review_before_release"])
    kind, other = REVIEWS if day == interval.after(last) else reversed(REVIEWS)
    deadlines.withdraw(case, other, "Die Überprüfung steht an einem anderen Tag.", now=now)
    leader = responsible_of(case)
    deadlines.ask_on(case, kind, day, responsible_id=leader.membership_id if leader else None, now=now)


def _in_force_since(plan: IntegrationPlan) -> date | None:
    begun = PlanEvent.objects.unscoped(because=WHY).standing().filter(plan=plan, act=PlanAct.PUT_IN_FORCE)
    return begun.values_list("happened_on", flat=True).first()
