"""The team lead says who leads a case from today: a referral of the prison, illness, somebody who has left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ina.accounts.models import Membership
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import HandoverKind, HandoverState
from ina.cases.models import Case, Handover
from ina.cases.operations.accountability import change_hands, fitting_receiver
from ina.cases.operations.handovers import withdraw_open_offer
from ina.cases.queries import responsible_of


@operation("cases.allocate_case", may=policies.may_allocate_case, on=Case)
def allocate_case(case: Case, *, actor: Actor, receiver_id: int, reason: str, now: datetime) -> Handover:
    """Somebody of the lead's own team leads the case from today; nobody has to accept. To other teams it is offered.

    What was entrusted to the one before (confidential notes, health) does not go along. An offer that stands is
    withdrawn by this; a referral that nobody led is taken up.
    """
    return _allocate(case, actor, receiver_id, reason, now)


@operation("cases.allocate_cases", may=policies.may_allocate_cases)
def allocate_cases(
    *,
    actor: Actor,
    receivers: Mapping[int, int],
    reason: str,
    now: datetime,
    led_by: Mapping[int, int | None] | None = None,
) -> int:
    """Many cases at once, all or none: id of each case → position that leads it from today. Answers how many.

    led_by: who led each of them when somebody looked at the list; None is nobody. Each file's log gets its line.
    Raises NotVisible, Refused or Invalid for the first that cannot be, Conflict where somebody else leads one by now.
    """
    if not receivers:
        raise Invalid("Bitte wählen Sie mindestens einen Fall.", "cases")
    cases = Case.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=list(receivers))
    found = list(cases.select_related("team__holder").order_by("pk"))
    if len(found) != len(receivers):
        raise NotVisible()
    if led_by is not None and any(_leader(case) != led_by.get(case.pk) for case in found):
        raise Conflict("Inzwischen hat jemand anderes zugeteilt. Nichts ist geändert.")
    for case in found:
        policies.may_allocate_case(actor, case).require()
        _allocate(case, actor, receivers[case.pk], reason, now)
    note(dossiers=[case.dossier_id for case in found], cases=len(found))
    return len(found)


def _leader(case: Case) -> int | None:
    leads = responsible_of(case)
    return leads.membership_id if leads else None


def _allocate(case: Case, actor: Actor, receiver_id: int, reason: str, now: datetime) -> Handover:
    receiver, today = fitting_receiver(case, receiver_id, now), day_of(now)
    if receiver.team_id is None or receiver.team_id != actor.team_id:  # type: ignore[attr-defined]
        raise Invalid("Zuteilen können Sie in Ihrem eigenen Team. Anderen bieten Sie den Fall an.", "receiver_id")
    if not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund der Zuteilung.", "reason")
    withdraw_open_offer(case, actor, "Der Fall ist zugeteilt worden.", now)
    leads = responsible_of(case)
    giver = Membership.objects.select_related("holder", "team__holder").get(pk=leads.membership_id) if leads else None
    handover = Handover(
        dossier_id=case.dossier_id,
        case=case,
        kind=HandoverKind.ALLOCATED,
        giver=giver,
        receiver=receiver,
        state=HandoverState.ACCEPTED,
        reason=reason.strip(),
        offered_on=today,
        offered_at=now,
        offered_by_id=actor.membership_id,
        answer_by=today,
        answered_at=now,
        answered_by_id=actor.membership_id,
        takes_effect_on=today,
    )
    handover.clean_fields(exclude=["dossier", "case", "giver", "receiver", "offered_by", "answered_by"])
    handover.save(force_insert=True)
    change_hands(case, handover, receiver, actor_membership=actor.membership_id, now=now)
    note(receiver=receiver.pk)
    return handover
