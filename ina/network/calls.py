"""Which partners of a case must hear of a moved date: those who were asked or work with the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ina.base.actor import Actor
from ina.cases.calls import Involved, register_calls
from ina.cases.queries import CaseFile
from ina.cases.rules.calls import CallRole
from ina.network.enums import ReferralState
from ina.network.queries import list_referrals
from ina.profiling.enums import Need

# Proposed to nobody yet, refused or over: the date is none of their business.
TAKING_PART = frozenset(
    {
        ReferralState.SENT,
        ReferralState.NO_ANSWER,
        ReferralState.ACCEPTED,
        ReferralState.WAITLIST,
        ReferralState.STARTED,
    }
)
BY_NEED = {
    Need.HOUSING: CallRole.HOUSING,
    Need.HEALTH: CallRole.MEDICAL,
    Need.SCHOOLING: CallRole.TRAINING,
    Need.TRAINING: CallRole.TRAINING,
}


def partners(actor: Actor, file: CaseFile, old: date | None, new: date | None, today: date) -> Iterable[Involved]:
    """A line for each referral that somebody outside knows of. One query."""
    return [
        Involved(row.partner_key, f"{row.purpose} ({row.state.label})", BY_NEED.get(row.need) if row.need else None)
        for row in list_referrals(actor, file.case)
        if row.state in TAKING_PART
    ]


def register() -> None:
    register_calls(partners)
