"""Who is counted: episodes by month of release whose observation is over. Pure.

Source: domain section 1.4 no. 6 (by release date, only completed windows) and 9.3 (who died, left the country or was
deported is outside employment figures and reported apart).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ina.evaluation.enums import StatusGroup


@dataclass(frozen=True)
class Episodes:
    """``count`` episodes that share everything that matters to an indicator; ``outcome`` is the one at its key date."""

    released_month: date
    age_group: str
    sex: str
    ended_month: date | None
    ending_reason: str
    outcome: str
    count: int


def add_months(month: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, index = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, index + 1, 1)


def window_over(released_month: date, months: int, today: date) -> bool:
    """Whether the month in which the key date lies has passed for everybody released in this month."""
    return today >= add_months(released_month, months + 1)


def completed(episodes: Iterable[Episodes], months: int, today: date) -> list[Episodes]:
    return [one for one in episodes if window_over(one.released_month, months, today)]


def status_of(
    one: Episodes, months: int, outcome_groups: Mapping[str, str], ending_groups: Mapping[str, str]
) -> StatusGroup:
    """Where these people stood at the key date. Who died or left the country before it is OUTSIDE, though nobody
    recorded an outcome; without a record it is UNKNOWN, never "unemployed"."""
    recorded = outcome_groups.get(one.outcome, StatusGroup.OTHER) if one.outcome else StatusGroup.UNKNOWN
    group = StatusGroup(recorded) if recorded in set(StatusGroup) else StatusGroup.OTHER
    if (
        group is StatusGroup.UNKNOWN
        and ending_groups.get(one.ending_reason) == StatusGroup.OUTSIDE
        and one.ended_month is not None
        and one.ended_month <= add_months(one.released_month, months)
    ):
        return StatusGroup.OUTSIDE
    return group
