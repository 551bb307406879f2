"""Passing on to a partner: prepared as a snapshot, shown, released, delivered; stopped when its basis goes.

The basis is judged three times: when it is prepared, when it is released, and at the moment of delivery, for what
waited meanwhile. What was delivered and is still open to the receiver closes with the basis (``stop_resting_on``).
"""

from __future__ import annotations

import re
import secrets as random
from dataclasses import dataclass
from datetime import date, datetime

from ina.access.enums import Compartment
from ina.access.models import Consent
from ina.access.rules import labels_of
from ina.accounts.models import Membership
from ina.accounts.queries import length_of
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible, Refused
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.queries import get_file
from ina.documents.leaks import house_names, words_that_betray
from ina.institutions.models import Institution
from ina.institutions.queries import institution_by_id
from ina.network import gateways, policies, secrets
from ina.network.enums import Delivery, DisclosureState, ReferralAct
from ina.network.lifecycle import may_follow
from ina.network.models import Disclosure, DisclosureContent, DisclosureLink, ServiceReferral
from ina.network.operations import referrals
from ina.network.queries.bases import TransferBasis, basis_for
from ina.network.queries.referrals import referral_state
from ina.network.queries.snapshots import fingerprint, snapshot
from ina.reference.queries import parameter

WHY = "Teil einer Operation, die den Fall oder die Übermittlung schon geladen hat"
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
RECEIVING = ("AGENCY", "PROBATION", "PROVIDER", "CHAMBER_COORDINATOR")


@dataclass(frozen=True)
class Way:
    """What is handed to the partner: the last part of the address, and the code for another channel. Only here."""

    address: str
    code: str
    expires_at: datetime


@operation("network.prepare_disclosure", may=policies.may_prepare_disclosure, on=Case)
def prepare_disclosure(
    case: Case,
    *,
    actor: Actor,
    partner_key: str,
    delivery: Delivery,
    compartments: Compartment,
    subject: str,
    reason: str,
    legal_basis: str = "",
    referral_number: int | None = None,
    asks_answer: bool = True,
    address: str = "",
    now: datetime,
) -> Disclosure:
    """Write down what is to be passed on, as it is now, for the preview. Nothing leaves yet.

    Invalid: no partner, no basis (its sentence), more than the basis covers, words that betray custody where custody is
    not among what is passed on, an inbox that nobody reads. Refused: compartments that the actor does not see.
    """
    today = day_of(now)
    partner = referrals.partner_of(partner_key, today)
    for value, field, sentence in (
        (subject, "subject", "Die Nachricht braucht einen Betreff."),
        (reason, "reason", "Bitte schreiben Sie, wozu die Stelle das braucht."),
    ):
        if not value.strip():
            raise Invalid(sentence, field)
    if delivery is Delivery.INBOX and not has_inbox(partner.pk, today):
        raise Invalid(f"{partner.short_name} hat kein Konto. Bitte wählen Sie Link oder Brief.", "delivery")
    if address.strip() and not MAIL.fullmatch(address.strip()):
        raise Invalid("Das ist keine Mailadresse.", "address")
    compartments |= Compartment.IDENTITY
    basis = _require_basis(actor, case, partner, compartments, today, legal_basis)
    file = get_file(actor, case.dossier.number, today=today, case_number=case.number)
    told = snapshot(actor, file, compartments, today)
    if not compartments & Compartment.CUSTODY:
        _require_no_trace("\n".join((subject, reason, _letterhead(actor) if delivery is Delivery.LETTER else "")))
    last = Disclosure.objects.unscoped(because=WHY).filter(dossier_id=case.dossier_id).order_by("-number").first()
    made = Disclosure(
        dossier_id=case.dossier_id,
        case=case,
        number=last.number + 1 if last else 1,
        token=random.token_hex(6),
        partner=partner,
        referral=_referral(actor, case, partner, referral_number),
        delivery=str(delivery),
        compartments=int(compartments),
        subject=subject.strip(),
        reason=reason.strip(),
        basis=basis.code,
        basis_said=basis.sentence,
        consent_id=basis.consent_id,
        secrecy_id=basis.secrecy_id,
        override_id=basis.override_id,
        sha256=fingerprint(told, subject.strip(), reason.strip()),
        asks_answer=asks_answer,
        address=address.strip() if delivery is Delivery.LINK else "",
        prepared_at=now,
        prepared_by_id=actor.membership_id,
    )
    made.clean_fields(
        exclude=["dossier", "case", "partner", "referral", "consent", "secrecy", "override", "prepared_by"]
    )
    made.save(force_insert=True)
    DisclosureContent.objects.create(
        dossier_id=case.dossier_id,
        compartments=int(compartments | Compartment.NETWORK),
        disclosure=made,
        told=told,
    )
    note(number=made.number, partner=partner.pk, compartments=made.compartments, basis=made.basis)
    return made


