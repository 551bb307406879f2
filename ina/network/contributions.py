"""What the network adds to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import Step
from ina.cases.steps import Entry, Mark, MarkState, register_step, register_timeline
from ina.network.enums import ReferralAct, ReferralState
from ina.network.queries import list_referrals

SHOWN_AS = {
    ReferralState.PROPOSED: MarkState.OPEN,
    ReferralState.REFUSED: MarkState.FAILED,
    ReferralState.NO_ANSWER: MarkState.UNKNOWN,
    ReferralState.ENDED: MarkState.DONE,
}
SYMBOLS = {ReferralAct.REFUSED: "fail", ReferralAct.STARTED: "done"}


def referrals(actor, case, today: date) -> list[Mark]:
    """One mark per referral, on the day since when it stands where it stands."""
    return [
        Mark(row.since, SHOWN_AS.get(row.state, MarkState.RUNNING), f"{row.partner}: {row.state.label}")
        for row in list_referrals(actor, case)
    ]


def acts(actor, case) -> list[Entry]:
    return [
        Entry(
            on=act.on,
            title=f"{row.partner}: {act.act.label}",
            detail=act.remark or (row.purpose if act.act is ReferralAct.PROPOSED else ""),
            by=act.by,
            kind=SYMBOLS.get(act.act, "dot"),
        )
        for row in list_referrals(actor, case)
        for act in row.acts
    ]


def register() -> None:
    register_step(Step.NETWORKING, referrals)
    register_timeline(acts)
