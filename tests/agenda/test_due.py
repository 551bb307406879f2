"""The SQL function and ``Duration`` answer the same day, always."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection

from ina.agenda.rules import EARLIEST, LATEST, MOST_WORKING_DAYS, UNITS, holidays_around
from ina.reference.enums import Unit
from ina.reference.rules import Duration, easter

pytestmark = pytest.mark.django_db
COUNTS = (0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 21, 24, 36, 60)
SQL = """
SELECT d, c, u, agenda_due(d, c, u, %s::date[])
FROM unnest(%s::date[]) d, unnest(%s::integer[]) c, unnest(%s::text[]) u
"""


def compare(days, counts, units=UNITS) -> int:
    with connection.cursor() as cursor:
        cursor.execute(SQL, [holidays_around(days), list(days), list(counts), [unit.value for unit in units]])
        rows = cursor.fetchall()
    wrong = [row for row in rows if Duration(row[1], Unit(row[2])).after(row[0]) != row[3]]
    assert wrong == []
    return len(rows)


def both_ways(counts):
    return sorted({sign * count for count in counts for sign in (1, -1)})


def test_every_day_of_three_years_with_a_leap_year():
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(1096)]
    assert date(2028, 2, 29) in days
    assert compare(days, both_ways((1, 3, 10))) == 1096 * 6 * 5


@pytest.mark.parametrize("year", [1993, 2000, 2024, 2025, 2026, 2028, 2050, 2098])
def test_around_easter_leap_day_and_the_turn_of_the_year(year):
    corners = [easter(year), date(year, 2, 28), date(year, 3, 1), date(year, 12, 24), date(year, 12, 31)]
    corners += [date(year, 1, 1), date(year, 1, 31), date(year, 5, 31), date(year, 10, 31), date(year, 11, 1)]
    days = [corner + timedelta(days=n) for corner in corners for n in range(-6, 7)]
    assert compare([day for day in dict.fromkeys(days) if EARLIEST <= day <= LATEST], both_ways(COUNTS)) > 5_000


def test_as_many_working_days_as_an_offset_may_have():
    random.seed(42)
    days = [EARLIEST + timedelta(days=random.randrange((LATEST - EARLIEST).days)) for _ in range(30)] + [EARLIEST]
    far = both_ways((MOST_WORKING_DAYS, MOST_WORKING_DAYS - 1, 250))
    for day in days:
        compare([day], far, [Unit.WORKING_DAYS])


def test_several_years_back_and_forth():
    compare([date(2024, 2, 29), date(2026, 11, 23)], both_ways((25, 100, 240, 360)), [Unit.MONTHS, Unit.DAYS])
    compare([date(2024, 2, 29), date(2026, 11, 23)], both_ways((1, 4, 8, 30)), [Unit.YEARS, Unit.WEEKS])


def test_hand_made_examples():
    examples = [
        (date(2026, 12, 24), 1, "working_days", date(2026, 12, 28)),  # Christmas on Friday and Saturday
        (date(2026, 4, 7), -1, "working_days", date(2026, 4, 2)),  # over Easter
        (date(2026, 6, 3), 1, "working_days", date(2026, 6, 5)),  # Corpus Christi is a holiday in NRW
        (date(2028, 2, 29), 1, "years", date(2029, 2, 28)),
        (date(2026, 3, 31), -1, "months", date(2026, 2, 28)),
        (date(2026, 11, 22), 0, "working_days", date(2026, 11, 22)),  # a Sunday is left alone
    ]
    with connection.cursor() as cursor:
        for day, count, unit, expected in examples:
            cursor.execute("SELECT agenda_due(%s, %s, %s, %s)", [day, count, unit, holidays_around([day])])
            assert cursor.fetchone()[0] == expected, (day, count, unit)


def test_an_unknown_unit_has_no_day():
    with connection.cursor() as cursor:
        cursor.execute("SELECT agenda_due('2026-11-23', 1, 'hours', '{}')")
        assert cursor.fetchone()[0] is None
