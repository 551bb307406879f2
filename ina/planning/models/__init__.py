"""Tables of planning."""

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

__all__ = ["FourEyes", "Goal", "IntegrationPlan", "PlanEvent", "PlanReview", "PlanStep", "PrisonMeasure", "Signature"]
