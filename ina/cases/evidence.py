"""The registry through which modules above say what they know of contact with the person. Filled in ``apps.ready``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ina.cases.models import Case

# (case) -> (day, channel) of each documented attempt to reach the person, successful ones included.
Attempts = Callable[["Case"], Iterable[tuple[date, str]]]
_attempts: list[Attempts] = []
# (case) -> the last day on which somebody really had contact with the person, as far as the module knows.
LastMet = Callable[["Case"], date | None]
_meetings: list[LastMet] = []


def register_attempts(source: Attempts) -> None:
    if source not in _attempts:
        _attempts.append(source)


def contact_attempts(case: Case) -> list[tuple[date, str]]:
    """Every documented attempt to reach the person, from all modules that keep some."""
    return [attempt for source in _attempts for attempt in source(case)]


def register_meetings(source: LastMet) -> None:
    if source not in _meetings:
        _meetings.append(source)


def last_met(case: Case) -> date | None:
    """The last day of contact, from all modules that know of some."""
    return max((day for source in _meetings if (day := source(case)) is not None), default=None)
