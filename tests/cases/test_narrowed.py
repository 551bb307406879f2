"""The fields of the filter against the rows: phases agree with the lifecycle, days with the calendar, scope holds."""

from datetime import date, timedelta

import pytest

from ina.base.errors import NotVisible
from ina.cases.enums import Act, Phase, State, Step
from ina.cases.lifecycle import OPEN_STATES, Standing, after, may_follow, phase_of
from ina.cases.models import Worklist
from ina.cases.queries import list_cases
from ina.cases.queries.list_frame import get_list_frame
from ina.cases.queries.narrowed import NEVER
from ina.cases.rules.narrowing import NOBODY, OPEN_PHASES, DueWhen, ListOrder, Narrowing, ReleaseWhen
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
UNTIL = date(2027, 5, 23)  # planned for this day, the preparation of six months begins today


def standings() -> set[tuple[State, bool]]:
    """Every state that any course of acts leads to, with whether the release was confirmed on the way."""
    seen: set[tuple[Standing, bool]] = set()
    waiting = [(Standing(), False)]
    while waiting:
        standing, released = waiting.pop()
        for act in Act:
            if may_follow(standing, act):
                reached = (after(standing, act), released or act is Act.RELEASE_CONFIRMED)
                if reached not in seen:
                    seen.add(reached)
                    waiting.append(reached)
    return {(standing.state, released) for standing, released in seen}


@pytest.fixture
def rows(people, act_as):
    """A list row for each thing that can be: standing × planning date, all Alma's and admitted before that."""
    days = [UNTIL - timedelta(days=1), UNTIL, UNTIL + timedelta(days=1), TODAY, TODAY - timedelta(days=40), NEVER]
    made = [(case_for(people.alma), state, released, day) for state, released in standings() for day in days]
    with act_as(people.alma):
        for case, state, released, day in made:
            Worklist.objects.unscoped(because="a test").filter(case_id=case.case_id).update(
                state=state, is_released=released, planning_key=day, is_open=state in OPEN_STATES
            )
    return made


def test_each_phase_is_what_the_lifecycle_says(rows, people, act_as, monkeypatch):
    monkeypatch.setattr("ina.cases.queries.case_list.PAGE", 200)
    with act_as(people.alma) as actor:
        lead = get_list_frame(actor, TODAY).dated["release_preparation_lead"]
        for phase in OPEN_PHASES:
            found = {row.number for row in list_cases(actor, today=TODAY, wanted=Narrowing(phase=phase)).rows}
            expected = {
                case.number
                for case, state, released, day in rows
                if state in OPEN_STATES
                and phase is phase_of(state, day if day != NEVER else None, TODAY, lead.before(day), released=released)
            }
            assert found == expected and expected, phase
        ended = list_cases(actor, today=TODAY, wanted=Narrowing(ended=True)).rows
        assert {row.phase for row in ended} == {Phase.ENDED}
    assert {row.number for row in ended} == {case.number for case, state, *_ in rows if state not in OPEN_STATES}


def test_the_first_and_the_last_day_of_a_preparation(people, act_as):
    first, later = case_for(people.alma, planned_on=UNTIL), case_for(people.alma, planned_on=UNTIL + timedelta(days=1))
    with act_as(people.alma) as actor:
        found = {
            phase: [row.number for row in list_cases(actor, today=TODAY, wanted=Narrowing(phase=phase)).rows]
            for phase in (Phase.PREPARATION, Phase.CUSTODY)
        }
    assert found == {Phase.PREPARATION: [first.number], Phase.CUSTODY: [later.number]}


@pytest.fixture
def asked(people, act_as):
    """``asked(column, days)``: which of Alma's cases, one for each day in this column, a narrowing finds."""

    def find(column, days, by=None, **fields):
        made = [case_for(people.alma) for _ in days]
        with act_as(people.alma):
            for case, day in zip(made, days, strict=True):
                rows = Worklist.objects.unscoped(because="a test").filter(case_id=case.case_id)
                rows.update(**{column: day})
        with act_as(by or people.alma) as actor:
            wanted = Narrowing(order=ListOrder.NAME, **fields)
            found = {row.number for row in list_cases(actor, today=TODAY, wanted=wanted).rows}
        return [days[place] for place, case in enumerate(made) if case.number in found]

    return find


WEEK = [TODAY + timedelta(days=days) for days in (-1, 0, 1, 6, 7)]


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (DueWhen.LATE, WEEK[:1]),
        (DueWhen.TODAY, WEEK[1:2]),
        (DueWhen.WEEK, WEEK[1:4]),
        (DueWhen.NONE, [NEVER]),
    ],
)
def test_when_the_next_step_asks(asked, due, found):
    assert asked("due_key", [*WEEK, NEVER], due=due) == found


