"""Working days of NRW, durations, and the text of parameters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ina.reference import rules, seed
from ina.reference.enums import Unit, ValueKind
from ina.reference.rules import Duration


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Neujahr"),
        (date(2026, 4, 3), "Karfreitag"),
        (date(2026, 4, 6), "Ostermontag"),
        (date(2026, 5, 1), "Erster Mai"),
        (date(2026, 5, 14), "Christi Himmelfahrt"),
        (date(2026, 5, 25), "Pfingstmontag"),
        (date(2026, 6, 4), "Fronleichnam"),
        (date(2026, 10, 3), "Tag der Deutschen Einheit"),
        (date(2026, 11, 1), "Allerheiligen"),
        (date(2026, 12, 25), "Erster Weihnachtstag"),
        (date(2026, 12, 26), "Zweiter Weihnachtstag"),
        (date(2017, 10, 31), "Reformationstag"),
    ],
)
def test_holiday_name_is_german(day, name):
    assert rules.holiday_name(day) == name
    assert not rules.is_working_day(day)


def test_holidays_of_an_ordinary_year_are_eleven():
    assert len(rules.holidays_of(2026)) == 11


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2026, 1, 6), date(2026, 8, 15), date(2026, 12, 24)])
def test_days_that_are_holidays_only_elsewhere_are_none_here(day):
    assert rules.holiday_name(day) == ""


@pytest.mark.parametrize(
    ("year", "sunday"), [(2009, date(2009, 4, 12)), (2024, date(2024, 3, 31)), (2026, date(2026, 4, 5))]
)
def test_easter(year, sunday):
    assert rules.easter(year) == sunday


@pytest.mark.parametrize("year", [1989, 1990, 2101])
def test_a_year_without_known_holidays_is_refused(year):
    with pytest.raises(ValueError, match=f"von 1991 bis 2100 bekannt, gefragt war {year}"):
        rules.holidays_of(year)


@pytest.mark.parametrize("year", [rules.FIRST_YEAR, rules.LAST_YEAR])
def test_the_first_and_the_last_known_year_have_their_holidays(year):
    assert len(rules.holidays_of(year)) >= 11 and rules.holiday_name(date(year, 12, 25)) == "Erster Weihnachtstag"


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 12, 22), 1, date(2026, 12, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        # over Christmas and New Year: 23, 24, 28, 29, 30, 31 December, 4, 5, 6, 7 January
        (date(2026, 12, 22), 10, date(2027, 1, 7)),
        # over Corpus Christi on a Thursday
        (date(2026, 6, 3), 2, date(2026, 6, 8)),
        (date(2026, 6, 5), -1, date(2026, 6, 3)),
        # All Saints on a Monday
        (date(2027, 10, 29), 1, date(2027, 11, 2)),
        (date(2026, 12, 26), 0, date(2026, 12, 26)),
    ],
)
def test_add_working_days(start, count, end):
    assert rules.add_working_days(start, count) == end


def test_working_days_between_is_the_reverse_of_adding():
    start = date(2026, 12, 15)
    for count in range(40):
        assert rules.working_days_between(start, rules.add_working_days(start, count)) == count
    assert rules.working_days_between(date(2026, 12, 28), date(2026, 12, 23)) == -2


def test_working_day_on_or_before_a_release_on_a_holiday():
    assert rules.working_day_on_or_before(date(2026, 6, 4)) == date(2026, 6, 3)
    assert rules.working_day_on_or_before(date(2026, 6, 5)) == date(2026, 6, 5)
    assert rules.working_day_on_or_after(date(2026, 4, 3)) == date(2026, 4, 7)
    assert rules.previous_working_day(date(2026, 4, 7)) == date(2026, 4, 2)
    assert rules.next_working_day(date(2026, 4, 2)) == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("duration", "start", "end"),
    [
        (Duration(6, Unit.MONTHS), date(2026, 8, 31), date(2027, 2, 28)),
        (Duration(6, Unit.MONTHS), date(2023, 8, 31), date(2024, 2, 29)),
        (-Duration(6, Unit.MONTHS), date(2026, 3, 15), date(2025, 9, 15)),
        (Duration(5, Unit.YEARS), date(2024, 2, 29), date(2029, 2, 28)),
        (Duration(4, Unit.WEEKS), date(2026, 2, 2), date(2026, 3, 2)),
        (Duration(3, Unit.WORKING_DAYS), date(2026, 4, 2), date(2026, 4, 9)),
        (Duration(0, Unit.DAYS), date(2026, 4, 5), date(2026, 4, 5)),
    ],
)
def test_duration_after(duration, start, end):
    assert duration.after(start) == end


def test_duration_before_counts_backwards():
    assert Duration(3, Unit.MONTHS).before(date(2026, 5, 31)) == date(2026, 2, 28)


def test_duration_with_fixed_length_has_a_delta():
    assert Duration(24, Unit.HOURS).delta == timedelta(days=1)
    assert Duration(15, Unit.MINUTES).delta == timedelta(minutes=15)
    with pytest.raises(ValueError, match="keine feste Länge"):
        _ = Duration(6, Unit.MONTHS).delta
    with pytest.raises(ValueError, match="nicht auf einen Tag"):
        Duration(24, Unit.HOURS).after(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (ValueKind.DURATION, "10 working_days", "10 Arbeitstage"),
        (ValueKind.DURATION, "1 months", "1 Monat"),
        (ValueKind.DURATIONS, "9 months; 2 weeks; 1 days", "9 Monate, 2 Wochen, 1 Tag"),
        (ValueKind.INTEGER, "5", "5 Personen"),
        (ValueKind.DECIMAL, "0.5", "0,5 Personen"),
        (ValueKind.WEIGHTS, "custody=0.5; aftercare=1.25", "Haft 0,5; Nachsorge 1,25 Personen"),
        (ValueKind.WINDOW, "2025-11-13..2026-01-02", "13.11.2025 bis 02.01.2026 Personen"),
        (ValueKind.YEARLY_WINDOW, "12-22..01-06", "22.12. bis 06.01. Personen"),
    ],
)
def test_format_value(kind, text, shown):
    unit = "" if kind in (ValueKind.DURATION, ValueKind.DURATIONS) else "Personen"
    assert rules.format_value(kind, text, unit) == shown


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ValueKind.DURATION, "10"),
        (ValueKind.DURATION, "-3 days"),
        (ValueKind.DURATION, "10 moons"),
        (ValueKind.DURATION, "١٠ days٢"),
        (ValueKind.DURATIONS, "9 months; ; 1 days"),
        (ValueKind.INTEGER, "5,5"),
        (ValueKind.INTEGER, ""),
        (ValueKind.DECIMAL, "NaN"),
        (ValueKind.WEIGHTS, "custody=0.5; custody=1"),
        (ValueKind.WEIGHTS, "=1"),
        (ValueKind.WINDOW, "2026-01-02..2025-11-13"),
        (ValueKind.YEARLY_WINDOW, "13-01..01-06"),
    ],
)
def test_parse_value_refuses_what_does_not_fit(kind, text):
    with pytest.raises(ValueError, match="Beispiel"):
        rules.parse_value(kind, text)


def test_every_example_of_a_kind_can_be_read():
    for kind in ValueKind:
        rules.parse_value(kind, kind.example)


def test_windows_know_their_days():
    turn = rules.parse_value(ValueKind.YEARLY_WINDOW, "12-22..01-06")
    assert date(2026, 12, 22) in turn
    assert date(2027, 1, 6) in turn
    assert date(2027, 1, 7) not in turn
    season = rules.parse_value(ValueKind.WINDOW, "2025-11-13..2026-01-02")
    assert date(2026, 1, 2) in season
    assert date(2025, 11, 12) not in season


def test_weights_are_exact_numbers():
    assert rules.parse_value(ValueKind.WEIGHTS, "custody=0.5")["custody"] == Decimal("0.5")


def test_delivered_parameters_can_all_be_read_and_name_a_source():
    rows = list(seed.rows("parameters"))
    assert len(rows) > 70
    for row in rows:
        rules.parse_value(ValueKind(row["kind"]), row["value"])
        first, last = seed.days(row)
        assert last is None or first <= last, row
        assert row["source"], row
        assert row["kind"] not in ("integer", "decimal") or row["unit"], row


def test_delivered_codes_name_a_source_and_a_list():
    lists = {row["key"] for row in seed.rows("code_lists")}
    codes = list(seed.rows("codes"))
    assert {row["list"] for row in codes} == lists
    assert all(row["source"] and row["label"] for row in codes)
