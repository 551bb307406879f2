"""Goals and steps: every state against every other. No database."""

import pytest

from ina.planning.enums import GoalStatus, MeasureState, PlanAct, PlanState, StepStatus
from ina.planning.lifecycle import (
    JUDGED,
    may_act,
    may_become,
    measure_may_become,
    needs_reason,
    state_after,
    step_may_become,
)


@pytest.mark.parametrize("before", GoalStatus)
@pytest.mark.parametrize("after", GoalStatus)
def test_a_goal_may_become_anything_else(before, after):
    assert may_become(before, after) is (before is not after)


@pytest.mark.parametrize("before", GoalStatus)
@pytest.mark.parametrize("after", GoalStatus)
def test_less_than_reached_and_second_thoughts_need_a_reason(before, after):
    plain = before in (GoalStatus.OPEN, GoalStatus.RUNNING) and after in (
        GoalStatus.OPEN,
        GoalStatus.RUNNING,
        GoalStatus.REACHED,
    )
    assert needs_reason(before, after) is not plain


def test_only_open_and_running_goals_are_not_judged():
    assert set(GoalStatus) - JUDGED == {GoalStatus.OPEN, GoalStatus.RUNNING}


@pytest.mark.parametrize("before", StepStatus)
@pytest.mark.parametrize("after", StepStatus)
def test_only_an_open_step_ends_and_it_ends_once(before, after):
    assert step_may_become(before, after) is (before is StepStatus.OPEN and after is not StepStatus.OPEN)


ALLOWED = {
    (PlanState.DRAFT, PlanAct.DISCUSS): PlanState.DISCUSSED,
    (PlanState.DRAFT, PlanAct.DISCARD): PlanState.DISCARDED,
    (PlanState.DISCUSSED, PlanAct.RETURN): PlanState.DRAFT,
    (PlanState.DISCUSSED, PlanAct.DISCARD): PlanState.DISCARDED,
    (PlanState.DISCUSSED, PlanAct.AGREE): PlanState.AGREED,
    (PlanState.AGREED, PlanAct.APPROVE): PlanState.AGREED,
    (PlanState.AGREED, PlanAct.PUT_IN_FORCE): PlanState.IN_FORCE,
    (PlanState.IN_FORCE, PlanAct.SUPERSEDE): PlanState.SUPERSEDED,
}
WAYS = {
    PlanState.DRAFT: [],
    PlanState.DISCUSSED: [PlanAct.DISCUSS],
    PlanState.AGREED: [PlanAct.DISCUSS, PlanAct.AGREE],
    PlanState.IN_FORCE: [PlanAct.DISCUSS, PlanAct.AGREE, PlanAct.PUT_IN_FORCE],
    PlanState.SUPERSEDED: [PlanAct.DISCUSS, PlanAct.AGREE, PlanAct.PUT_IN_FORCE, PlanAct.SUPERSEDE],
    PlanState.DISCARDED: [PlanAct.DISCARD],
}


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("act", PlanAct)
def test_every_state_against_every_act(state, act):
    assert may_act(state, act) is ((state, act) in ALLOWED)
    if (state, act) in ALLOWED:
        assert state_after([*WAYS[state], act]) is ALLOWED[state, act]
    else:
        with pytest.raises(ValueError, match="does not follow"):
            state_after([*WAYS[state], act])


@pytest.mark.parametrize("before", MeasureState)
@pytest.mark.parametrize("after", MeasureState)
def test_every_state_of_a_measure_against_every_other(before, after):
    allowed = {("ASSIGNED", "RUNNING"), ("ASSIGNED", "ABORTED"), ("RUNNING", "COMPLETED"), ("RUNNING", "ABORTED")}
    assert measure_may_become(before, after) is ((before.value, after.value) in allowed)
