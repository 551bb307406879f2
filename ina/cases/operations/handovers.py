"""A case is offered to somebody else: accepted, refused, withdrawn, or lapsed. Until then the giver is accountable."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, connections, transaction

from ina.access.enums import Basis
from ina.access.operations import grants
from ina.agenda.kinds import kind_of
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import HandoverKind, HandoverState
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case, Handover
from ina.cases.operations import deadlines
from ina.cases.operations.accountability import ANSWERED, NARROW, change_hands, end_of_day, fitting_receiver
from ina.cases.queries import responsible_of, state_of
from ina.cases.queries.handovers import Offer, offers_to
from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.reference.queries import parameter

CHUNK = 500
AGAIN = "cases.hand_over_again"


@operation("cases.offer_handover", may=policies.may_offer_handover, on=Case)
def offer_handover(
    case: Case,
    *,
    actor: Actor,
    receiver_id: int,
    reason: str,
    offered_on: date,
    kind: HandoverKind = HandoverKind.PERSON,
    prison_id: int | None = None,
    message: str = "",
    with_confidential: bool = False,
    now: datetime,
) -> Handover:
    """Offer the case to another position. They see who it is about and until when, and nobody else does, until they
    answer: at the latest after the dated parameter ``handover_acceptance``.

    message: what whoever comes next must know. with_confidential: the person agreed that confidential notes and health
    go along. prison_id: of a transfer, where the person is now. Raises Invalid, also while another offer stands.
    """
    today = day_of(now)
    receiver = fitting_receiver(case, receiver_id, now)
    if kind is HandoverKind.ALLOCATED:
        raise Invalid("Zuteilen kann nur die Teamleitung, und das gilt sofort.", "kind")
    if not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund der Übergabe.", "reason")
    if offered_on > today:
        raise Invalid(f"Der {offered_on:%d.%m.%Y} liegt in der Zukunft.", "offered_on")
    answer_by = parameter("handover_acceptance", on=offered_on).after(offered_on)
    if answer_by < today:
        raise Invalid(f"Die Frist zur Antwort wäre schon am {answer_by:%d.%m.%Y} abgelaufen.", "offered_on")
    leads = responsible_of(case)
    handover = Handover(
        dossier_id=case.dossier_id,
        case=case,
        kind=str(kind),
        giver=leads.membership if leads else None,
        receiver=receiver,
        prison_id=_prison_of(kind, prison_id),
        reason=reason.strip(),
        message=message.strip(),
        with_confidential=with_confidential,
        offered_on=offered_on,
        offered_at=now,
        offered_by_id=actor.membership_id,
        answer_by=answer_by,
    )
    handover.clean_fields(exclude=["dossier", "case", "giver", "receiver", "prison", "offered_by"])
    handover.save(force_insert=True)
    grants.give(
        dossier_id=case.dossier_id,
        holder_id=receiver.holder.pk,
        basis=Basis.HANDOVER,
        basis_id=handover.pk,
        compartments=NARROW,
        starts=now,
        ends=end_of_day(answer_by),
        case_number=case.number,
    )
    for asked in ANSWERED:
        deadlines.done(case, asked, today, now=now, by=actor.membership_id)
    note(receiver=receiver.pk, answer_by=str(answer_by), with_confidential=with_confidential)
    return handover


@operation("cases.accept_handover", may=policies.may_answer_offers)
def accept_handover(*, actor: Actor, handover_id: int, answer: str = "", now: datetime) -> Handover:
    """The receiver, or whoever answers for them (their team's lead, a running deputy), takes the case on: from today.

    What follows: ``accountability.change_hands``. Raises Invalid with what happened to an offer that no longer stands.
    """
    case, handover = _open_offer(actor, handover_id, now)
    receiver = fitting_receiver(case, handover.receiver_id, now)
    if state_of(case) not in OPEN_STATES:
        raise Invalid("Der Fall ist inzwischen beendet.")
    _close(handover, HandoverState.ACCEPTED, actor, answer, now)
    change_hands(case, handover, receiver, actor_membership=actor.membership_id, now=now)
    return handover


@operation("cases.refuse_handover", may=policies.may_answer_offers)
def refuse_handover(*, actor: Actor, handover_id: int, reason: str, now: datetime) -> Handover:
    """The receiver does not take the case on and says why. The giver stays accountable and is asked for another way."""
    if not reason.strip():
        raise Invalid("Bitte schreiben Sie, warum Sie den Fall nicht übernehmen.", "reason")
    _, handover = _open_offer(actor, handover_id, now)
    _close(handover, HandoverState.REFUSED, actor, reason, now)
    known = kind_of(AGAIN)
    with connection.cursor() as cursor:
        title = known.label if known else None
        cursor.execute("SELECT cases_ask_giver(%s, %s, %s, %s)", [handover.pk, day_of(now), now, title])
    _stop_looking(handover, now)
    return handover


@operation("cases.withdraw_handover", may=policies.may_withdraw_handover, on=Handover)
def withdraw_handover(handover: Handover, *, actor: Actor, reason: str = "", now: datetime) -> None:
    """The offer is taken back; the receiver sees nothing of the person any more."""
    _close(handover, HandoverState.WITHDRAWN, actor, reason, now)
    _stop_looking(handover, now)


@operation("cases.look_at_offer", may=policies.may_answer_offers)
def look_at_offer(*, actor: Actor, handover_id: int, now: datetime) -> Handover:
    """Whoever answers for the receiver today sees as much of the offer as they do, until it is answered."""
    return _open_offer(actor, handover_id, now)[1]


def lapse_handovers(now: datetime) -> int:
    """Offers that nobody answered in time lapse; by the nightly log-in. Answers how many.

    The giver gets an item for today and the lead of the team hears of it at once. Each chunk is one statement and one
    transaction: killed in the middle and started again, it does nothing twice and leaves nothing out.
    """
    total, known = 0, kind_of(AGAIN)
    assert known is not None
    while True:
        with transaction.atomic(using="batch"), connections["batch"].cursor() as cursor:
            cursor.execute("SELECT cases_lapse_offers(%s, %s, %s, %s)", [day_of(now), now, known.label, CHUNK])
            lapsed = cursor.fetchone()[0]
        total += lapsed
        if lapsed < CHUNK:
            return total


def withdraw_open_offer(case: Case, actor: Actor, because: str, now: datetime) -> None:
    """An offer that stands is overtaken by something stronger; part of an operation."""
    offers = Handover.objects.visible_to(actor).select_for_update(of=("self",))
    for handover in offers.filter(case=case, state=HandoverState.OFFERED):
        _close(handover, HandoverState.WITHDRAWN, actor, because, now)
        _stop_looking(handover, now)


def _prison_of(kind: HandoverKind, prison_id: int | None) -> int | None:
    if kind is not HandoverKind.TRANSFER:
        return None
    if prison_id is None or not Institution.objects.filter(pk=prison_id, kind=Kind.PRISON).exists():
        raise Invalid("Bitte nennen Sie die Anstalt, in der die Person jetzt ist.", "prison_id")
    return prison_id


def _open_offer(actor: Actor, handover_id: int, now: datetime) -> tuple[Case, Handover]:
    """The case and the offer, locked in this order. Raises Invalid with what became of it, NotVisible, Refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_look_at_offer(%s, %s)",
            [handover_id, actor.own_holder],  # type: ignore[attr-defined]
        )
    mine = {offer.handover_id: offer for offer in offers_to(actor)}
    seen = Handover.objects.visible_to(actor).filter(pk=handover_id).values_list("case_id", flat=True).first()
    if seen is None:
        raise too_late(mine.get(handover_id))
    case = Case.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=seen).first()
    rows = Handover.objects.visible_to(actor).select_for_update(of=("self",))
    handover = rows.select_related("giver__holder", "giver__team__holder", "receiver").filter(pk=handover_id).first()
    if case is None or handover is None:
        # Withdrawn while we waited for it.
        raise too_late(next((offer for offer in offers_to(actor) if offer.handover_id == handover_id), None))
    policies.may_answer_offer(actor, handover, {offer.receiver_id for offer in mine.values()}).require()
    if handover.state != HandoverState.OFFERED or handover.answer_by < day_of(now):
        raise Invalid(_what_became(HandoverState(handover.state), handover.answered_at, handover.answer_by))
    return case, handover


