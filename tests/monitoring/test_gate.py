"""The gap at the gate: days without somebody, first contact in time, red minimum standards, and who sees whose."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.cases.enums import State
from ina.cases.models import Case
from ina.cases.queries import released_on
from ina.monitoring import operations
from ina.monitoring.enums import ContactOutcome, StandardState
from ina.monitoring.gate import days_without, share
from ina.monitoring.queries.gate import read_gate
from tests.factories.cases import case_for

D = date(2026, 11, 23)


def on(days):
    return D + timedelta(days=days)


@pytest.mark.parametrize(
    ("periods", "days"),
    [
        ([(D, None)], 0),
        ([], 11),
        ([(None, on(3))], 8),
        ([(on(2), on(4)), (on(4), None)], 2),
        ([(on(6), None), (D, on(5))], 1),
        ([(D, on(8)), (on(2), on(3))], 3),
        ([(on(20), None)], 11),
        ([(on(10), on(11))], 10),
    ],
)
def test_days_on_which_nobody_was_accountable(periods, days):
    assert days_without(periods, D, on(10)) == days


def test_nothing_of_nothing():
    assert days_without([], D, on(-1)) == 0
    assert share(0, 0) is None and share(2, 3) == 67


@pytest.fixture
def gate(people, act_as, db):
    def read(person, today):
        with act_as(people[person]) as actor:
            return read_gate(actor, today)

    return read


def test_first_contact_in_time_or_not(people, act_as, now, gate):
    made = [case_for(people.alma, state=State.AFTERCARE) for _ in range(3)]
    with act_as(people.alma) as actor:
        out = released_on(Case.objects.visible_to(actor).get(pk=made[0].case_id))
        for case, days, outcome in (
            (made[0], 1, ContactOutcome.MET),
            (made[1], 1, ContactOutcome.NOT_REACHED),
            (made[1], 20, ContactOutcome.MET),
        ):
            operations.record_contact(
                actor=actor, case_id=case.case_id, happened_on=out + timedelta(days=days), kind="TALK",
                outcome=outcome, now=now.replace(year=out.year, month=out.month, day=out.day) + timedelta(days=40),
            )  # fmt: skip
    early = gate("alma", out + timedelta(days=1))
    assert [row.in_time for row in early.after] == [True, None, None] and (early.judged, early.percent) == (1, 100)
    late = gate("alma", out + timedelta(days=30))
    assert [row.in_time for row in late.after] == [True, False, False]
    assert (late.in_time, late.judged, late.percent, late.days_without) == (1, 3, 33, 0)
    assert late.after[1].last_on == out + timedelta(days=20)


def test_red_standards_escalate_four_weeks_before(people, act_as, now, gate):
    made = case_for(people.alma, planned_on=D + timedelta(weeks=6))
    with act_as(people.alma) as actor:
        for item, state in ((1, StandardState.DONE), (2, StandardState.LEFT_OUT)):
            operations.check_standard(
                actor=actor, case_id=made.case_id, item=item, state=state, because="x",
                done_on=D if state is StandardState.DONE else None, now=now,
            )  # fmt: skip
    (row,) = gate("alma", D).before
    assert (row.done, row.applicable, row.escalated, row.checked_on) == (1, 34, False, None)
    assert row.red > 0
    (row,) = gate("alma", D + timedelta(weeks=2)).before
    assert row.escalated and gate("alma", D + timedelta(weeks=2)).escalated == 1


def test_each_sees_their_own(people, gate):
    made = case_for(people.alma, planned_on=D + timedelta(weeks=6))
    for person in ("alma", "jan", "hanna"):
        assert [row.number for row in gate(person, D).before] == [made.number], person
    for person in ("bert", "cem", "uwe", "vera"):
        assert gate(person, D).before == (), person


def test_as_many_questions_for_ten_as_for_one(people, act_as, gate):
    def asked():
        with act_as(people.alma) as actor, CaptureQueriesContext(connection) as found:
            read_gate(actor, D)
        return len(found)

    case_for(people.alma, planned_on=on(30))
    asked()
    one = asked()
    for _ in range(9):
        case_for(people.alma, planned_on=on(30))
    assert asked() == one
