"""Step 4, Vernetzung: a partner is proposed, and what became of it.

What goes to the partner in writing is a disclosure (``operations.disclosures``), which moves its referral itself; who
asked the partner in person or on the phone notes it here. Both need the same basis.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.access.enums import Compartment, ConsentPurpose
from ina.access.queries import running_purposes
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.institutions.models import Institution
from ina.institutions.queries import get_institution
from ina.network import policies
from ina.network.enums import ReferralAct, RefusalReason
from ina.network.lifecycle import BASIS, BY_ACT, DATA_USE, RESULT, may_follow, state_after
from ina.network.models.directory import Offer
from ina.network.models.referrals import ServiceReferral, ServiceReferralAct
from ina.network.operations import following
from ina.network.queries import PARTNER_KINDS, acts_of_referral
from ina.network.queries.bases import CONSENT, basis_for
from ina.planning.enums import StepStatus
from ina.planning.models import PlanStep
from ina.profiling.enums import Need


@operation("network.propose_partner", may=policies.may_propose_partner, on=Case)
def propose_partner(
    case: Case,
    *,
    actor: Actor,
    partner_key: str,
    purpose: str,
    need: Need | None = None,
    proposed_on: date,
    remark: str = "",
    offer_number: int | None = None,
    step_id: int | None = None,
    now: datetime,
) -> ServiceReferral:
    """Note that a partner could help. ``partner_key``: of an institution of a partner kind that exists on that day.

    offer_number: of one of its offers. step_id: of an open step of the plan of this case, which gets the result.
    """
    if proposed_on > day_of(now):
        raise Invalid(f"Der {proposed_on:%d.%m.%Y} liegt in der Zukunft.", "proposed_on")
    if not purpose.strip():
        raise Invalid("Bitte schreiben Sie, wobei die Stelle helfen soll.", "purpose")
    partner = partner_of(partner_key, proposed_on)
    last = ServiceReferral.objects.visible_to(actor).filter(case=case).order_by("-number").first()
    referral = ServiceReferral(
        dossier_id=case.dossier_id,
        case=case,
        number=last.number + 1 if last else 1,
        partner=partner,
        purpose=purpose.strip(),
        need=str(need) if need else "",
        offer=_offer(partner, offer_number, proposed_on),
        step=_step(actor, case, step_id),
    )
    referral.clean_fields(exclude=["dossier", "case", "partner", "offer", "step", "voided_by"])
    referral.save(force_insert=True)
    _record(referral, actor, ReferralAct.PROPOSED, proposed_on, remark, now)
    return referral


@operation("network.move_referral", may=policies.may_move_referral, on=ServiceReferral)
def move_referral(
    referral: ServiceReferral,
    *,
    actor: Actor,
    act: ReferralAct,
    happened_on: date,
    remark: str = "",
    result: str = "",
    legal_basis: str = "",
    refused_because: RefusalReason | None = None,
    now: datetime,
) -> None:
    """Note what happened to a referral on a day.

    Refused: an act that does not follow (``lifecycle``), a day in the future or before the last act, anything that
    involves the partner without a consent to the use of data running on that day, asking or reminding the partner
    without a consent to tell this partner who it is about (or ``legal_basis``, a code of ``transfer_bases`` that
    carries it), a refusal without its reason, an end without result. An end is written into the step of the plan that
    the referral serves; a partner that was asked and does not answer is asked after by a task.
    """
    acts = acts_of_referral(actor, referral)
    state = state_after(ReferralAct(row.act) for row in acts)
    if not may_follow(state, act):
        raise Invalid(f"„{act.label}“ ist im jetzigen Stand nicht möglich.", "act")
    if happened_on > day_of(now):
        raise Invalid(f"Der {happened_on:%d.%m.%Y} liegt in der Zukunft.", "happened_on")
    if happened_on < acts[-1].happened_on:
        before = f"{ReferralAct(acts[-1].act).label} am {acts[-1].happened_on:%d.%m.%Y}"
        raise Invalid(f"Der Tag liegt vor dem letzten Ereignis ({before}).", "happened_on")
    needs = BY_ACT[act].needs
    basis = _require_basis(actor, referral, happened_on, legal_basis) if BASIS in needs else ""
    if DATA_USE in needs and basis in {"", CONSENT}:
        _require_data_use(actor, referral, happened_on)
    if act is ReferralAct.REFUSED and refused_because is None:
        raise Invalid("Bitte wählen Sie, warum die Stelle absagt.", "refused_because")
    if RESULT in needs and not result.strip():
        raise Invalid("Bitte schreiben Sie, was daraus geworden ist.", "result")
    if result.strip():
        referral.result = result.strip()
    # The reason of a former correction is none of this change.
    referral.corrected_because = ""
    referral.version += 1
    referral.save(update_fields=["result", "corrected_because", "version"])
    reason = str(refused_because or "") if act is ReferralAct.REFUSED else ""
    _record(referral, actor, act, happened_on, remark, now, basis, reason)
    following.after_act(referral, act, happened_on, actor, now)


def _require_data_use(actor: Actor, referral: ServiceReferral, on: date) -> None:
    if ConsentPurpose.DATA_USE not in running_purposes(actor, referral.dossier_id, on):
        raise Invalid(
            f"Ohne laufende Einwilligung „{ConsentPurpose.DATA_USE.label}“ geht die Vermittlung nicht weiter.", "act"
        )


def _require_basis(actor: Actor, referral: ServiceReferral, on: date, legal_basis: str) -> str:
    """What allows to tell the partner who it is about."""
    basis = basis_for(actor, referral.case, referral.partner, Compartment.IDENTITY, on, legal_basis=legal_basis)
    if not basis.allowed:
        raise Invalid(f"{referral.partner.short_name}: {basis.sentence}", "legal_basis" if legal_basis else "act")
    return basis.code


def partner_of(key: str, on: date) -> Institution:
    """The partner with this key. Invalid: none, none of a partner's kind, or not there on that day."""
    try:
        partner = get_institution(key)
    except NotVisible as error:
        raise Invalid("Bitte wählen Sie eine Stelle.", "partner_key") from error
    if partner.kind not in PARTNER_KINDS:
        raise Invalid(f"An „{partner.short_name}“ wird nicht vermittelt.", "partner_key")
    if on not in partner.valid_period:
        raise Invalid(f"„{partner.short_name}“ gibt es am {on:%d.%m.%Y} nicht.", "partner_key")
    return partner


