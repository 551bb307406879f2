"""Whose observation is over, and who stands outside."""

from datetime import date

import pytest

from ina.evaluation.cohorts import Episodes, add_months, completed, status_of, window_over
from ina.evaluation.enums import StatusGroup

OUTCOMES = {"INSURED_FULL_TIME": "WORK", "UNKNOWN": "UNKNOWN", "DECEASED": "OUTSIDE", "NEW_KIND": "SOMETHING_NEW"}
ENDINGS = {"DECEASED": "OUTSIDE", "LOST_CONTACT": "EARLY"}


def episode(month, *, outcome="", ended=None, reason=""):
    return Episodes(month, "", "m", ended, reason, outcome, 1)


@pytest.mark.parametrize(
    ("month", "months", "expected"),
    [
        (date(2026, 1, 1), 6, date(2026, 7, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2025, 11, 1), 14, date(2027, 1, 1)),
    ],
)
def test_months_are_added_over_the_turn_of_the_year(month, months, expected):
    assert add_months(month, months) == expected


def test_the_window_is_over_when_the_month_of_the_key_date_has_passed():
    released = date(2026, 5, 1)  # somebody released on 31 May has the key date 30 November
    assert not window_over(released, 6, date(2026, 11, 30))
    assert window_over(released, 6, date(2026, 12, 1))


def test_only_completed_windows_are_counted():
    early, late = episode(date(2026, 4, 1)), episode(date(2026, 6, 1))
    assert completed([early, late], 6, date(2026, 12, 1)) == [early]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (episode(date(2026, 1, 1), outcome="INSURED_FULL_TIME"), StatusGroup.WORK),
        (episode(date(2026, 1, 1)), StatusGroup.UNKNOWN),
        (episode(date(2026, 1, 1), reason="LOST_CONTACT", ended=date(2026, 3, 1)), StatusGroup.UNKNOWN),
        (episode(date(2026, 1, 1), outcome="DECEASED"), StatusGroup.OUTSIDE),
        (episode(date(2026, 1, 1), reason="DECEASED", ended=date(2026, 3, 1)), StatusGroup.OUTSIDE),
        (episode(date(2026, 1, 1), outcome="UNKNOWN", reason="DECEASED", ended=date(2026, 7, 1)), StatusGroup.OUTSIDE),
        # Died after the key date: at the key date we simply do not know.
        (episode(date(2026, 1, 1), reason="DECEASED", ended=date(2026, 9, 1)), StatusGroup.UNKNOWN),
        # What was recorded at the key date counts, whatever came afterwards.
        (
            episode(date(2026, 1, 1), outcome="INSURED_FULL_TIME", reason="DECEASED", ended=date(2026, 7, 1)),
            StatusGroup.WORK,
        ),
        # An administrator added a code that counts as something this version does not know.
        (episode(date(2026, 1, 1), outcome="NEW_KIND"), StatusGroup.OTHER),
        (episode(date(2026, 1, 1), outcome="NO_SUCH_CODE"), StatusGroup.OTHER),
    ],
)
def test_the_status_at_the_key_date(one, expected):
    assert status_of(one, 6, OUTCOMES, ENDINGS) is expected
