"""Days of release, worked out by hand with the calendar of NRW."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ina.cases.enums import HypothesisKind as K
from ina.cases.enums import HypothesisStatus as S
from ina.cases.rules.release import (
    YOUTH_SOURCES,
    DateClaim,
    ForecastSummary,
    credit_days_allowed,
    excluded_because,
    forecast_error,
    legal_end,
    planning_date,
    possible_releases,
    remarks,
    short_notice,
    summary,
)
from ina.reference.enums import Unit
from ina.reference.rules import Duration, Window, YearlyWindow

EARLY, LATE = date(2026, 12, 1), date(2027, 5, 1)
TURN = YearlyWindow((12, 22), (1, 6))
TWO_DAYS = Duration(2, Unit.DAYS)
CHRISTMAS_2025 = Window(date(2025, 11, 13), date(2026, 1, 2))
CHRISTMAS_2017 = Window(date(2017, 11, 3), date(2018, 1, 6))


def claim(on, status=S.PLAUSIBLE, kind=K.SENTENCE_END):
    return DateClaim(on, status, kind)


def possible(end, *, christmas=None, credit_days=0, today=None, urgent=TWO_DAYS, **more):
    found = possible_releases(
        end,
        today=today or end - timedelta(days=200),
        turn_of_year=TURN,
        christmas=christmas,
        urgent=urgent,
        credit_days=credit_days,
        **more,
    )
    return [(one.kind, one.on) for one in found]


def weekend_rule(end, **more):
    return [on for kind, on in possible(end, **more) if kind == K.WEEKEND_HOLIDAY]


def urgent_days(end, **more):
    return [on for kind, on in possible(end, **more) if kind == K.URGENT]


# --- planning date ------------------------------------------------------------------------------------------------


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
    assert planning_date(claim(on, status) for on, status in claims) == expected


@pytest.mark.parametrize("status", [S.PLAUSIBLE, S.DECIDED])
def test_days_before_the_end_of_further_custody_are_no_release(status):
    further = date(2027, 3, 1)
    claims = [claim(EARLY, S.DECIDED, K.TWO_THIRDS), claim(further, status, K.FURTHER_CUSTODY), claim(LATE)]
    assert planning_date(claims) == further
    assert remarks(claims) == [
        "Zwei-Drittel-Zeitpunkt am 01.12.2026 ist keine Entlassung: Weitere Haft schließt sich an, frühestes Ende "
        "01.03.2027."
    ]


@pytest.mark.parametrize("status", [S.POSSIBLE, S.DROPPED])
def test_further_custody_that_does_not_stand_changes_nothing(status):
    claims = [claim(EARLY), claim(date(2027, 3, 1), status, K.FURTHER_CUSTODY)]
    assert planning_date(claims) == EARLY
    assert remarks(claims) == []


def test_all_further_custody_must_be_over():
    claims = [claim(EARLY), claim(date(2027, 2, 1), kind=K.FURTHER_CUSTODY), claim(LATE, kind=K.FURTHER_CUSTODY)]
    assert planning_date(claims) == LATE


def test_a_release_on_the_day_that_further_custody_ends_counts():
    assert planning_date([claim(LATE), claim(LATE, kind=K.FURTHER_CUSTODY)]) == LATE


@pytest.mark.parametrize("kind", [K.VOLUNTARY_STAY, K.SUSPENDED])
def test_staying_of_free_will_and_interruption_are_no_release_and_bar_none(kind):
    other = claim(EARLY, S.DECIDED, kind)
    assert planning_date([other]) is None
    assert planning_date([other, claim(LATE)]) == LATE
    (said,) = remarks([other, claim(LATE)])
    assert "01.12.2026" in said


def test_legal_end_is_the_last_end_of_a_sentence_that_was_not_dropped():
    dropped, two_thirds = claim(date(2028, 1, 1), S.DROPPED), claim(date(2027, 12, 1), kind=K.TWO_THIRDS)
    assert legal_end([dropped, two_thirds]) is None
    assert legal_end([dropped, two_thirds, claim(EARLY, S.POSSIBLE), claim(LATE, S.POSSIBLE)]) == LATE
    assert legal_end([claim(LATE), claim(EARLY, S.DECIDED)]) == LATE


# --- weekends, holidays, turn of the year -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "release"),
    [
        (date(2026, 5, 30), date(2026, 5, 29)),  # Saturday
        (date(2026, 5, 31), date(2026, 5, 29)),  # Sunday
        (date(2026, 4, 7), date(2026, 4, 2)),  # Tuesday after Easter: back over Good Friday to Thursday
        (date(2026, 4, 6), date(2026, 4, 2)),  # Easter Monday
        (date(2026, 4, 3), date(2026, 4, 2)),  # Good Friday
        (date(2026, 5, 26), date(2026, 5, 22)),  # Tuesday after Pentecost
        (date(2025, 6, 10), date(2025, 6, 6)),  # the same in 2025
        (date(2027, 5, 18), date(2027, 5, 14)),  # and in 2027
        (date(2026, 6, 4), date(2026, 6, 3)),  # Fronleichnam, a Thursday
        (date(2027, 11, 1), date(2027, 10, 29)),  # Allerheiligen, a Monday
        (date(2017, 10, 31), date(2017, 10, 30)),  # Reformation Day, a holiday in 2017 only
        (date(2025, 12, 25), date(2025, 12, 19)),  # 21.12.2025 is a Sunday
        (date(2025, 12, 22), date(2025, 12, 19)),  # first day of the period
        (date(2026, 1, 6), date(2025, 12, 19)),  # last day of the period, in the next year
        (date(2026, 12, 28), date(2026, 12, 21)),  # 21.12.2026 is a Monday
        (date(2027, 1, 4), date(2026, 12, 21)),
    ],
)
def test_release_on_the_working_day_before_the_day_or_period(end, release):
    assert weekend_rule(end) == [release]


@pytest.mark.parametrize(
    "end",
    [
        date(2026, 6, 2),  # Tuesday
        date(2026, 4, 8),  # Wednesday after Easter
        date(2025, 10, 31),  # Reformation Day is none in other years
        date(2026, 12, 21),
        date(2027, 1, 7),
        date(2026, 3, 30),  # Monday after the clocks changed
    ],
)
def test_other_days_are_not_advanced(end):
    assert weekend_rule(end) == []
    assert excluded_because(end, TURN) == ""


def test_a_weekend_right_after_the_turn_of_the_year_has_two_answers():
    # Sunday 7 January 2029: Friday the 5th is a working day, but within the period, before which Thursday 21.12. lies.
    assert weekend_rule(date(2029, 1, 7)) == [date(2028, 12, 21), date(2029, 1, 5)]
    # With the earlier day gone by, the later one remains.
    assert weekend_rule(date(2029, 1, 7), today=date(2028, 12, 28)) == [date(2029, 1, 5)]


def test_what_is_said_of_the_day():
    (one, *_) = [p for p in self_explaining(date(2026, 4, 7)) if p.kind == K.WEEKEND_HOLIDAY]
    assert one.why == "Das Ende am 07.04.2026 ist der erste Werktag nach Ostern."
    assert one.source == "§ 60 Abs. 2 StVollzG NRW"
    assert excluded_because(date(2026, 6, 4), TURN) == "ist ein Feiertag (Fronleichnam)"
    assert excluded_because(date(2026, 12, 23), TURN) == "fällt in die Zeit vom 22.12. bis 06.01."


def self_explaining(end, **more):
    return possible_releases(
        end, today=end - timedelta(days=90), turn_of_year=TURN, christmas=None, urgent=TWO_DAYS, **more
    )


def test_youth_prisons_have_a_law_of_their_own():
    assert {one.source for one in self_explaining(date(2026, 5, 30), sources=YOUTH_SOURCES)} == {"§ 47 JStVollzG NRW"}


# --- credit days --------------------------------------------------------------------------------------------------


def test_credit_days_come_first_and_the_weekend_rule_holds_for_the_new_end():
    # Friday 12.06.2026 less 6 days is Saturday the 6th; the working day before is Friday the 5th.
    found = possible(date(2026, 6, 12), credit_days=6)
    assert (K.CREDIT_DAYS, date(2026, 6, 6)) in found
    assert (K.WEEKEND_HOLIDAY, date(2026, 6, 5)) in found


def test_credit_days_may_lead_out_of_a_period():
    # Christmas Eve less 12 days is Saturday 12.12.2026, not in the period any more.
    assert weekend_rule(date(2026, 12, 24), credit_days=12) == [date(2026, 12, 11)]


def test_credit_that_reaches_into_the_past_means_today():
    today = date(2026, 6, 9)
    (credit,) = [
        one
        for one in possible_releases(
            date(2026, 6, 12), today=today, turn_of_year=TURN, christmas=None, urgent=TWO_DAYS, credit_days=8
        )
        if one.kind == K.CREDIT_DAYS
    ]
    assert credit.on == today
    assert "schon vorbei" in credit.why


def test_negative_credit_is_an_error():
    with pytest.raises(ValueError, match="negativ"):
        possible(date(2026, 6, 12), credit_days=-1)


def test_credit_days_allowed_by_calendar_year():
    def per_year(year):
        return 8 if year < 2025 else 12

    assert credit_days_allowed(date(2024, 3, 1), date(2026, 2, 1), per_year) == 8 + 12 + 12
    assert credit_days_allowed(date(2026, 3, 1), date(2026, 3, 1), per_year) == 12
    assert credit_days_allowed(date(2026, 3, 1), date(2026, 2, 1), per_year) == 0


# --- urgent reasons -----------------------------------------------------------------------------------------------


def test_urgent_reasons_up_to_two_days_on_a_working_day():
    assert urgent_days(date(2026, 12, 17)) == [date(2026, 12, 15)]  # Thursday to Tuesday
    assert urgent_days(date(2026, 12, 15)) == [date(2026, 12, 14)]  # Tuesday: Sunday is none, Monday is
    assert urgent_days(date(2026, 12, 14)) == []  # Monday: both days before are a weekend


def test_urgent_reasons_count_from_the_advanced_day_as_well():
    # Saturday 12.12.2026: Thursday the 10th from the end, Wednesday the 9th from Friday the 11th.
    assert urgent_days(date(2026, 12, 12)) == [date(2026, 12, 9), date(2026, 12, 10)]


def test_more_days_by_a_new_law_need_no_code():
    assert urgent_days(date(2026, 12, 17), urgent=Duration(5, Unit.DAYS)) == [date(2026, 12, 14)]


# --- Christmas pardon ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "window", "release"),
    [
        (date(2017, 11, 3), CHRISTMAS_2017, date(2017, 11, 2)),
        (date(2018, 1, 6), CHRISTMAS_2017, date(2017, 11, 2)),
        (date(2025, 11, 13), CHRISTMAS_2025, date(2025, 11, 12)),
        (date(2026, 1, 2), CHRISTMAS_2025, date(2025, 11, 12)),
    ],
)
def test_christmas_pardon_is_the_working_day_before_the_window(end, window, release):
    assert (K.CHRISTMAS_PARDON, release) in possible(end, christmas=window)


@pytest.mark.parametrize(
    ("end", "window"),
    [
        (date(2025, 11, 12), CHRISTMAS_2025),
        (date(2026, 1, 3), CHRISTMAS_2025),
        (date(2025, 12, 1), None),
    ],
)
def test_no_pardon_outside_the_window_or_without_a_decree(end, window):
    assert K.CHRISTMAS_PARDON not in dict(possible(end, christmas=window))


def test_credit_days_may_lead_into_the_window():
    found = possible(date(2026, 1, 5), christmas=CHRISTMAS_2025, credit_days=4)
    assert (K.CHRISTMAS_PARDON, date(2025, 11, 12)) in found


# --- limits -------------------------------------------------------------------------------------------------------


def test_nothing_in_the_past_and_nothing_at_or_after_the_end():
    start = date(2025, 11, 1)
    for n in range(500):
        end = start + timedelta(days=n)
        for left in (0, 1, 3, 30):
            today = end - timedelta(days=left)
            for _, on in possible(end, today=today, christmas=CHRISTMAS_2025, credit_days=n % 13):
                assert today <= on < end


def test_an_end_that_has_passed_has_no_possibilities():
    assert possible(date(2026, 5, 30), today=date(2026, 5, 31), credit_days=3) == []


def test_ordinary_day_without_anything_has_only_urgent_reasons():
    assert possible(date(2026, 6, 11)) == [(K.URGENT, date(2026, 6, 9))]


# --- short notice, forecast ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planning", "short"),
    [
        (None, False),
        (date(2026, 12, 18), True),
        (date(2026, 12, 20), True),
        (date(2026, 12, 21), False),
        (date(2026, 11, 1), True),
    ],
)
def test_short_notice_below_four_weeks(planning, short):
    assert short_notice(planning, date(2026, 11, 23), Duration(4, Unit.WEEKS)) is short


def test_forecast_error_is_signed():
    assert forecast_error(date(2027, 2, 12), date(2026, 12, 18)) == -56
    # A night of 23 hours and one of 25 lie between.
    assert forecast_error(date(2026, 3, 1), date(2026, 11, 1)) == 245


def test_summary_of_errors():
    assert summary([-56, 0, 3, 7, -7, 8], minimum=5) == ForecastSummary(6, 1.5, 4 / 6)


def test_small_numbers_are_protected():
    assert summary([1, 2, 3, 4], minimum=5) is None
    assert summary([], minimum=0) is None


def test_no_year_is_written_into_the_rules():
    import ina.cases.rules.release as module

    code = Path(module.__file__).read_text()
    for sign in ("2017", "2026", "Window(date", "(12, 22)"):
        assert sign not in code
