"""Case conferences: who met, what was decided, and what of it became a step of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.planning import policies
from ina.planning.enums import PlanState, StepOwner
from ina.planning.lifecycle import EDITABLE, IN_WORK
from ina.planning.models import Conference, ConferenceDecision, Goal, IntegrationPlan, PlanStep
from ina.planning.operations.goals import add_step
from ina.planning.operations.versions import open_version
from ina.planning.rules import attendees

WHY = "Teil einer Operation, die den Fall schon geladen hat"


@operation("planning.hold_conference", may=policies.may_hold_conference, on=Case)
def hold_conference(
    case: Case,
    *,
    actor: Actor,
    held_on: date,
    participants: str,
    topics: str,
    place: str = "",
    minutes: str = "",
    now: datetime,
) -> Conference:
    """A conference was held. participants: one a line, „Name, Rolle, Stelle“."""
    conference = Conference(
        dossier_id=case.dossier_id,
        case=case,
        held_on=held_on,
        place=place.strip(),
        participants=participants.strip(),
        topics=topics.strip(),
        minutes=minutes.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_conference(conference, {}, now)
    conference.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    conference.save(force_insert=True)
    note(participants=len(attendees(participants)))
    return conference


@operation("planning.note_decision", may=policies.may_note_decision, on=Conference)
def note_decision(
    conference: Conference,
    *,
    actor: Actor,
    text: str,
    owner: StepOwner,
    owner_name: str = "",
    due_on: date | None = None,
    now: datetime,
) -> ConferenceDecision:
    """Something was decided: who does what until when."""
    decision = ConferenceDecision(
        dossier_id=conference.dossier_id,
        conference=conference,
        text=text.strip(),
        owner=str(owner),
        owner_name=owner_name.strip(),
        due_on=due_on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_decision(decision, {}, now)
    decision.clean_fields(exclude=["dossier", "conference", "step", "recorded_by", "voided_by"])
    decision.save(force_insert=True)
    return decision


@operation("planning.make_step", may=policies.may_make_step, on=ConferenceDecision)
def make_step(decision: ConferenceDecision, *, actor: Actor, goal: int, now: datetime) -> PlanStep:
    """The decision becomes a step of the goal with this number, in the version in work; where the plan is in force, in
    the next version, which begins with it. A day that lies behind us is not taken along.

    Refused while an agreed version waits to come into force, for a goal that is not there or judged.
    """
    plan = _version_to_write(decision.conference.case, actor, now)
    goals = Goal.objects.visible_to(actor).standing().filter(plan=plan, number=goal)
    chosen = goals.first()
    if chosen is None:
        raise Invalid("Dieses Ziel gibt es in der Fassung nicht, an der gearbeitet wird.", "goal")
    ahead = decision.due_on is not None and decision.due_on >= day_of(now)
    step = add_step(
        actor=actor,
        goal_id=chosen.pk,
        what=decision.text,
        owner=StepOwner(decision.owner),
        owner_name=decision.owner_name,
        due_on=decision.due_on if ahead else None,
        now=now,
    )
    decision.step = step
    decision.version += 1
    decision.save(update_fields=["step", "version"])
    note(goal=goal, step=step.number, plan_version=plan.plan_version)
    return step


def check_conference(conference: Conference, before: Mapping[str, Any], now: datetime) -> None:
    """Held today or before, somebody was there, and it was about something."""
    if conference.held_on > day_of(now):
        raise Invalid(f"Der {conference.held_on:%d.%m.%Y} liegt in der Zukunft.", "held_on")
    try:
        people = attendees(conference.participants)
    except ValueError as error:
        raise Invalid(str(error), "participants") from error
    if not people:
        raise Invalid("Bitte schreiben Sie auf, wer dabei war.", "participants")
    if not conference.topics.strip():
        raise Invalid("Bitte schreiben Sie auf, worum es ging.", "topics")


def check_void_conference(conference: Conference) -> None:
    standing = ConferenceDecision.objects.unscoped(because=WHY).standing().filter(conference=conference)
    if standing.exists():
        raise Invalid("Stornieren Sie zuerst ihre Beschlüsse.")


def check_decision(decision: ConferenceDecision, before: Mapping[str, Any], now: datetime) -> None:
    if not decision.text.strip():
        raise Invalid("Bitte schreiben Sie, was beschlossen wurde.", "text")
    if decision.due_on and decision.due_on < decision.conference.held_on:
        raise Invalid("Der Tag liegt vor der Fallkonferenz.", "due_on")


def check_void_decision(decision: ConferenceDecision) -> None:
    if policies.is_in_plan(decision.step):
        raise Invalid("Der Beschluss steht als Schritt im Plan. Stornieren Sie zuerst den Schritt.")


def _version_to_write(case: Case, actor: Actor, now: datetime) -> IntegrationPlan:
    """The version in work; else the next one, begun from the version in force."""
    plans = IntegrationPlan.objects.visible_to(actor).filter(case=case).order_by("-plan_version")
    working = next((plan for plan in plans if PlanState(plan.state) in IN_WORK), None)
    if working is None:
        return open_version(actor=actor, case_id=case.pk, changes="Beschluss einer Fallkonferenz", now=now)
    if PlanState(working.state) not in EDITABLE:
        raise Invalid(policies.FROZEN)
    return working
