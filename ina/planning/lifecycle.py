"""What may happen to a version of the plan, to a goal and to a step, as tables. Source: domain 7.3, 9.5. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ina.planning.enums import GoalStatus, MeasureState, PlanAct, PlanState, StepStatus


@dataclass(frozen=True)
class Transition:
    """An act: from which states, to which (None: it stays), and whether a reason is asked for."""

    source: frozenset[PlanState]
    target: PlanState | None
    reason: bool = False


S = PlanState
# What people do. SUPERSEDE comes with the next version that is put in force.
TRANSITIONS: dict[PlanAct, Transition] = {
    PlanAct.DISCUSS: Transition(frozenset({S.DRAFT}), S.DISCUSSED),
    PlanAct.RETURN: Transition(frozenset({S.DISCUSSED}), S.DRAFT, reason=True),
    PlanAct.DISCARD: Transition(frozenset({S.DRAFT, S.DISCUSSED}), S.DISCARDED, reason=True),
    PlanAct.AGREE: Transition(frozenset({S.DISCUSSED}), S.AGREED),
    PlanAct.APPROVE: Transition(frozenset({S.AGREED}), None),
    PlanAct.PUT_IN_FORCE: Transition(frozenset({S.AGREED}), S.IN_FORCE),
    PlanAct.SUPERSEDE: Transition(frozenset({S.IN_FORCE}), S.SUPERSEDED),
}
# The way of a version as the page shows it.
WAY = (S.DRAFT, S.DISCUSSED, S.AGREED, S.IN_FORCE)
# Wording, goals and steps can be changed.
EDITABLE = frozenset({S.DRAFT, S.DISCUSSED})
# Somebody works on it: of these there is one at most.
IN_WORK = EDITABLE | {S.AGREED}
# Progress can be entered: it counts, or nothing else does yet.
LIVE = IN_WORK | {S.IN_FORCE}


def may_act(state: PlanState, act: PlanAct) -> bool:
    return state in TRANSITIONS[act].source


def state_after(acts: Iterable[PlanAct]) -> PlanState:
    """The state of a version from the acts that stand, in their order. Raises ValueError when they do not follow."""
    state = PlanState.DRAFT
    for act in acts:
        if not may_act(state, act):
            raise ValueError(f"planning: {act} does not follow on {state}")
        state = TRANSITIONS[act].target or state
    return state


# A judgement can be taken back, with a reason: people find work after a goal was given up.
GOAL_TRANSITIONS: dict[GoalStatus, frozenset[GoalStatus]] = {
    status: frozenset(GoalStatus) - {status} for status in GoalStatus
}
JUDGED = frozenset({GoalStatus.REACHED, GoalStatus.PARTLY, GoalStatus.NOT_REACHED, GoalStatus.GIVEN_UP})
STEP_TRANSITIONS: dict[StepStatus, frozenset[StepStatus]] = {
    StepStatus.OPEN: frozenset({StepStatus.DONE, StepStatus.DROPPED}),
    StepStatus.DONE: frozenset(),
    StepStatus.DROPPED: frozenset(),
}


def may_become(before: GoalStatus, after: GoalStatus) -> bool:
    return after in GOAL_TRANSITIONS[before]


def needs_reason(before: GoalStatus, after: GoalStatus) -> bool:
    """Less than reached is explained, and so is every judgement that is changed afterwards."""
    return before in JUDGED or after in JUDGED - {GoalStatus.REACHED}


def step_may_become(before: StepStatus, after: StepStatus) -> bool:
    return after in STEP_TRANSITIONS[before]


# A measure in prison (domain 9.5). What was assigned and never begun is broken off too, with its reason.
MEASURE_TRANSITIONS: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.ASSIGNED: frozenset({MeasureState.RUNNING, MeasureState.ABORTED}),
    MeasureState.RUNNING: frozenset({MeasureState.COMPLETED, MeasureState.ABORTED}),
    MeasureState.COMPLETED: frozenset(),
    MeasureState.ABORTED: frozenset(),
}


def measure_may_become(before: MeasureState, after: MeasureState) -> bool:
    return after in MEASURE_TRANSITIONS[before]
