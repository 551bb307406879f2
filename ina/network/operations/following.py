"""What follows from an act of a referral: somebody asks after an answer, and the plan hears what came of it."""

from __future__ import annotations

from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import DomainError
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import responsible_of
from ina.network.enums import ReferralAct, ReferralState
from ina.network.lifecycle import state_after
from ina.network.models.referrals import ServiceReferral, ServiceReferralAct
from ina.planning.enums import StepStatus
from ina.planning.operations import complete_step
from ina.reference.queries import parameter

NO_ANSWER_YET = "network.answer_missing"
WHY = "Folge eines Ereignisses der Vermittlung, das die Operation schon geladen hat"


def after_act(referral: ServiceReferral, act: ReferralAct, on: date, actor: Actor, now: datetime) -> None:
    """Part of the operation that recorded the act."""
    remind(referral.case, now)
    if act is ReferralAct.ENDED and referral.step is not None:
        _tell_the_plan(referral, on, actor, now)


def remind(case: Case, now: datetime) -> None:
    """The partner that was asked the longest ago and has not answered is asked after; without one nothing asks."""
    waiting = [since for since in map(_asked_since, _running(case)) if since is not None]
    if not waiting:
        deadlines.withdraw(case, NO_ANSWER_YET, "Keine Stelle ist eine Antwort schuldig.", now=now)
        return
    oldest = min(waiting)
    leader = responsible_of(case)
    deadlines.ask_on(
        case,
        NO_ANSWER_YET,
        parameter("referral_answer_reminder", on=day_of(now)).after(oldest),
        responsible_id=leader.membership_id if leader else None,
        now=now,
    )


def _running(case: Case) -> list[list[ServiceReferralAct]]:
    """The standing acts of each standing referral of the case, in their order."""
    acts: dict[int, list[ServiceReferralAct]] = {}
    rows = ServiceReferralAct.objects.unscoped(because=WHY).standing()
    for row in rows.filter(referral__case=case, referral__voided_at=None).order_by("happened_on", "pk"):
        acts.setdefault(row.referral_id, []).append(row)
    return list(acts.values())


def _asked_since(acts: list[ServiceReferralAct]) -> date | None:
    asked = state_after(ReferralAct(act.act) for act in acts) is ReferralState.SENT
    return acts[-1].happened_on if asked else None


def _tell_the_plan(referral: ServiceReferral, on: date, actor: Actor, now: datetime) -> None:
    """The step is done with this result. A plan that no longer counts, or a step that is over, stays as it is."""
    step = referral.step
    assert step is not None
    if step.status != StepStatus.OPEN or step.is_voided:
        return
    result = f"{referral.partner.short_name}: {referral.result}"[:2000]
    try:
        complete_step(actor=actor, planstep_id=step.pk, done_on=on, result=result, now=now)
    except DomainError:  # the plan was superseded meanwhile: its result stands in the referral
        return
