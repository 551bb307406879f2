"""From a referral to an arrival: what may be told about a partner without telling about a person. Pure.

Source: domain 1.4 no. 6 (small numbers). A referral that still runs counts as waiting, never as zero days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median_low

from ina.base.protection import hidden_cells


class Outcome(StrEnum):
    """What became of a referral that was sent."""

    ARRIVED = "arrived"
    REFUSED = "refused"
    ENDED = "ended"
    WAITING = "waiting"


@dataclass(frozen=True)
class Passage:
    """One referral that was sent. ``answered_on``: the first yes, no or waiting list after it."""

    house: int
    partner: int
    person: int
    sent_on: date
    answered_on: date | None
    arrived_on: date | None
    is_refused: bool
    is_ended: bool

    @property
    def outcome(self) -> Outcome:
        if self.arrived_on is not None:
            return Outcome.ARRIVED
        if self.is_refused:
            return Outcome.REFUSED
        return Outcome.ENDED if self.is_ended else Outcome.WAITING


@dataclass(frozen=True)
class Count:
    """Of one partner; a number that must not be told is missing in ``outcomes``, a span is None."""

    referrals: int
    outcomes: dict[Outcome, int]
    answer_days: int | None
    arrival_days: int | None


def partner_counts(passages: Iterable[Passage], limit: int) -> dict[int, Count]:
    """By partner; those with fewer people than ``limit`` are left out."""
    return {
        partner: _count(rows, limit)
        for partner, rows in _by(passages, "partner").items()
        if len({row.person for row in rows}) >= limit
    }


def cooperation_counts(passages: Iterable[Passage], limit: int) -> dict[tuple[int, int], int]:
    """(house, partner) → referrals. A hidden one does not follow from the total of its partner."""
    told: dict[tuple[int, int], int] = {}
    for partner, rows in _by(passages, "partner").items():
        by_house = _by(rows, "house")
        people = {house: len({row.person for row in theirs}) for house, theirs in by_house.items()}
        hidden = hidden_cells(people, limit)
        told |= {(house, partner): len(theirs) for house, theirs in by_house.items() if house not in hidden}
    return told


def _count(rows: list[Passage], limit: int) -> Count:
    by_outcome: dict[Outcome, list[Passage]] = {each: [] for each in Outcome}
    for row in rows:
        by_outcome[row.outcome].append(row)
    hidden = hidden_cells({each: len({row.person for row in found}) for each, found in by_outcome.items()}, limit)
    return Count(
        referrals=len(rows),
        outcomes={each: len(found) for each, found in by_outcome.items() if each not in hidden},
        answer_days=_median([(row, row.answered_on) for row in rows], limit),
        arrival_days=None if Outcome.ARRIVED in hidden else _median([(row, row.arrived_on) for row in rows], limit),
    )


def _median(rows: list[tuple[Passage, date | None]], limit: int) -> int | None:
    known = [(row, (until - row.sent_on).days) for row, until in rows if until is not None]
    if len({row.person for row, _ in known}) < limit:
        return None
    return median_low(max(days, 0) for _, days in known)


def _by(passages: Iterable[Passage], key: str) -> dict[int, list[Passage]]:
    found: dict[int, list[Passage]] = defaultdict(list)
    for row in passages:
        found[getattr(row, key)].append(row)
    return found
