"""The fixed points after release at which it is established where somebody stands in work. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ina.monitoring.enums import PointState
from ina.reference.enums import Unit
from ina.reference.rules import Duration, add_months


def months_of(points: Iterable[Duration]) -> tuple[int, ...]:
    """Full months after release, ascending; the day of release is 0.

    Outcomes are counted by month to be comparable: points in weeks or days (other than 0) are no points here.
    """
    return tuple(sorted({months for point in points if (months := _months(point)) is not None}))


def point_of(points: Iterable[Duration], months: int) -> Duration | None:
    """The point, as its parameter states it, that is so many full months after the release."""
    return next((point for point in points if _months(point) == months), None)


def key_date(released_on: date, months: int) -> date:
    """The day that the outcome refers to; the last day of the month where the day is missing."""
    return add_months(released_on, months)


def point_state(*, recorded: bool, refers_on: date, today: date, grace: Duration) -> PointState:
    """Nothing can be known before the key date; within the grace after it the entry is due, then overdue."""
    if recorded:
        return PointState.RECORDED
    if today < refers_on:
        return PointState.LATER
    return PointState.DUE if today <= grace.after(refers_on) else PointState.OVERDUE


def _months(point: Duration) -> int | None:
    if point.count == 0:
        return 0
    return {Unit.MONTHS: point.count, Unit.YEARS: 12 * point.count}.get(point.unit)
