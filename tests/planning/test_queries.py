"""Reading the plan: order, who sees it, marks on the picture."""

from datetime import date

import pytest

from ina.base.errors import NotVisible
from ina.cases.enums import State, Step
from ina.cases.queries import get_file, story_reads
from ina.cases.steps import MarkState, story_of
from ina.planning import operations, queries
from ina.planning.enums import GoalStatus, StepOwner
from ina.profiling.enums import KeyGroup
from tests.factories.cases import case_for, case_of, close

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def plan(actor, made, now, goals=1, steps=1):
    for number in range(1, goals + 1):
        goal = operations.set_goal(
            actor=actor,
            case_id=made.case_id,
            now=now,
            wording_person=f"Wunsch {number}",
            key_group=KeyGroup.CIRCUMSTANCES,
            target_on=date(2027, 2, 1),
        )
        for step in range(1, steps + 1):
            operations.add_step(
                actor=actor,
                goal_id=goal.pk,
                now=now,
                what=f"Schritt {step}",
                owner=StepOwner.CASE_MANAGER,
                due_on=date(2026, 12, 1),
            )
    return case_of(made)


def test_no_plan_before_the_first_goal(people, act_as):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        assert queries.current_plan(actor, case_of(made)) is None
        file = get_file(actor, made.number, today=TODAY, along=story_reads())
        assert story_of(file, TODAY).marks[Step.PLANNING] == []


@pytest.mark.parametrize(("goals", "steps"), [(1, 1), (3, 3)])
def test_the_plan_comes_in_order_in_one_query(people, act_as, now, django_assert_num_queries, goals, steps):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        case = plan(actor, made, now, goals, steps)
        with django_assert_num_queries(1):
            current = queries.current_plan(actor, case)
    assert [goal.wording_person for goal in current.goals] == [f"Wunsch {n + 1}" for n in range(goals)]
    assert [[step.number for step in goal.steps] for goal in current.goals] == [list(range(1, steps + 1))] * goals
    step = current.goals[0].steps[0]
    assert (step.is_overdue(date(2026, 12, 1)), step.is_overdue(date(2026, 12, 2))) == (False, True)


def test_goals_and_steps_are_found_by_their_numbers(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        case = plan(actor, made, now, 2, 2)
        assert queries.get_goal(actor, case, 2).wording_person == "Wunsch 2"
        assert queries.get_step(actor, case, 2, 1).goal.number == 2
        for numbers in ((3, 1), (1, 3)):
            with pytest.raises(NotVisible):
                queries.get_step(actor, case, *numbers)
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        queries.get_goal(actor, case, 1)


def test_team_lead_and_prison_read_and_strangers_see_nothing(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        case = plan(actor, made, now)
    for member, sees in ((people.jan, True), (people.hanna, True), (people.cem, False), (people.bert, False)):
        with act_as(member) as actor:
            assert (queries.current_plan(actor, case) is not None) is sees, member.key


def story(actor, case, today):
    return story_of(get_file(actor, case.dossier.number, today=today, along=story_reads()), today)


def planning_marks(actor, case, today):
    return [(mark.on, mark.state) for mark in story(actor, case, today).marks[Step.PLANNING]]


def test_marks_follow_the_dates(people, act_as, now):
    made = case_for(people.alma)
    began, due_on, target = (TODAY, MarkState.RUNNING), date(2026, 12, 1), date(2027, 2, 1)
    with act_as(people.alma) as actor:
        case = plan(actor, made, now)
        assert planning_marks(actor, case, TODAY) == [began, (due_on, MarkState.DUE), (target, MarkState.OPEN)]
        assert planning_marks(actor, case, date(2027, 2, 2)) == [
            began,
            (due_on, MarkState.LATE),
            (target, MarkState.LATE),
        ]
        step, goal = queries.get_step(actor, case, 1, 1), queries.get_goal(actor, case, 1)
        operations.complete_step(actor=actor, planstep_id=step.pk, now=now, done_on=TODAY, result="Zusage")
        assert planning_marks(actor, case, TODAY) == [began, (TODAY, MarkState.DONE), (target, MarkState.OPEN)]
        operations.judge_goal(
            actor=actor, goal_id=goal.pk, now=now, status=GoalStatus.NOT_REACHED, status_on=TODAY, reason="Absage"
        )
        assert planning_marks(actor, case, TODAY) == [began, (TODAY, MarkState.FAILED), (TODAY, MarkState.DONE)]
        told = {entry.title: entry.detail for entry in story(actor, case, TODAY).entries}
    assert told["Ziel 1: nicht erreicht"] == "Absage"
    assert told["Schritt 1.1 erledigt: Schritt 1"] == "Zusage"


def test_nothing_is_awaited_any_more_when_the_case_has_ended(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        case = plan(actor, made, now)
        close(actor, case, TODAY)
        assert planning_marks(actor, case, date(2027, 6, 1)) == [(TODAY, MarkState.RUNNING)]
