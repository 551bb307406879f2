"""When things happen in the demo: on working days, at different times of the day, and never later than yesterday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ina.base.clock import BERLIN
from ina.reference.rules import working_day_on_or_after, working_day_on_or_before

# How far back the accounts of the demo go: further than any story, and no further than the trail is kept.
BEGINNING = timedelta(days=725)
SUNDAY = 6
FIRST_MINUTE, LAST_MINUTE, STEP = 8 * 60 + 15, 16 * 60 + 30, 5


class Days:
    """The calendar of one story: days counted from today (negative: ago). ``seed`` makes the times its own."""

    def __init__(self, today: date, seed: int = 0):
        self.today, self._seed = today, seed
        self.last = working_day_on_or_before(today - timedelta(days=1))

    def day(self, distance: int) -> date:
        return self.today + timedelta(days=distance)

    def working(self, day: date, *, since: date | None = None) -> date:
        """The working day before or on this one, in the past; never before ``since``."""
        found = working_day_on_or_before(min(day, self.last))
        if since is None or found >= since:
            return found
        return min(working_day_on_or_after(since), max(self.last, since))

    def near(self, day: date) -> date:
        """As ``working``, but what falls on a Sunday is on Monday: not every weekend becomes a Friday."""
        return self.working(day + timedelta(days=day.weekday() == SUNDAY))

    def at(self, day: date) -> datetime:
        """A moment of that day in office hours: the same for the same story and day."""
        slots = (LAST_MINUTE - FIRST_MINUTE) // STEP
        minute = FIRST_MINUTE + STEP * ((self._seed * 7919 + day.toordinal() * 104_729) % slots)
        return datetime.combine(day, time(*divmod(minute, 60)), BERLIN)


def spread(first: int, last: int, place: int, of: int) -> int:
    """The day of the ``place``-th of so many, evenly between two days."""
    return first if of < 2 else round(first + (last - first) * place / (of - 1))
