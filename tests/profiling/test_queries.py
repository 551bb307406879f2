"""Reading profilings: order, who sees them, marks on the picture."""

from datetime import date

import pytest

from ina.cases.enums import State, Step
from ina.cases.queries import get_file, story_reads
from ina.cases.steps import MarkState, story_of
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.operations import record_finding
from ina.profiling.queries import COUNTS, counts_from, latest_profiling, list_profilings
from tests.factories.cases import case_for, case_of

pytestmark = pytest.mark.django_db


def record(actor, made, now, **more):
    values = {
        "held_on": date(2026, 4, 1),
        "kind": ProfilingKind.INITIAL,
        "aspect": Aspect.STRENGTH,
        "basis": FindingBasis.FACT,
        "text": "Malergeselle",
    }
    record_finding(actor=actor, case_id=made.case_id, now=now, **values | more)


def need(code, severity):
    return {"aspect": Aspect(code.key_group.value), "need": code, "severity": severity, "text": code.label}


def test_strengths_come_first_then_severe_needs_by_key_group(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made, now, **need(Need.MONEY, Severity.NONE))
        record(actor, made, now, **need(Need.HOUSING, Severity.SEVERE))
        record(actor, made, now, **need(Need.TRAINING, Severity.PRESENT))
        record(actor, made, now)
        row = latest_profiling(actor, case_of(made))
    assert [one.text for one in row.strengths] == ["Malergeselle"]
    assert [one.need for one in row.needs] == [Need.TRAINING, Need.HOUSING, Need.MONEY]
    assert (row.open_needs, row.held_by) == (2, people.alma.name)


def test_the_newest_profiling_counts(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made, now, held_on=date(2026, 9, 1), kind=ProfilingKind.AD_HOC)
        record(actor, made, now)
        case = case_of(made)
        assert [row.held_on.month for row in list_profilings(actor, case)] == [9, 4]
        assert latest_profiling(actor, case).kind is ProfilingKind.AD_HOC


@pytest.mark.parametrize("days", [1, 3])
def test_the_number_of_queries_does_not_grow(people, act_as, now, django_assert_num_queries, days):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        for day in range(days):
            record(actor, made, now, held_on=date(2026, 4, 1 + day))
            record(actor, made, now, held_on=date(2026, 4, 1 + day), text="pünktlich")
        case = case_of(made)
        with django_assert_num_queries(2):
            assert len(list_profilings(actor, case)) == days
        with django_assert_num_queries(1):
            counted = counts_from(COUNTS.rows(actor=actor, dossier_id=case.dossier_id), case)
    assert [(row.held_on.day, row.strengths, row.open_needs) for row in counted] == [
        (1 + day, 2, 0) for day in reversed(range(days))
    ]


def test_team_lead_and_prison_read_and_strangers_see_nothing(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made, now)
        case = case_of(made)
    for member, seen in ((people.jan, 1), (people.hanna, 1), (people.cem, 0), (people.bert, 0), (people.gero, 0)):
        with act_as(member) as actor:
            assert len(list_profilings(actor, case)) == seen, member.key


def story(actor, made, today):
    return story_of(get_file(actor, made.number, today=today, along=story_reads()), today)


def profiling_marks(actor, made, today):
    return [(mark.on, mark.state) for mark in story(actor, made, today).marks[Step.PROFILING]]


def test_the_first_profiling_is_awaited_after_admission(people, act_as):
    """Admitted on 16 March 2026, four weeks later it is due."""
    made = case_for(people.alma)
    due_on = date(2026, 4, 13)
    with act_as(people.alma) as actor:
        assert profiling_marks(actor, made, date(2026, 3, 20)) == [(due_on, MarkState.OPEN)]
        assert profiling_marks(actor, made, date(2026, 4, 13)) == [(due_on, MarkState.DUE)]
        assert profiling_marks(actor, made, date(2026, 4, 14)) == [(due_on, MarkState.LATE)]


def test_renewed_profiling_is_due_before_the_planning_date(people, act_as, now):
    """Release planned for 1 March 2027: three months earlier."""
    made = case_for(people.alma)
    first, due_on = (date(2026, 4, 1), MarkState.DONE), date(2026, 12, 1)
    with act_as(people.alma) as actor:
        record(actor, made, now)
        assert profiling_marks(actor, made, date(2026, 6, 1)) == [first, (due_on, MarkState.OPEN)]
        assert profiling_marks(actor, made, date(2026, 11, 23)) == [first, (due_on, MarkState.DUE)]
        assert profiling_marks(actor, made, date(2026, 12, 2)) == [first, (due_on, MarkState.LATE)]
        record(actor, made, now, held_on=date(2026, 11, 20), kind=ProfilingKind.BEFORE_RELEASE)
        assert profiling_marks(actor, made, date(2026, 12, 2)) == [first, (date(2026, 11, 20), MarkState.DONE)]


def test_without_a_planning_date_nothing_more_is_awaited(people, act_as, now):
    made = case_for(people.alma, planned_on=None)
    with act_as(people.alma) as actor:
        record(actor, made, now)
        assert profiling_marks(actor, made, date(2027, 6, 1)) == [(date(2026, 4, 1), MarkState.DONE)]


@pytest.mark.parametrize("state", [State.SCREENING, State.AFTERCARE, State.CLOSED])
def test_nothing_is_awaited_outside_custody(people, act_as, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor:
        assert profiling_marks(actor, made, date(2026, 11, 23)) == []


def test_the_timeline_counts_and_does_not_tell(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made, now)
        record(actor, made, now, **need(Need.HOUSING, Severity.SEVERE))
        record(actor, made, now, **need(Need.MONEY, Severity.NONE))
        told = story(actor, made, date(2026, 11, 23)).entries
    entries = [entry for entry in told if entry.title == "Erstes Profiling"]
    assert [(entry.on, entry.detail) for entry in entries] == [(date(2026, 4, 1), "Stärken: 1, Handlungsbedarfe: 1")]
