"""What was believed when: the planning date as it was at any moment, from dated claims. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ina.cases.enums import HypothesisStatus
from ina.cases.rules.release import DateClaim, planning_date


@dataclass(frozen=True)
class PastClaim:
    """A claim with the time in which it counted: from its entry until it was dropped or voided.

    ``claim.status``: while it counted. A claim entered by mistake counted until somebody noticed.
    """

    claim: DateClaim
    since: datetime
    until: datetime | None = None

    def stood_at(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def planning_date_at(claims: Iterable[PastClaim], moment: datetime) -> date | None:
    """The day that everything was planned for at this moment."""
    return planning_date(past.claim for past in claims if past.stood_at(moment))


@dataclass(frozen=True)
class Planned:
    """Since when which day was planned for; None: nobody had said one that counted."""

    since: datetime
    on: date | None


def planning_history(claims: Iterable[PastClaim]) -> list[Planned]:
    """Each planning date that there was, in order; entries that changed nothing are left out."""
    claims = list(claims)
    moments = {past.since for past in claims} | {past.until for past in claims if past.until}
    found: list[Planned] = []
    for moment in sorted(moments):
        on = planning_date_at(claims, moment)
        if (found and found[-1].on == on) or (not found and on is None):
            continue
        found.append(Planned(moment, on))
    return found


def status_while_standing(status: str, dropped_from: str) -> HypothesisStatus:
    """What a claim counted as before it was dropped; possible, hence not planned for, where nobody knows any more."""
    if status != HypothesisStatus.DROPPED:
        return HypothesisStatus(status)
    return HypothesisStatus(dropped_from or HypothesisStatus.POSSIBLE)
