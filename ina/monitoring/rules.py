"""Appointments, and the fixed points after release at which it is established where somebody stands in work. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from ina.monitoring.enums import AppointmentHalt, AppointmentState, ContactOutcome, PointState, Repeat
from ina.reference.enums import Unit
from ina.reference.rules import SATURDAY, Duration, add_months, holiday_name

# How long a meeting without a stated length is taken to last when two of them are compared.
USUAL_MINUTES = 60


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


# --- appointments -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Withdrawal:
    """Leave to go out was taken back: from which day on, and when we learned of it."""

    on: date
    recorded_at: datetime


class Agreed(Protocol):
    """What the rules need to know of an appointment."""

    @property
    def on(self) -> date: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> str: ...


def outcome_of_appointment(outcome: ContactOutcome) -> AppointmentState:
    """What became of an appointment by what is said of the contact."""
    return AppointmentState.KEPT if outcome.is_contact else AppointmentState.MISSED


def halt_of(
    on: date,
    *,
    outside: bool,
    agreed_at: datetime,
    ended_on: date | None,
    released_on: date | None,
    withdrawals: Iterable[Withdrawal] = (),
) -> AppointmentHalt | None:
    """Whether the course of the case cancels an appointment of this day that nobody has kept yet.

    The end of the case takes all from its day on. Leave that was taken back takes what lies outside, from its day on,
    as long as the person is in custody: only what was agreed before we knew.
    """
    if ended_on is not None and on >= ended_on:
        return AppointmentHalt.ENDED
    in_custody = released_on is None or on < released_on
    if outside and in_custody and any(each.on <= on and agreed_at < each.recorded_at for each in withdrawals):
        return AppointmentHalt.RELAXATION
    return None


def unusual_day(on: date) -> str:
    """„ein Sonntag“, „ein Feiertag (Fronleichnam)“; empty for a day on which offices may be open."""
    if name := holiday_name(on):
        return f"ein Feiertag ({name})"
    return "ein Sonntag" if on.weekday() > SATURDAY else ""


def overlap(at: time | None, minutes: int | None, other_at: time | None, other_minutes: int | None) -> bool:
    """Whether two meetings of one day are in each other's way; what has no time of day is in nobody's."""
    if at is None or other_at is None:
        return False
    begins, other_begins = _minute(at), _minute(other_at)
    return begins < other_begins + (other_minutes or USUAL_MINUTES) and other_begins < begins + (
        minutes or USUAL_MINUTES
    )


# Names of the marks of the design; a planned one is open, or asks what became of it once its day has passed.
MARKS = {AppointmentState.KEPT: "done", AppointmentState.MISSED: "fail", AppointmentState.CANCELLED: "na"}


def mark_of(state: AppointmentState, on: date, today: date) -> str:
    """The mark that an appointment has in lists."""
    return MARKS.get(state) or ("open" if on >= today else "due")


def appointment_marks(rows: Iterable[Agreed], today: date) -> list[tuple[date, str, str]]:
    """For the picture of a case: day, name of the mark and label of what is planned, by day. What was kept or missed
    stands there as a contact."""
    planned = [row for row in rows if row.state == AppointmentState.PLANNED]
    return [
        (row.on, mark_of(AppointmentState.PLANNED, row.on, today), f"Termin: {row.title}")
        for row in sorted(planned, key=lambda row: row.on)
    ]


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def days_of_series(first: date, repeat: Repeat, times: int) -> list[date]:
    """The days of a series; months are counted from the first day, so that a 31st does not wander."""
    if repeat is Repeat.MONTHLY:
        return [add_months(first, count) for count in range(times)]
    step = timedelta(weeks=1 if repeat is Repeat.WEEKLY else 2)
    return [first + step * count for count in range(times)]
