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

__all__ = ["FourEyes", "Goal", "IntegrationPlan", "PlanEvent", "PlanReview", "PlanStep", "Signature"]
