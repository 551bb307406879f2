"""What the network adds to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import Step
from ina.cases.queries import CaseFile
from ina.cases.steps import Entry, Mark, MarkState, Part, marks_on, register_part
from ina.network.enums import ReferralAct, ReferralState
from ina.network.queries import REFERRALS, referrals_from

SHOWN_AS = {
    ReferralState.PROPOSED: MarkState.OPEN,
    ReferralState.REFUSED: MarkState.FAILED,
    ReferralState.NO_ANSWER: MarkState.UNKNOWN,
    ReferralState.ENDED: MarkState.DONE,
}
SYMBOLS = {ReferralAct.REFUSED: "fail", ReferralAct.STARTED: "done"}


def referrals(file: CaseFile, today: date) -> Part:
    """One mark per referral, on the day since when it stands where it stands; in the timeline each of its acts."""
    rows = referrals_from(file.answers[REFERRALS], file.case, voided=True)
    marks = [
        Mark(row.since, SHOWN_AS.get(row.state, MarkState.RUNNING), f"{row.partner}: {row.state.label}")
        for row in rows
        if not row.voided
    ]
    entries = [
        Entry(
            on=act.on,
            title=f"{row.partner}: {act.act.label}",
            detail=act.remark or (row.purpose if act.act is ReferralAct.PROPOSED else ""),
            by=act.by,
            kind=SYMBOLS.get(act.act, "dot"),
            of="vermittlungsschritt",
            ordinal=act.ordinal,
            voided=act.voided or row.voided,
        )
        for row in rows
        for act in row.all_acts
    ]
    return Part(marks_on(Step.NETWORKING, marks), tuple(entries))


def register() -> None:
    register_part(referrals, reads=(REFERRALS,))
