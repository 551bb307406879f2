"""What may happen to a goal and to a step, as tables. Source: domain section 7.3. Pure."""

from ina.planning.enums import GoalStatus, StepStatus

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
