"""When somebody counts as not seen for long, and from which days a database can count the same. Pure.

Source: dated parameters ``contact_early_phase``, ``contact_interval_early``, ``contact_interval_later`` (model of INA):
in the first months after the release contacts are dense, at all other times the later interval holds. Before the
admission, and while a case rests, nobody is expected to be seen: other deadlines ask then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ina.agenda.rules import latest_day_with
from ina.cases.enums import State
from ina.reference.rules import Duration

EXPECTED_IN = frozenset({State.ADMITTED, State.AFTERCARE})


@dataclass(frozen=True)
class Pace:
    """How often somebody is to be met: every ``early`` for ``early_phase`` after the release, else every ``later``."""

    early_phase: Duration
    early: Duration
    later: Duration

    def interval(self, released_on: date | None, today: date) -> Duration:
        dense = released_on is not None and self.early_phase.after(released_on) > today
        return self.early if dense else self.later


@dataclass(frozen=True)
class Cuts:
    """The same as days to compare with: released after ``early_since`` the early interval holds; whoever was seen last
    on ``seen_early`` (``seen_later``) or before has not been seen for long."""

    early_since: date
    seen_early: date
    seen_later: date


def unseen_days(state: State, seen_on: date | None, *, released_on: date | None, pace: Pace, today: date) -> int | None:
    """Days since the last contact when that is longer ago than the pace allows; None when it is not, or unknown."""
    if state not in EXPECTED_IN or seen_on is None:
        return None
    if pace.interval(released_on, today).after(seen_on) >= today:
        return None
    return (today - seen_on).days


def cuts(pace: Pace, today: date) -> Cuts:
    yesterday = today - timedelta(days=1)
    return Cuts(
        early_since=latest_day_with(pace.early_phase, today),
        seen_early=latest_day_with(pace.early, yesterday),
        seen_later=latest_day_with(pace.later, yesterday),
    )


def prepared_until(lead: Duration, today: date) -> date:
    """The latest planning date whose preparation has begun by today."""
    day = lead.after(today)
    while lead.before(day) > today:
        day -= timedelta(days=1)
    while lead.before(day + timedelta(days=1)) <= today:
        day += timedelta(days=1)
    return day
