"""Points after release and how far they have come; what the course of a case does with appointments. No database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from ina.monitoring.enums import AppointmentHalt, AppointmentState, ContactOutcome, PointState
from ina.monitoring.rules import (
    Withdrawal,
    appointment_marks,
    halt_of,
    key_date,
    mark_of,
    months_of,
    overlap,
    point_state,
    unusual_day,
)
from ina.reference.enums import Unit
from ina.reference.rules import Duration

GRACE = Duration(4, Unit.WEEKS)
KEY_DATE = date(2026, 8, 4)


@pytest.mark.parametrize(
    ("points", "months"),
    [
        ([Duration(0, Unit.DAYS), Duration(3, Unit.MONTHS), Duration(6, Unit.MONTHS)], (0, 3, 6)),
        ([Duration(1, Unit.YEARS), Duration(0, Unit.WEEKS), Duration(12, Unit.MONTHS)], (0, 12)),
        ([Duration(12, Unit.WEEKS), Duration(6, Unit.MONTHS)], (6,)),
        ([], ()),
    ],
)
def test_points_are_full_months(points, months):
    assert months_of(points) == months


@pytest.mark.parametrize(
    ("released_on", "months", "refers_on"),
    [
        (date(2026, 5, 4), 0, date(2026, 5, 4)),
        (date(2026, 5, 4), 3, date(2026, 8, 4)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_the_key_date_ends_with_the_month(released_on, months, refers_on):
    assert key_date(released_on, months) == refers_on


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 3), PointState.LATER),
        (date(2026, 8, 4), PointState.DUE),
        (date(2026, 9, 1), PointState.DUE),
        (date(2026, 9, 2), PointState.OVERDUE),
    ],
)
def test_a_point_is_due_from_its_key_date_and_overdue_after_the_grace(today, state):
    assert point_state(recorded=False, refers_on=KEY_DATE, today=today, grace=GRACE) is state
    assert point_state(recorded=True, refers_on=KEY_DATE, today=today, grace=GRACE) is PointState.RECORDED


def test_only_who_was_met_was_in_contact():
    assert {outcome for outcome in ContactOutcome if outcome.is_contact} == {ContactOutcome.MET, ContactOutcome.LATE}


DAY = date(2026, 11, 26)
KNOWN_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "halt"),
    [
        ({}, None),
        ({"ended_on": DAY}, AppointmentHalt.ENDED),
        ({"ended_on": DAY + timedelta(days=1)}, None),
        ({"outside": True, "withdrawn_on": DAY}, AppointmentHalt.RELAXATION),
        ({"outside": True, "withdrawn_on": DAY + timedelta(days=1)}, None),
        ({"outside": True, "withdrawn_on": DAY, "agreed_at": KNOWN_AT}, None),
        ({"outside": False, "withdrawn_on": DAY}, None),
        ({"outside": True, "withdrawn_on": DAY, "released_on": DAY}, None),
        ({"outside": True, "withdrawn_on": DAY, "released_on": DAY + timedelta(days=1)}, AppointmentHalt.RELAXATION),
        ({"outside": True, "withdrawn_on": DAY, "ended_on": DAY}, AppointmentHalt.ENDED),
    ],
)
def test_what_the_course_of_a_case_cancels(given, halt):
    facts = {"outside": False, "agreed_at": KNOWN_AT - timedelta(days=1), "ended_on": None, "released_on": None} | given
    withdrawn_on = facts.pop("withdrawn_on", None)
    withdrawals = [Withdrawal(withdrawn_on, KNOWN_AT)] if withdrawn_on else []
    assert halt_of(DAY, **facts, withdrawals=withdrawals) is halt


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((time(9), 60), (time(9, 59), 30), True),
        ((time(9), 60), (time(10), 30), False),
        ((time(9), 60), (time(8), 60), False),
        ((time(9), 60), (time(8), 61), True),
        ((time(9), None), (time(9, 59), None), True),
        ((time(9), None), (time(10), None), False),
        ((None, 60), (time(9), 60), False),
        ((time(9), 60), (None, None), False),
    ],
)
def test_two_meetings_in_each_others_way(first, second, clash):
    assert overlap(*first, *second) is overlap(*second, *first) is clash


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 28), ""),
        (date(2026, 11, 29), "ein Sonntag"),
        (date(2027, 5, 27), "ein Feiertag (Fronleichnam)"),
        (date(2026, 11, 1), "ein Feiertag (Allerheiligen)"),
    ],
)
def test_days_on_which_offices_are_closed(on, said):
    assert unusual_day(on) == said


@dataclass(frozen=True)
class Agreed:
    on: date
    state: AppointmentState
    title: str = "Jobcenter"


def test_the_picture_shows_what_is_planned_by_day():
    rows = [Agreed(DAY, AppointmentState.PLANNED), *(Agreed(DAY, state) for state in AppointmentState)]
    rows.append(Agreed(DAY - timedelta(days=7), AppointmentState.PLANNED))
    assert appointment_marks(rows, DAY) == [
        (DAY - timedelta(days=7), "due", "Termin: Jobcenter"),
        (DAY, "open", "Termin: Jobcenter"),
        (DAY, "open", "Termin: Jobcenter"),
    ]


def test_each_state_has_its_mark():
    marks = {state: mark_of(state, DAY, DAY) for state in AppointmentState}
    assert list(marks.values()) == ["open", "done", "fail", "na"]