def too_late(offer: Offer | None) -> Exception:
    """What to say of an offer that the actor does not see any more; NotVisible when it never was theirs."""
    if offer is None:
        return NotVisible()
    return Invalid(_what_became(offer.state, offer.answered_at, offer.answer_by))


def _what_became(state: HandoverState, answered_at: datetime | None, answer_by: date) -> str:
    on = f" am {day_of(answered_at):%d.%m.%Y}" if answered_at else ""
    return {
        HandoverState.ACCEPTED: f"Diese Übergabe ist schon{on} angenommen worden.",
        HandoverState.REFUSED: f"Diese Übergabe ist schon{on} abgelehnt worden.",
        HandoverState.WITHDRAWN: f"Dieses Angebot ist{on} zurückgezogen worden. Der Fall bleibt, wo er ist.",
    }.get(state, f"Die Frist zur Antwort ist am {answer_by:%d.%m.%Y} abgelaufen. Bitten Sie um ein neues Angebot.")


def _close(handover: Handover, state: HandoverState, actor: Actor, answer: str, now: datetime) -> None:
    handover.state = state
    handover.answered_at, handover.answered_by_id = now, actor.membership_id
    handover.answer = answer.strip()
    handover.takes_effect_on = day_of(now) if state is HandoverState.ACCEPTED else None
    handover.version += 1
    handover.clean_fields(exclude=["dossier", "case", "giver", "receiver", "prison", "offered_by", "answered_by"])
    handover.save()
    note(handover=handover.pk, state=str(state))


def _stop_looking(handover: Handover, now: datetime) -> None:
    grants.close(at=now, dossier_id=handover.dossier_id, basis=Basis.HANDOVER, basis_id=handover.pk)
