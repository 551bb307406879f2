"""Goals and steps: what is kept, and what is refused."""

from datetime import date

import pytest

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import State
from ina.planning import operations
from ina.planning.enums import GoalStatus, StepOwner
from ina.planning.models import Goal, IntegrationPlan, PlanStep
from ina.profiling.enums import KeyGroup
from tests.factories.cases import case_for, case_of, close

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
TODAY = date(2026, 11, 23)


def set_goal(actor, case_id, now, **more):
    values = {"wording_person": "Ich will wieder als Maler arbeiten", "key_group": KeyGroup.QUALIFICATION}
    return operations.set_goal(actor=actor, case_id=case_id, now=now, **values | more)


def add_step(actor, goal, now, **more):
    values = {"what": "Gesellenbrief besorgen", "owner": StepOwner.PARTICIPANT}
    return operations.add_step(actor=actor, goal_id=goal.pk, now=now, **values | more)


def judge(actor, goal, now, status=GoalStatus.REACHED, **more):
    operations.judge_goal(
        actor=actor, goal_id=goal.pk, version=goal.version, now=now, status=status, **{"status_on": TODAY} | more
    )
    goal.refresh_from_db()


def test_the_first_goal_begins_the_plan_and_all_are_numbered(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goals = [set_goal(actor, made.case_id, now, target_on=date(2027, 3, 1)), set_goal(actor, made.case_id, now)]
        steps = [add_step(actor, goals[0], now), add_step(actor, goals[0], now), add_step(actor, goals[1], now)]
        plan = IntegrationPlan.objects.unscoped(because=BECAUSE).get(case_id=made.case_id)
    assert (plan.plan_version, plan.state, plan.created_by_id) == (1, "DRAFT", people.alma.membership_id)
    assert [(goal.plan_id, goal.number) for goal in goals] == [(plan.pk, 1), (plan.pk, 2)]
    assert [step.number for step in steps] == [1, 2, 1]
    assert {row.dossier_id for row in (plan, *goals, *steps)} == {made.dossier_id}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wording_person": " "}, "wording_person"),
        ({"target_on": date(2026, 11, 22)}, "target_on"),
        ({"key_group": "SHOE_SIZE"}, "key_group"),
        ({"priority": "EXTREME"}, "priority"),
    ],
)
def test_a_goal_that_does_not_fit_is_refused_and_leaves_no_plan(people, act_as, now, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            set_goal(actor, made.case_id, now, **wrong)
        assert caught.value.field == field
        assert not IntegrationPlan.objects.unscoped(because=BECAUSE).filter(case_id=made.case_id).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"owner": "NOBODY"}, "owner"),
        ({"due_on": date(2026, 11, 22)}, "due_on"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(people, act_as, now, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goal = set_goal(actor, made.case_id, now)
        with pytest.raises(Invalid) as caught:
            add_step(actor, goal, now, **wrong)
        assert caught.value.field == field
        assert not PlanStep.objects.unscoped(because=BECAUSE).filter(goal=goal).exists()


def test_a_step_is_done_once(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        step = add_step(actor, set_goal(actor, made.case_id, now), now, due_on=TODAY)
        done = {"actor": actor, "planstep_id": step.pk, "now": now, "done_on": TODAY}
        with pytest.raises(Invalid) as caught:
            operations.complete_step(**done | {"done_on": date(2026, 11, 24)})
        assert caught.value.field == "done_on"
        operations.complete_step(**done, version=1, result="liegt vor")
        step.refresh_from_db()
        assert (step.status, step.done_on, step.result, step.version) == ("DONE", TODAY, "liegt vor", 2)
        with pytest.raises(Refused, match="schon erledigt"):
            operations.complete_step(**done)
        with pytest.raises(Conflict):
            operations.complete_step(**done, version=1)


def test_a_step_is_dropped_with_a_reason(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        step = add_step(actor, set_goal(actor, made.case_id, now), now)
        drop = {"actor": actor, "planstep_id": step.pk, "now": now, "dropped_on": TODAY}
        for wrong, field in (
            ({"reason": " "}, "reason"),
            ({"reason": "x", "dropped_on": date(2027, 1, 1)}, "dropped_on"),
        ):
            with pytest.raises(Invalid) as caught:
                operations.drop_step(**drop | wrong)
            assert caught.value.field == field
        operations.drop_step(**drop, reason="Brief war schon da")
        step.refresh_from_db()
        assert (step.status, step.done_on, step.result) == ("DROPPED", TODAY, "Brief war schon da")
        with pytest.raises(Refused, match="schon entfallen"):
            operations.complete_step(actor=actor, planstep_id=step.pk, now=now, done_on=TODAY)


def test_a_judgement_is_kept_with_its_day_and_can_be_taken_back_with_a_reason(people, act_as, now, trail):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goal = set_goal(actor, made.case_id, now)
        judge(actor, goal, now)
        assert (goal.status, goal.status_on, goal.version) == ("REACHED", TODAY, 2)
        with pytest.raises(Refused, match="schon beurteilt"):
            add_step(actor, goal, now)
        with pytest.raises(Invalid) as caught:
            judge(actor, goal, now, GoalStatus.RUNNING)
        assert caught.value.field == "reason"
        judge(actor, goal, now, GoalStatus.RUNNING, reason="Stelle doch nicht angetreten")
        assert add_step(actor, goal, now).number == 1
    lines = trail("planning.judge_goal")
    assert [(line.details["before"], line.details["status"]) for line in lines] == [
        ("OPEN", "REACHED"),
        ("REACHED", "RUNNING"),
    ]


@pytest.mark.parametrize(
    ("status", "wrong", "field"),
    [
        (GoalStatus.OPEN, {}, "status"),
        (GoalStatus.GIVEN_UP, {}, "reason"),
        (GoalStatus.REACHED, {"status_on": date(2026, 11, 24)}, "status_on"),
    ],
)
def test_a_judgement_that_does_not_fit_is_refused(people, act_as, now, status, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goal = set_goal(actor, made.case_id, now)
        with pytest.raises(Invalid) as caught:
            judge(actor, goal, now, status, **wrong)
        goal.refresh_from_db()
    assert (caught.value.field, goal.status) == (field, "OPEN")


def test_somebody_was_faster(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goal = set_goal(actor, made.case_id, now)
        again = Goal.objects.unscoped(because=BECAUSE).get(pk=goal.pk)
        judge(actor, goal, now)
        with pytest.raises(Conflict):
            judge(actor, again, now, GoalStatus.GIVEN_UP, reason="umgezogen")


@pytest.mark.parametrize("state", [State.SCREENING, State.WAITING, State.DECLINED, State.REJECTED, State.CLOSED])
def test_no_plan_before_admission_nor_after_the_end(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        set_goal(actor, made.case_id, now)


def test_nothing_changes_in_the_plan_of_an_ended_case(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        goal = set_goal(actor, made.case_id, now)
        step = add_step(actor, goal, now)
        close(actor, case_of(made), TODAY)
        with pytest.raises(Refused):
            add_step(actor, goal, now)
        with pytest.raises(Refused):
            judge(actor, goal, now)
        with pytest.raises(Refused):
            operations.complete_step(actor=actor, planstep_id=step.pk, now=now, done_on=TODAY)


def test_who_does_not_lead_the_case_is_refused_and_strangers_find_nothing(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goal = set_goal(actor, made.case_id, now)
        step = add_step(actor, goal, now)
    attempts = (
        lambda actor: set_goal(actor, made.case_id, now),
        lambda actor: add_step(actor, goal, now),
        lambda actor: judge(actor, goal, now),
        lambda actor: operations.complete_step(actor=actor, planstep_id=step.pk, now=now, done_on=TODAY),
        lambda actor: operations.drop_step(actor=actor, planstep_id=step.pk, now=now, dropped_on=TODAY, reason="x"),
    )
    for member, error in (
        (people.jan, Refused),
        (people.hanna, Refused),
        (people.cem, NotVisible),
        (people.bert, NotVisible),
    ):
        for attempt in attempts:
            with act_as(member) as actor, pytest.raises(error):
                attempt(actor)
