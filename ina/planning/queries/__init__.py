"""Every read of planning."""

from ina.planning.queries.conferences import (
    CONFERENCE_READS,
    ConferenceRow,
    DecisionRow,
    conferences_from,
    get_conference,
    get_decision,
)
from ina.planning.queries.four_eyes import demands_four_eyes, four_eyes_of
from ina.planning.queries.measures import MEASURES, MeasureRow, get_measure, measures_from
from ina.planning.queries.plan import (
    GOALS,
    GoalRow,
    PlanRow,
    StepRow,
    current_plan,
    get_goal,
    get_step,
    goals_reached,
    plan_from,
    steps_moved,
)
from ina.planning.queries.versions import (
    VERSION_READS,
    EventRow,
    ReviewRow,
    SignatureRow,
    VersionRow,
    get_plan,
    versions_from,
)

__all__ = [
    "CONFERENCE_READS",
    "GOALS",
    "MEASURES",
    "VERSION_READS",
    "ConferenceRow",
    "DecisionRow",
    "EventRow",
    "GoalRow",
    "MeasureRow",
    "PlanRow",
    "ReviewRow",
    "SignatureRow",
    "StepRow",
    "VersionRow",
    "conferences_from",
    "current_plan",
    "demands_four_eyes",
    "four_eyes_of",
    "get_conference",
    "get_decision",
    "get_goal",
    "get_measure",
    "get_plan",
    "get_step",
    "goals_reached",
    "measures_from",
    "plan_from",
    "steps_moved",
    "versions_from",
]