@operation("network.release_disclosure", may=policies.may_release_disclosure, on=Disclosure)
def release_disclosure(disclosure: Disclosure, *, actor: Actor, now: datetime) -> Way | None:
    """Let it go: into the inbox at once, behind a link at once, as a letter when it is posted (``post_disclosure``).

    With the mail server switched on and an address, the link is mailed by the queue (``deliver_waiting``). Answers what
    is told to the partner of a link: the code, and the address where no mail brings it.
    """
    _require_state(disclosure, DisclosureState.PREPARED)
    _judge_again(actor, disclosure, now)
    disclosure.released_at, disclosure.released_by_id = now, actor.membership_id
    way = None
    match Delivery(disclosure.delivery):
        case Delivery.INBOX:
            deliver(disclosure, actor, now, receiver=_house_of(disclosure.partner_id))
        case Delivery.LINK:
            disclosure.version += 1
            disclosure.save()
            link, way = _new_link(disclosure, actor, now)
            if disclosure.address and gateways.mail_is_on():
                disclosure.again_at = now
                disclosure.save(update_fields=["again_at"])
            else:
                deliver(disclosure, actor, now, receiver=-link.pk)
        case Delivery.LETTER:
            disclosure.version += 1
            disclosure.save()
    note(number=disclosure.number, delivery=disclosure.delivery)
    return way


@operation("network.post_disclosure", may=policies.may_release_disclosure, on=Disclosure)
def post_disclosure(disclosure: Disclosure, *, actor: Actor, on: date, now: datetime) -> None:
    """The letter left the house. Refused when its basis has gone meanwhile: the letter stays here."""
    _require_state(disclosure, DisclosureState.WAITING)
    if disclosure.delivery != Delivery.LETTER:
        raise Invalid("Nur ein Brief wird zur Post gegeben.")
    assert disclosure.released_at
    if not day_of(disclosure.released_at) <= on <= day_of(now):
        raise Invalid(f"Freigegeben wurde es am {disclosure.released_at:%d.%m.%Y}; später als heute geht nicht.", "on")
    _judge_again(actor, disclosure, now)
    deliver(disclosure, actor, now)


@operation("network.deliver_waiting", may=policies.may_release_disclosure, on=Disclosure)
def deliver_waiting(disclosure: Disclosure, *, actor: Actor, now: datetime) -> bool:
    """The queue: mail the link. Answers whether it went out.

    A basis that has gone stops it for good. A mail server that does not answer leaves it waiting, with what went wrong.
    """
    if disclosure.state is not DisclosureState.WAITING or disclosure.delivery != Delivery.LINK:
        return False
    basis = _basis_now(actor, disclosure, now)
    if not basis.allowed:
        stop(disclosure, basis.sentence, now)
        return False
    link = DisclosureLink.objects.unscoped(because=WHY).filter(disclosure=disclosure, closed_at=None).latest("pk")
    address = secrets.new_address()
    link.address_hash = secrets.address_hash(address)
    link.save(update_fields=["address_hash"])
    try:
        gateways.send_link(disclosure.address, f"/r/{address}/", f"{day_of(link.expires_at):%d.%m.%Y}")
    except OSError as error:
        disclosure.tries += 1
        disclosure.problem = f"Der Mailserver nahm die Nachricht nicht an ({type(error).__name__})."
        disclosure.again_at = now + length_of("disclosure_retry", day_of(now)) * min(disclosure.tries, 96)
        disclosure.save(update_fields=["tries", "problem", "again_at"])
        note(number=disclosure.number, tries=disclosure.tries)
        return False
    disclosure.problem, disclosure.again_at = "", None
    deliver(disclosure, actor, now, receiver=-link.pk)
    return True


