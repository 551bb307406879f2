"""Referrals of a case, and the partners that there are. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_note
from ina.institutions.enums import Kind
from ina.institutions.queries import InstitutionRow, list_institutions
from ina.network.enums import ReferralAct, ReferralState
from ina.network.lifecycle import possible_acts, state_after
from ina.network.models.referrals import ServiceReferral, ServiceReferralAct
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
    # Its number in the dossier, and when, by whom and why it was voided; empty for one that counts.
    ordinal: int = 0
    voided: str = ""


@dataclass(frozen=True)
class ReferralRow:
    """A referral with its state, its history and what may happen next (consent and role apart).

    ``all_acts``: voided ones too.
    """

    number: int
    partner: str
    partner_key: str
    purpose: str
    need: Need | None
    result: str
    version: int
    all_acts: tuple[ActRow, ...]
    state: ReferralState
    next_acts: tuple[ReferralAct, ...]
    ordinal: int = 0
    voided: str = ""

    @property
    def acts(self) -> tuple[ActRow, ...]:
        """Those that count."""
        return tuple(act for act in self.all_acts if not act.voided)

    @property
    def may_be_told(self) -> bool:
        """The partner may still be asked in writing."""
        return not self.voided and self.state in {ReferralState.PROPOSED, ReferralState.CONSENTED}

    @property
    def proposed_on(self) -> date:
        return self.acts[0].on

    @property
    def since(self) -> date:
        """Since when it stands where it stands."""
        return self.acts[-1].on


# A referral begins with its proposal, so that the acts bring along every referral there is.
REFERRALS = Read(
    lambda given: (
        ServiceReferralAct.objects.visible_to(given.actor, ServiceReferral)
        .filter(dossier_id=given.dossier_id)
        .select_related("referral")
        .annotate(
            by=F("recorded_by__user__display_name"),
            undone_by=F("voided_by__user__display_name"),
            referral_undone_by=F("referral__voided_by__user__display_name"),
            partner=F("referral__partner__short_name"),
            partner_key=F("referral__partner__key"),
        )
        .order_by("happened_on", "pk")
    )
)


def list_referrals(actor: Actor, case: Case, *, voided: bool = False) -> list[ReferralRow]:
    """The referrals of a case in their order; ``voided``: those that count nowhere too, for lists that show them."""
    return referrals_from(REFERRALS.rows(actor=actor, dossier_id=case.dossier_id), case, voided=voided)


def referrals_from(rows: Iterable[Any], case: Case, *, voided: bool = False) -> list[ReferralRow]:
    """``list_referrals`` from the rows of ``REFERRALS``."""
    found: dict[int, tuple[Any, list[ActRow]]] = {}
    for row in numbered(rows):
        referral, acts = found.setdefault(row.referral_id, (row.referral, []))
        referral.undone_by = row.referral_undone_by
        referral.called = (row.partner, row.partner_key)
        acts.append(
            ActRow(
                ReferralAct(row.act),
                row.happened_on,
                row.by,
                row.remark,
                row.ordinal,
                voided_note(row),
            )
        )
    numbered(referral for referral, _ in found.values())
    own = [each for each in found.values() if each[0].case_id == case.pk and (voided or not each[0].is_voided)]
    return [_referral_row(*each) for each in sorted(own, key=lambda each: each[0].pk)]


def get_referral(actor: Actor, case: Case, number: int) -> ServiceReferral:
    """The referral with this number in the case. NotVisible when hidden or absent."""
    referrals = ServiceReferral.objects.visible_to(actor).standing().filter(case=case, number=number)
    referral = referrals.select_related("case", "partner").first()
    if referral is None:
        raise NotVisible()
    return referral


def acts_of_referral(actor: Actor, referral: ServiceReferral) -> list[ServiceReferralAct]:
    """The acts of a referral that count, in their order."""
    rows = ServiceReferralAct.objects.visible_to(actor).standing().filter(referral=referral)
    return list(rows.order_by("happened_on", "pk"))


def referral_state(actor: Actor, referral: ServiceReferral) -> ReferralState:
    return state_after(ReferralAct(row.act) for row in acts_of_referral(actor, referral))


def list_partners(*, on: date, search: str = "") -> tuple[InstitutionRow, ...]:
    """Organisations that exist on this day and may be partners, by kind and name. search: words, all must occur."""
    return tuple(row for kind in PARTNER_KINDS for row in list_institutions(kind=kind, on=on, search=search))


def _referral_row(referral: Any, acts: list[ActRow]) -> ReferralRow:
    state = state_after(act.act for act in acts if not act.voided)
    partner, partner_key = referral.called
    return ReferralRow(
        number=referral.number,
        partner=partner,
        partner_key=partner_key,
        purpose=referral.purpose,
        need=Need(referral.need) if referral.need else None,
        result=referral.result,
        version=referral.version,
        all_acts=tuple(acts),
        state=state,
        next_acts=tuple(possible_acts(state)),
        ordinal=referral.ordinal,
        voided=voided_note(referral),
    )
