"""Referrals of a case, and the partners that there are. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.models import Case
from ina.institutions.enums import Kind
from ina.institutions.queries import InstitutionRow, list_institutions
from ina.network.enums import ReferralAct, ReferralState
from ina.network.lifecycle import possible_acts, state_after
from ina.network.models import ServiceReferral, ServiceReferralAct
from ina.profiling.enums import Need

# Organisations that may take somebody on; prisons, carriers and ministries are not partners in this sense.
PARTNER_KINDS = (
    Kind.JOBCENTER,
    Kind.AGENCY,
    Kind.CHAMBER,
    Kind.PROVIDER,
    Kind.PROBATION,
    Kind.FIRM,
    Kind.OTHER,
)


@dataclass(frozen=True)
class ActRow:
    """One dated act of a referral."""

    act: ReferralAct
    on: date
    by: str
    remark: str


@dataclass(frozen=True)
class ReferralRow:
    """A referral with its state, its history and what may happen next (consent and role apart)."""

    number: int
    partner: str
    partner_key: str
    purpose: str
    need: Need | None
    result: str
    version: int
    acts: tuple[ActRow, ...]
    state: ReferralState
    next_acts: tuple[ReferralAct, ...]

    @property
    def proposed_on(self) -> date:
        return self.acts[0].on

    @property
    def since(self) -> date:
        """Since when it stands where it stands."""
        return self.acts[-1].on


def list_referrals(actor: Actor, case: Case) -> list[ReferralRow]:
    """All referrals of a case in their order."""
    # A referral begins with its proposal, so that the acts bring along every referral there is.
    rows = ServiceReferralAct.objects.visible_to(actor, ServiceReferral).filter(referral__case=case)
    found: dict[int, tuple[ServiceReferral, list[ActRow]]] = {}
    for row in rows.select_related("referral__partner", "recorded_by__user").order_by("happened_on", "pk"):
        _, acts = found.setdefault(row.referral_id, (row.referral, []))
        acts.append(ActRow(ReferralAct(row.act), row.happened_on, row.recorded_by.user.display_name, row.remark))
    return [_referral_row(*each) for each in sorted(found.values(), key=lambda each: each[0].number)]


def get_referral(actor: Actor, case: Case, number: int) -> ServiceReferral:
    """The referral with this number in the case. NotVisible when hidden or absent."""
    referrals = ServiceReferral.objects.visible_to(actor).filter(case=case, number=number)
    referral = referrals.select_related("case", "partner").first()
    if referral is None:
        raise NotVisible()
    return referral


def acts_of_referral(actor: Actor, referral: ServiceReferral) -> list[ServiceReferralAct]:
    """The acts of a referral in their order."""
    return list(ServiceReferralAct.objects.visible_to(actor).filter(referral=referral).order_by("happened_on", "pk"))


def referral_state(actor: Actor, referral: ServiceReferral) -> ReferralState:
    return state_after(ReferralAct(row.act) for row in acts_of_referral(actor, referral))


def list_partners(*, on: date, search: str = "") -> tuple[InstitutionRow, ...]:
    """Organisations that exist on this day and may be partners, by kind and name. search: words, all must occur."""
    return tuple(row for kind in PARTNER_KINDS for row in list_institutions(kind=kind, on=on, search=search))


def _referral_row(referral: ServiceReferral, acts: list[ActRow]) -> ReferralRow:
    state = state_after(act.act for act in acts)
    return ReferralRow(
        number=referral.number,
        partner=referral.partner.short_name,
        partner_key=referral.partner.key,
        purpose=referral.purpose,
        need=Need(referral.need) if referral.need else None,
        result=referral.result,
        version=referral.version,
        acts=tuple(acts),
        state=state,
        next_acts=tuple(possible_acts(state)),
    )