@operation("network.renew_link", may=policies.may_release_disclosure, on=Disclosure)
def renew_link(disclosure: Disclosure, *, actor: Actor, now: datetime) -> Way:
    """A new address and a new code (lost, expired, locked). The older ones are worth nothing from now on."""
    _require_state(disclosure, DisclosureState.DELIVERED)
    if disclosure.delivery != Delivery.LINK:
        raise Invalid("Diese Übermittlung ging nicht über einen Link.")
    _judge_again(actor, disclosure, now)
    _close_links(disclosure, now)
    link, way = _new_link(disclosure, actor, now)
    disclosure.receiver = -link.pk
    disclosure.open_until = _open_until(disclosure, _basis_now(actor, disclosure, now).until, now)
    disclosure.version += 1
    disclosure.save(update_fields=["receiver", "open_until", "version"])
    note(number=disclosure.number)
    return way


@operation("network.stop_disclosure", may=policies.may_stop_disclosure, on=Disclosure)
def stop_disclosure(disclosure: Disclosure, *, actor: Actor, because: str, now: datetime) -> None:
    """It does not go out after all, or is closed to its receiver. That it was passed on stays on record."""
    if disclosure.stopped_at:
        raise Invalid("Diese Übermittlung ist schon gestoppt.")
    if not because.strip():
        raise Invalid("Bitte schreiben Sie, warum.", "because")
    stop(disclosure, because.strip(), now)
    note(number=disclosure.number)


# --- parts of operations ------------------------------------------------------------------------------------------


def deliver(disclosure: Disclosure, actor: Actor, now: datetime, *, receiver: int | None = None) -> None:
    """It is with the receiver from now on; a referral that it belongs to counts as sent."""
    disclosure.delivered_at = now
    disclosure.receiver = receiver
    if receiver is not None:
        disclosure.open_until = _open_until(disclosure, _basis_now(actor, disclosure, now).until, now)
    disclosure.version += 1
    disclosure.save()
    referral = disclosure.referral
    if referral is None:
        return
    for act in (ReferralAct.CONSENTED, ReferralAct.SENT):
        if may_follow(referral_state(actor, referral), act):
            referrals.move_referral(
                actor=actor,
                servicereferral_id=referral.pk,
                act=act,
                happened_on=day_of(now),
                legal_basis=disclosure.basis if disclosure.consent_id is None else "",
                now=now,
            )


def stop(disclosure: Disclosure, because: str, now: datetime) -> None:
    """Nothing goes out any more, and what is open closes. Part of an operation, or an effect of one."""
    disclosure.stopped_at, disclosure.stopped_because = now, because[:300]
    disclosure.again_at = None
    disclosure.version += 1
    disclosure.save(update_fields=["stopped_at", "stopped_because", "again_at", "version"])
    _close_links(disclosure, now)


def stop_resting_on(consent: Consent, now: datetime) -> None:
    """A consent ended (withdrawn, voided, replaced): whatever rests on it and is open stops in the same transaction.

    A letter that has left cannot be called back: the task "Widerruf" says whom to write to.
    """
    open_ones = Disclosure.objects.unscoped(because=WHY).filter(dossier_id=consent.dossier_id, stopped_at=None)
    because = "Die Einwilligung ist widerrufen." if consent.withdrawn_on else "Die Einwilligung gilt nicht mehr."
    for each in open_ones.select_for_update(of=("self",)):
        resting = consent.pk in (each.consent_id, each.secrecy_id)
        if resting and not each.is_posted:
            stop(each, because, now)


def has_inbox(institution_id: int, on: date) -> bool:
    """Whether somebody of this institution has an account and reads its inbox."""
    return (
        Membership.objects.running_on(on)
        .filter(institution_id=institution_id, role__in=RECEIVING, user__is_active=True)
        .exists()
    )


