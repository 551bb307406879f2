"""Tables of planning."""

from ina.planning.models.conferences import Conference, ConferenceDecision
from ina.planning.models.plan import (
    FourEyes,
    Goal,
    IntegrationPlan,
    PlanEvent,
    PlanReview,
    PlanStep,
    Signature,
)
from ina.planning.models.prison import PrisonMeasure

__all__ = [
    "Conference",
    "ConferenceDecision",
    "FourEyes",
    "Goal",
    "IntegrationPlan",
    "PlanEvent",
    "PlanReview",
    "PlanStep",
    "PrisonMeasure",
    "Signature",
]
