"""What is measured of the gap at the prison gate. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

ONE = timedelta(days=1)


def days_without(periods: Iterable[tuple[date | None, date | None]], first: date, last: date) -> int:
    """Days from ``first`` to ``last``, both counted, on which nobody was accountable.

    periods: first day of each (None: since ever) and the day after its last (None: running), as the database has them.
    """
    if last < first:
        return 0
    covered, place = 0, first
    for begins, ends in sorted(((begins or date.min, ends or date.max) for begins, ends in periods)):
        begins, ends = max(begins, place), min(ends, last + ONE)
        if begins < ends:
            covered += (ends - begins).days
            place = ends
    return (last - first).days + 1 - covered


def share(part: int, whole: int) -> int | None:
    """Percent, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None
