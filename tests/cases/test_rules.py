"""Calculations around a case. Pure."""

from datetime import date

import pytest

from ina.cases.enums import HypothesisStatus as S
from ina.cases.rules import DateClaim, age_on, planning_date

EARLY, LATE = date(2026, 12, 1), date(2027, 5, 1)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], None),
        ([(EARLY, S.POSSIBLE)], None),
        ([(EARLY, S.DROPPED)], None),
        ([(LATE, S.PLAUSIBLE)], LATE),
        ([(EARLY, S.POSSIBLE), (LATE, S.PLAUSIBLE)], LATE),
        ([(EARLY, S.PLAUSIBLE), (LATE, S.DECIDED)], EARLY),
        ([(EARLY, S.DROPPED), (LATE, S.DECIDED)], LATE),
    ],
)
def test_planning_date_is_the_earliest_that_is_plausible_or_decided(claims, expected):
    assert planning_date(DateClaim(on, status) for on, status in claims) == expected


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1994, 4, 7), date(2026, 4, 6), 31),
        (date(1994, 4, 7), date(2026, 4, 7), 32),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
    ],
)
def test_age_is_completed_years(born, day, age):
    assert age_on(born, day) == age