def _referral(actor: Actor, case: Case, partner: Institution, number: int | None) -> ServiceReferral | None:
    if number is None:
        return None
    rows = ServiceReferral.objects.visible_to(actor).standing().filter(case=case, number=number)
    found = rows.first()
    if found is None:
        raise NotVisible()
    if found.partner_id != partner.pk:
        raise Invalid("Diese Vermittlung geht an eine andere Stelle.", "referral_number")
    return found


def _require_basis(
    actor: Actor, case: Case, partner: Institution, compartments: Compartment, on: date, legal_basis: str
) -> TransferBasis:
    basis = basis_for(actor, case, partner, compartments, on, legal_basis=legal_basis)
    if not basis.allowed:
        raise Invalid(basis.sentence, "legal_basis" if legal_basis else "compartments")
    return basis


def _basis_now(actor: Actor, disclosure: Disclosure, now: datetime) -> TransferBasis:
    law = disclosure.basis if disclosure.consent_id is None else ""
    return basis_for(
        actor,
        disclosure.case,
        disclosure.partner,
        Compartment(disclosure.compartments),
        day_of(now),
        legal_basis=law,
    )


def _judge_again(actor: Actor, disclosure: Disclosure, now: datetime) -> None:
    basis = _basis_now(actor, disclosure, now)
    if not basis.allowed:
        raise Refused(f"Das darf jetzt nicht mehr hinaus. {basis.sentence}")
    now_resting = (basis.consent_id, basis.secrecy_id, basis.override_id)
    if now_resting != (disclosure.consent_id, disclosure.secrecy_id, disclosure.override_id):
        raise Refused("Seit der Vorschau ist die Grundlage eine andere. Bitte bereiten Sie die Übermittlung neu vor.")


def _require_state(disclosure: Disclosure, state: DisclosureState) -> None:
    if disclosure.state is not state:
        raise Invalid(f"Diese Übermittlung ist {disclosure.state.label}.")


def _require_no_trace(text: str) -> None:
    """Haft is told only where it was chosen: a street of a prison in a remark would tell it all the same."""
    found = words_that_betray(text, names=house_names())
    if found:
        told = ", ".join(f"„{word}“" for word in found[:6])
        custody = labels_of(Compartment.CUSTODY)[0]
        raise Invalid(f"Ohne „{custody}“ darf nichts darauf hinweisen. Bitte umschreiben: {told}.", "compartments")


def _letterhead(actor: Actor) -> str:
    house = institution_by_id(actor.institution_id)  # type: ignore[attr-defined]
    return "\n".join((house.neutral_name or house.name, house.street))


def _house_of(institution_id: int) -> int:
    return Institution.objects.select_related("holder").get(pk=institution_id).holder.pk


def _open_until(disclosure: Disclosure, basis_until: date | None, now: datetime) -> date:
    """The receiver reads it as long as the parameter says, and never longer than its basis holds."""
    key = "disclosure_link" if disclosure.delivery == Delivery.LINK else "disclosure_inbox"
    last = parameter(key, on=day_of(now)).after(day_of(now))
    return min(last, basis_until) if basis_until else last


def _new_link(disclosure: Disclosure, actor: Actor, now: datetime) -> tuple[DisclosureLink, Way]:
    address, code = secrets.new_address(), secrets.new_code()
    expires_at = now + length_of("disclosure_link", day_of(now))
    link = DisclosureLink.objects.create(
        dossier_id=disclosure.dossier_id,
        disclosure=disclosure,
        address_hash=secrets.address_hash(address),
        secret_hash=secrets.code_hash(code),
        made_at=now,
        made_by_id=actor.membership_id,
        expires_at=expires_at,
    )
    return link, Way(address, code, expires_at)


def _close_links(disclosure: Disclosure, now: datetime) -> None:
    links = DisclosureLink.objects.unscoped(because=WHY).filter(disclosure=disclosure, closed_at=None)
    for link in links:
        link.closed_at = now
        link.save(update_fields=["closed_at"])
