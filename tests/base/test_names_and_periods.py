"""German order of names, days of a period, the calendar day in Germany. Pure."""

from datetime import UTC, date, datetime

import pytest

from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.names import WORDS, sort_key, upper_bound
from ina.base.periods import first_day, last_day, period


def test_names_sort_as_the_telephone_book_and_words_as_the_dictionary():
    assert sort_key("Müller") == "mueller"
    assert sort_key("Müller", WORDS) == "muller"
    assert sort_key("Groß-Çelik é") == "gross-celik e"
    assert sorted(["Zorn", "Öhm", "Oehl", "Ofen"], key=sort_key) == ["Oehl", "Öhm", "Ofen", "Zorn"]


def test_decomposed_and_composed_letters_are_the_same_name():
    assert sort_key("Mu\u0308ller") == sort_key("M\u00fcller")


@pytest.mark.parametrize("key", ["mül", "z", "a-", "müller"])
def test_upper_bound_lies_above_all_that_begin_with_it(key):
    folded = sort_key(key)
    assert folded <= folded + "zzzz" < upper_bound(folded)
    assert not folded <= upper_bound(folded) + "x" < upper_bound(folded)


def test_both_ends_of_a_period_belong_to_it():
    days = period(date(2026, 1, 1), date(2026, 1, 31))
    assert (first_day(days), last_day(days), days.upper) == (date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    assert last_day(period(date(2026, 1, 1))) is None
    with pytest.raises(Invalid):
        period(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_is_the_one_in_germany(moment, day):
    assert day_of(moment) == day
