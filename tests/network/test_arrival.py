"""What may be told of a partner: open ones are no zero days, and no small number is told or follows from others."""

from datetime import date, timedelta

import pytest

from ina.network.rules.arrival import Outcome, Passage, cooperation_counts, partner_counts

D = date(2026, 3, 1)


def one(person, house=1, partner=9, *, answer=None, arrival=None, refused=False, ended=False):
    return Passage(
        house,
        partner,
        person,
        D,
        D + timedelta(days=answer) if answer is not None else None,
        D + timedelta(days=arrival) if arrival is not None else None,
        refused,
        ended,
    )


def test_less_people_than_the_limit_and_nothing_is_told():
    rows = [one(person, answer=2, arrival=9) for person in range(4)] + [one(3)] * 20
    assert partner_counts(rows, 5) == {} and cooperation_counts(rows, 5) == {}


def test_what_still_runs_is_waiting_and_in_no_span():
    rows = [one(person, answer=4, arrival=10) for person in range(5)] + [one(person) for person in range(10, 16)]
    count = partner_counts(rows, 5)[9]
    assert count.outcomes == {Outcome.ARRIVED: 5, Outcome.REFUSED: 0, Outcome.ENDED: 0, Outcome.WAITING: 6}
    assert (count.answer_days, count.arrival_days, count.referrals) == (4, 10, 11)


def test_a_small_outcome_takes_another_one_with_it():
    rows = [one(person, answer=4, arrival=10) for person in range(8)]
    rows += [one(person, answer=3, refused=True) for person in range(20, 22)] + [one(p) for p in range(30, 36)]
    count = partner_counts(rows, 5)[9]
    # Two refusals: they would follow from the total, so the smallest other number goes as well.
    assert Outcome.REFUSED not in count.outcomes and Outcome.WAITING not in count.outcomes
    assert count.outcomes[Outcome.ARRIVED] == 8
    assert count.referrals - sum(count.outcomes.values()) >= 5


def test_a_median_of_few_is_not_told():
    rows = [one(person, answer=4, arrival=10) for person in range(3)] + [one(p) for p in range(10, 20)]
    count = partner_counts(rows, 5)[9]
    assert count.answer_days is None and count.arrival_days is None


def test_one_person_often_is_still_one_person():
    rows = [one(1, answer=1, arrival=2)] * 30 + [one(person) for person in range(2, 6)]
    count = partner_counts(rows, 5)[9]
    assert Outcome.ARRIVED not in count.outcomes and count.arrival_days is None


@pytest.mark.parametrize(
    ("by_house", "told"),
    [
        ({1: 9}, {1}),
        ({1: 9, 2: 7}, {1, 2}),
        # House 2 alone would follow from the total: house 3 hides it.
        ({1: 9, 2: 2, 3: 6}, {1}),
        ({1: 2, 2: 3}, set()),
    ],
)
def test_a_hidden_pair_does_not_follow_from_the_total(by_house, told):
    rows = [one((house, person), house=house) for house, people in by_house.items() for person in range(people)]
    assert {house for house, _ in cooperation_counts(rows, 5)} == told


def test_an_answer_before_the_sending_counts_as_the_same_day():
    rows = [one(person, answer=-3, arrival=0) for person in range(6)]
    assert partner_counts(rows, 5)[9].answer_days == 0
