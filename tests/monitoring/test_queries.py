"""Reading contacts and outcomes: order, who sees them, marks on the picture."""

from datetime import date, datetime, timedelta

import pytest

from ina.base.clock import BERLIN
from ina.base.errors import NotVisible
from ina.cases.enums import State, Step
from ina.cases.queries import get_file, story_reads
from ina.cases.steps import MarkState, story_of
from ina.monitoring import operations, queries
from ina.monitoring.enums import ContactOutcome, PointState
from tests.factories.cases import RELEASED_ON, case_for, case_of

pytestmark = pytest.mark.django_db
THIRD_MONTH = date(2026, 8, 4)
SIXTH_MONTH = date(2026, 11, 4)


def contact(actor, made, on, **more):
    moment = datetime(on.year, on.month, on.day, 18, tzinfo=BERLIN)
    values = {"happened_on": on, "kind": "PHONE", "outcome": ContactOutcome.MET}
    operations.record_contact(actor=actor, case_id=made.case_id, now=moment, **values | more)


def outcome(actor, made, now, months, category="INSURED_FULL_TIME"):
    operations.record_outcome(
        actor=actor, case_id=made.case_id, now=now, months=months, category=category, source="Arbeitsvertrag"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_contacts_come_newest_first_in_two_queries(people, act_as, django_assert_num_queries, count):
    made = case_for(people.alma)
    first = date(2026, 4, 1)
    with act_as(people.alma) as actor:
        for day in range(count):
            contact(actor, made, first + timedelta(days=day))
        case = case_of(made)
        with django_assert_num_queries(2):
            rows = queries.list_contacts(actor, case, today=first)
    assert [row.happened_on for row in rows] == [first + timedelta(days=day) for day in reversed(range(count))]
    assert (rows[0].kind_label, rows[0].recorded_by) == ("Telefonat", people.alma.name)


def test_who_sees_contacts_and_outcomes(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        contact(actor, made, date(2026, 5, 5))
        outcome(actor, made, now, 0)
        case = case_of(made)
    for member, seen in ((people.jan, 1), (people.cem, 0), (people.hanna, 0), (people.ede, 0)):
        with act_as(member) as actor:
            assert len(queries.list_contacts(actor, case, today=now.date())) == seen, member.key
            if seen:
                assert queries.get_outcome(actor, case, 0).months == 0
            else:
                with pytest.raises(NotVisible):
                    queries.get_outcome(actor, case, 0)


def file_of(actor, made, today):
    return get_file(actor, made.number, today=today, along=story_reads())


def points(actor, made, today):
    return [
        (point.months, point.refers_on, point.state)
        for point in queries.outcome_points(actor, file_of(actor, made, today), today)
    ]


def test_points_begin_with_the_release(people, act_as):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        assert points(actor, made, date(2027, 1, 1)) == []


def test_points_come_due_one_after_the_other(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        assert points(actor, made, date(2026, 5, 4)) == [
            (0, RELEASED_ON, PointState.DUE),
            (3, THIRD_MONTH, PointState.LATER),
            (6, SIXTH_MONTH, PointState.LATER),
        ]
        outcome(actor, made, now, 0)
        assert points(actor, made, date(2026, 11, 23)) == [
            (0, RELEASED_ON, PointState.RECORDED),
            (3, THIRD_MONTH, PointState.OVERDUE),
            (6, SIXTH_MONTH, PointState.DUE),
        ]


def test_a_recorded_point_says_what_is_known(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        outcome(actor, made, now, 6, "UNKNOWN")
        first, _, last = queries.outcome_points(actor, file_of(actor, made, now.date()), now.date())
    assert (last.label, last.category_label, last.is_unknown) == ("6 Monate nach der Entlassung", "nicht bekannt", True)
    assert (last.recorded_by, last.version, last.due_until) == (people.alma.name, 1, date(2026, 12, 2))
    assert (first.label, first.category, first.version) == ("am Tag der Entlassung", "", None)


def test_the_number_of_queries_does_not_grow_with_the_points(people, act_as, now, django_assert_num_queries):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        file = file_of(actor, made, now.date())
        for recorded in range(3):
            with django_assert_num_queries(2 if recorded else 1):
                assert len(queries.outcome_points(actor, file, now.date())) == 3
            outcome(actor, made, now, 3 * recorded)


def marks(actor, made, today, step):
    story = story_of(file_of(actor, made, today), today)
    return [(mark.on, mark.state) for mark in story.marks[step]]


def test_the_first_contact_after_release_is_awaited_until_it_came_about(people, act_as):
    """Released on Monday, 4 May 2026: three working days later."""
    made = case_for(people.alma, state=State.AFTERCARE)
    due_on = date(2026, 5, 7)
    with act_as(people.alma) as actor:
        contact(actor, made, date(2026, 4, 1))
        before = (date(2026, 4, 1), MarkState.DONE)
        assert marks(actor, made, due_on, Step.MONITORING) == [before, (due_on, MarkState.DUE)]
        contact(actor, made, date(2026, 5, 6), outcome=ContactOutcome.NOT_REACHED)
        missed = (date(2026, 5, 6), MarkState.FAILED)
        assert marks(actor, made, date(2026, 5, 8), Step.MONITORING) == [before, missed, (due_on, MarkState.LATE)]
        contact(actor, made, date(2026, 5, 8))
        reached = (date(2026, 5, 8), MarkState.DONE)
        assert marks(actor, made, date(2026, 5, 8), Step.MONITORING) == [before, missed, reached]


def test_only_the_newest_agreement_is_awaited(people, act_as):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        contact(actor, made, date(2026, 4, 1), next_on=date(2026, 4, 15))
        contact(actor, made, date(2026, 4, 8), next_on=date(2026, 5, 20))
        shown = marks(actor, made, date(2026, 4, 8), Step.MONITORING)
    assert shown == [
        (date(2026, 4, 1), MarkState.DONE),
        (date(2026, 4, 8), MarkState.DONE),
        (date(2026, 5, 20), MarkState.OPEN),
    ]


def test_evaluation_shows_points_and_the_end_of_the_case(people, act_as, now):
    made = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor:
        outcome(actor, made, now, 0)
        outcome(actor, made, now, 6, "UNKNOWN")
        assert marks(actor, made, now.date(), Step.EVALUATION) == [
            (RELEASED_ON, MarkState.DONE),
            (THIRD_MONTH, MarkState.LATE),
            (SIXTH_MONTH, MarkState.UNKNOWN),
            (date(2026, 11, 9), MarkState.DONE),
        ]
        assert marks(actor, made, now.date(), Step.MONITORING) == []


def test_the_timeline_tells_contacts_and_outcomes(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        contact(actor, made, date(2026, 5, 5), content="gut angekommen")
        contact(actor, made, date(2026, 5, 6), outcome=ContactOutcome.ABSENT)
        outcome(actor, made, now, 3)
        told = {entry.title: entry for entry in story_of(file_of(actor, made, now.date()), now.date()).entries}
    assert told["Telefonat"].detail == "gut angekommen"
    assert told["Telefonat: nicht erschienen"].kind == "fail"
    assert told["Verbleib: sozialversicherungspflichtig beschäftigt, Vollzeit"].on == THIRD_MONTH
