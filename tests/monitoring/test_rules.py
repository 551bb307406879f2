"""The points after release and how far they have come. No database."""

from datetime import date

import pytest

from ina.monitoring.enums import ContactOutcome, PointState
from ina.monitoring.rules import key_date, months_of, point_state
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
