"""What a list is narrowed to: read from an address, written into one, nonsense left out."""

from datetime import date, timedelta

import pytest

from ina.cases.enums import Phase, State, Step
from ina.cases.rules.narrowing import NOBODY, DueWhen, ListOrder, Narrowing, ReleaseWhen, end_of_week, narrowing_of

FULL = Narrowing(
    phase=Phase.PREPARATION,
    state=State.ADMITTED,
    step=Step.PLANNING,
    prison="jva-moers-kapellen",
    due=DueWhen.WEEK,
    release=ReleaseWhen.WITHIN_90,
    responsible=NOBODY,
    deputy_for="bert",
    order=ListOrder.NAME,
)


@pytest.mark.parametrize("wanted", [Narrowing(), FULL, Narrowing(ended=True, state=State.CLOSED)])
def test_an_address_says_what_was_wanted(wanted):
    assert narrowing_of(wanted.as_query()) == wanted


def test_nothing_wanted_is_nothing_written():
    assert Narrowing().as_query() == {}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"phase": "ENDED"},
        {"phase": "quatsch"},
        {"schritt": "\x00"},
        {"anstalt": "Wacholder, Kevin"},
        {"zustaendig": "a' OR 1"},
        {"entlassung": "91"},
        {"stand": "CLOSED"},
        {"ordnung": "id"},
        {"ansicht": "andere"},
        {"q": "Wacholder"},
        {"phase": ["AFTERCARE"]},
    ],
)
def test_nonsense_is_left_out(nonsense):
    assert narrowing_of(nonsense) == Narrowing()


def test_of_ended_cases_nothing_is_asked_any_more():
    asked = {"ansicht": "beendet", "phase": "AFTERCARE", "faellig": "heute", "schritt": "PLANNING", "stand": "ADMITTED"}
    assert narrowing_of(asked) == Narrowing(ended=True)


def test_the_usual_order_follows_from_what_is_looked_for():
    assert Narrowing().ordered_by is ListOrder.DUE
    assert Narrowing(release=ReleaseWhen.WITHIN_30).ordered_by is ListOrder.RELEASE
    assert Narrowing(ended=True).ordered_by is ListOrder.NAME
    assert Narrowing(release=ReleaseWhen.WITHIN_30, order=ListOrder.NAME).ordered_by is ListOrder.NAME


@pytest.mark.parametrize("days", range(7))
def test_a_week_ends_on_sunday(days):
    monday = date(2026, 11, 23)
    assert end_of_week(monday + timedelta(days=days)) == date(2026, 11, 29)
