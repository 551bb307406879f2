"""Not seen for long: the pace after the release and at all other times, and the same as days to compare with."""

from datetime import date, timedelta

import pytest

from ina.cases.enums import State
from ina.cases.rules.seen import Pace, cuts, prepared_until, unseen_days
from ina.reference.enums import Unit
from ina.reference.rules import Duration

TODAY = date(2026, 11, 23)
PACE = Pace(Duration(2, Unit.MONTHS), Duration(2, Unit.WEEKS), Duration(1, Unit.MONTHS))


def unseen(seen_on, state=State.ADMITTED, released_on=None, today=TODAY):
    return unseen_days(state, seen_on, released_on=released_on, pace=PACE, today=today)


def test_in_custody_a_month_may_pass_and_not_a_day_more():
    assert unseen(date(2026, 10, 23)) is None
    assert unseen(date(2026, 10, 22)) == 32


def test_in_the_first_months_after_the_release_two_weeks_may_pass():
    released = date(2026, 10, 1)
    assert unseen(date(2026, 11, 9), State.AFTERCARE, released) is None
    assert unseen(date(2026, 11, 8), State.AFTERCARE, released) == 15


def test_afterwards_a_month_may_pass_again():
    assert unseen(date(2026, 10, 25), State.AFTERCARE, date(2026, 9, 23)) is None
    assert unseen(date(2026, 10, 25), State.AFTERCARE, date(2026, 9, 24)) == 29


@pytest.mark.parametrize("state", [each for each in State if each not in (State.ADMITTED, State.AFTERCARE)])
def test_nobody_is_expected_before_the_admission_in_a_pause_and_after_the_end(state):
    assert unseen(date(2025, 1, 1), state) is None


def test_whoever_was_neither_met_nor_admitted_is_not_counted():
    assert unseen(None) is None


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_cuts_say_the_same_as_the_rule(today):
    cut = cuts(PACE, today)
    for days in range(120):
        day = today - timedelta(days=days)
        assert (day <= cut.seen_later) == (unseen(day, today=today) is not None)
        dense = day > cut.early_since
        assert PACE.interval(day, today) == (PACE.early if dense else PACE.later)
        fresh = unseen(day, State.AFTERCARE, today - timedelta(days=1), today)
        assert (day <= cut.seen_early) == (fresh is not None)


@pytest.mark.parametrize("today", [TODAY, date(2026, 8, 31), date(2027, 2, 28), date(2028, 2, 29)])
def test_the_last_day_whose_preparation_has_begun(today):
    lead = Duration(6, Unit.MONTHS)
    last = prepared_until(lead, today)
    assert lead.before(last) <= today < lead.before(last + timedelta(days=1))
