"""Every write of planning."""

from ina.planning.operations.conferences import hold_conference, make_step, note_decision
from ina.planning.operations.goals import add_step, change_goal, change_step, move_goal, move_step, set_aim, set_goal
from ina.planning.operations.measures import (
    abort_measure,
    assign_measure,
    complete_measure,
    note_attendance,
    start_measure,
)
from ina.planning.operations.progress import (
    REVIEW,
    complete_step,
    drop_step,
    judge_goal,
    record_application,
)
from ina.planning.operations.reviews import BEFORE_RELEASE, NEXT_REVIEW, plan_reviews, review_plan
from ina.planning.operations.signing import (
    acknowledge_plan,
    record_answer,
    sign_plan,
)
from ina.planning.operations.versions import (
    approve_plan,
    demand_four_eyes,
    discard_plan,
    discuss_plan,
    lift_four_eyes,
    open_version,
    put_in_force,
    return_plan,
)

__all__ = [
    "BEFORE_RELEASE",
    "NEXT_REVIEW",
    "REVIEW",
    "abort_measure",
    "acknowledge_plan",
    "add_step",
    "approve_plan",
    "assign_measure",
    "change_goal",
    "change_step",
    "complete_measure",
    "complete_step",
    "demand_four_eyes",
    "discard_plan",
    "discuss_plan",
    "drop_step",
    "hold_conference",
    "judge_goal",
    "lift_four_eyes",
    "make_step",
    "move_goal",
    "move_step",
    "note_attendance",
    "note_decision",
    "open_version",
    "plan_reviews",
    "put_in_force",
    "record_answer",
    "record_application",
    "return_plan",
    "review_plan",
    "set_aim",
    "set_goal",
    "sign_plan",
    "start_measure",
]