def _offer(partner: Institution, number: int | None, on: date) -> Offer | None:
    if number is None:
        return None
    offer = Offer.objects.filter(number=number, institution=partner, valid_period__contains=on).first()
    if offer is None:
        raise Invalid("Dieses Angebot hat die Stelle an diesem Tag nicht.", "offer_number")
    return offer


def _step(actor: Actor, case: Case, step_id: int | None) -> PlanStep | None:
    if step_id is None:
        return None
    steps = PlanStep.objects.visible_to(actor).standing().filter(goal__plan__case=case, status=StepStatus.OPEN)
    step = steps.filter(pk=step_id).first()
    if step is None:
        raise Invalid("Diesen offenen Schritt gibt es im Plan nicht.", "step_id")
    return step


def _record(
    referral: ServiceReferral,
    actor: Actor,
    act: ReferralAct,
    on: date,
    remark: str,
    now: datetime,
    basis: str = "",
    refused_because: str = "",
) -> None:
    ServiceReferralAct.objects.create(
        dossier_id=referral.dossier_id,
        referral=referral,
        act=str(act),
        happened_on=on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
        remark=remark.strip(),
        basis=basis,
        refused_because=refused_because,
    )
    note(referral=referral.number, act=str(act), on=str(on))


# --- corrections: parts of ``cases.operations.corrections`` -------------------------------------------------------


def check_referral(referral: ServiceReferral, before: Mapping[str, Any], now: datetime) -> None:
    if not referral.purpose.strip():
        raise Invalid("Bitte schreiben Sie, wobei die Stelle helfen soll.", "purpose")
    if before["result"] and not referral.result.strip():
        raise Invalid("Bitte schreiben Sie, was daraus geworden ist.", "result")


def check_act(row: ServiceReferralAct, before: Mapping[str, Any], now: datetime) -> None:
    """The acts of a referral keep their order."""
    if row.happened_on > day_of(now):
        raise Invalid(f"Der {row.happened_on:%d.%m.%Y} liegt in der Zukunft.", "happened_on")
    acts = _standing(row)
    place = next(place for place, act in enumerate(acts) if act.pk == row.pk)
    if place and row.happened_on < acts[place - 1].happened_on:
        raise Invalid(f"Der Tag liegt vor dem Ereignis davor ({acts[place - 1]}).", "happened_on")
    if acts[place + 1 :] and row.happened_on > acts[place + 1].happened_on:
        raise Invalid(f"Der Tag liegt nach dem nächsten Ereignis ({acts[place + 1]}).", "happened_on")


def check_act_void(row: ServiceReferralAct) -> None:
    """The state follows from the acts: only the last one can go, and a referral never stands without its proposal."""
    if row.act == ReferralAct.PROPOSED:
        raise Invalid("Mit dem Vorschlag beginnt die Vermittlung. Stornieren Sie bitte die Vermittlung selbst.")
    if _standing(row)[-1].pk != row.pk:
        raise Invalid("Zuerst das letzte Ereignis stornieren, dann dieses.")


def act_changed(row: ServiceReferralAct, case: Case, actor: Actor, now: datetime) -> None:
    """A voided end takes its result with it; whoever moves the referral on must have seen that."""
    referral = ServiceReferral.objects.visible_to(actor).select_for_update().get(pk=row.referral_id)
    if row.is_voided and row.act == ReferralAct.ENDED:
        referral.result = ""
    referral.corrected_because = ""
    referral.version += 1
    referral.save(update_fields=["result", "corrected_because", "version"])
    following.remind(case, now)


def _standing(row: ServiceReferralAct) -> list[ServiceReferralAct]:
    rows = ServiceReferralAct.objects.unscoped(because="Teil einer Operation, die die Vermittlung schon geladen hat")
    return list(rows.standing().filter(referral_id=row.referral_id).order_by("happened_on", "pk"))