DAYS = [TODAY + timedelta(days=days) for days in (-1, 0, 29, 30, 89, 90, 179, 180)]


@pytest.mark.parametrize(
    ("release", "found"),
    [
        (ReleaseWhen.WITHIN_30, DAYS[1:3]),
        (ReleaseWhen.WITHIN_90, DAYS[1:5]),
        (ReleaseWhen.WITHIN_180, DAYS[1:7]),
        (ReleaseWhen.PASSED, DAYS[:1]),
        (ReleaseWhen.UNKNOWN, [NEVER]),
    ],
)
def test_how_far_the_release_is(asked, release, found):
    assert asked("planning_key", [*DAYS, NEVER], release=release) == found


def test_who_is_free_is_no_release_to_come(people, act_as):
    case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        for release in ReleaseWhen:
            assert list_cases(actor, today=TODAY, wanted=Narrowing(release=release)).rows == []


def test_step_and_state(people, act_as):
    screening, admitted = case_for(people.alma, state=State.SCREENING), case_for(people.alma)
    with act_as(people.alma) as actor:
        (row,) = list_cases(actor, today=TODAY, wanted=Narrowing(state=State.ADMITTED)).rows
        assert row.number == admitted.number
        by_step = {step: list_cases(actor, today=TODAY, wanted=Narrowing(step=step)).rows for step in Step}
    assert sum(map(len, by_step.values())) == 2
    assert screening.number in [row.number for row in by_step[Step.COUNSELLING]]
    assert {row.step for row in by_step[Step.COUNSELLING]} == {Step.COUNSELLING}


def test_the_lead_narrows_by_who_leads_a_case(people, act_as):
    alma, bert = case_for(people.alma), case_for(people.bert)
    with act_as(people.bert):
        Worklist.objects.unscoped(because="a test").filter(case_id=bert.case_id).update(responsible=None)
    with act_as(people.jan) as actor:
        assert {each.key for each in get_list_frame(actor, TODAY).colleagues} >= {"alma", "bert"}
        for responsible, expected in (("alma", [alma.number]), (NOBODY, [bert.number]), ("cem", []), ("x", [])):
            found = list_cases(actor, today=TODAY, wanted=Narrowing(responsible=responsible)).rows
            assert [row.number for row in found] == expected, responsible


def test_prisons_of_the_own_scope_only(people, act_as):
    case_for(people.alma)
    case_for(people.cem)
    with act_as(people.alma) as actor:
        (own,) = get_list_frame(actor, TODAY).prisons
        assert own.pk == people.alma.place_id
        assert len(list_cases(actor, today=TODAY, wanted=Narrowing(prison=own.key)).rows) == 1
        assert list_cases(actor, today=TODAY, wanted=Narrowing(prison="jva-die-es-nicht-gibt")).rows == []
    with act_as(people.jan) as actor:
        assert own.key in {prison.key for prison in get_list_frame(actor, TODAY).prisons}
    with act_as(people.hanna) as actor:
        assert get_list_frame(actor, TODAY).prisons == ()


def test_whom_nobody_stands_in_for_is_found_by_nobody(people, act_as):
    case_for(people.alma)
    with act_as(people.bert) as actor:
        assert list_cases(actor, today=TODAY, wanted=Narrowing(deputy_for="alma")).rows == []


def test_the_title_of_the_next_step_needs_the_plan(people, act_as, bare_sql, moment):
    from ina.access.enums import Basis, Compartment
    from ina.access.operations import grants

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        (row,) = list_cases(actor, today=TODAY).rows
        assert row.next_title and row.due_on
        Worklist.objects.unscoped(because="a test").filter(case_id=made.case_id).update(
            responsible=people.bert.membership_id
        )
        grants.give(
            dossier_id=made.dossier_id,
            holder_id=people.bert.own_holder,
            basis=Basis.HANDOVER,
            compartments=Compartment.CASE | Compartment.IDENTITY,
            starts=moment,
        )
    with act_as(people.bert) as actor:
        (row,) = list_cases(actor, today=TODAY).rows
        assert (row.number, row.next_title) == (made.number, "") and row.due_on


@pytest.mark.parametrize("order", ListOrder)
def test_a_place_made_up_is_refused_in_each_order(order, people, act_as):
    with act_as(people.alma) as actor, pytest.raises(NotVisible):
        list_cases(
            actor, today=TODAY, wanted=Narrowing(order=order), cursor="1~" if order is not ListOrder.NAME else "1"
        )
