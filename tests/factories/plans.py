"""``planned_case(person, moment, state)``: a case with a plan that was brought into a state, by operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ina.access.context import acting_as
from ina.base.clock import day_of
from ina.planning import operations
from ina.planning.enums import Answer, GoalGroup, PlanPart, PlanState, Priority, StepOwner
from ina.planning.models import Goal, IntegrationPlan
from tests.factories.cases import Made, case_for

WHY = "a test looks at what it made"
WISHES = (
    ("Ich lerne Metallbauer fertig.", GoalGroup.QUALIFICATION, PlanPart.PRISON),
    ("Ich will gleich arbeiten.", GoalGroup.CROSS, PlanPart.CAREER),
    ("Ich halte durch, auch wenn es schwierig wird.", GoalGroup.CROSS, PlanPart.AFTERCARE),
)


@dataclass(frozen=True)
class Planned(Made):
    plan_id: int


def planned_case(
    member, moment: datetime, state: PlanState = PlanState.DRAFT, *, goals: int = 1, steps: int = 1, made=None
) -> Planned:
    """made: a case that is there already. The plan has ``goals`` with ``steps`` each, every other from the release."""
    made = made or case_for(member)
    actor = member.actor
    with acting_as(actor):
        for _ in range(goals):
            add_goal(actor, made.case_id, moment, steps=steps)
        plan = IntegrationPlan.objects.unscoped(because=WHY).get(case_id=made.case_id)
        bring(actor, plan, state, moment)
    return Planned(made.case_id, made.dossier_id, made.number, plan.pk)


def add_goal(actor, case_id: int, moment: datetime, *, steps: int = 1, **more) -> Goal:
    count = Goal.objects.unscoped(because=WHY).filter(plan__case_id=case_id).count()
    wish, group, part = WISHES[count % len(WISHES)]
    goal = operations.set_goal(
        actor=actor,
        case_id=case_id,
        now=moment,
        **{
            "wording_person": wish,
            "wording_professional": "in Fachsprache",
            "key_group": group,
            "part": part,
            "priority": Priority.HIGH,
        }
        | more,
    )
    for number in range(steps):
        operations.add_step(
            actor=actor,
            goal_id=goal.pk,
            now=moment,
            what=f"Schritt mit Nummer {number + 1}",
            owner=list(StepOwner)[number % len(StepOwner)],
            offset="" if number % 2 else "3 Wochen",
            due_on=day_of(moment) if number % 2 else None,
        )
    return goal


def bring(actor, plan: IntegrationPlan, state: PlanState, moment: datetime) -> None:
    """From a draft on the straight way to a state."""
    day, this = day_of(moment), {"actor": actor, "integrationplan_id": plan.pk, "now": moment}
    way = (
        (PlanState.DISCUSSED, lambda: operations.discuss_plan(**this, on=day - timedelta(days=7))),
        (PlanState.AGREED, lambda: operations.record_answer(**this, answer=Answer.YES, signed_on=day)),
        (PlanState.IN_FORCE, lambda: _put_in_force(this, day)),
    )
    states = [PlanState.DRAFT, *(reached for reached, _ in way)]
    for _, act in way[: states.index(state)]:
        act()


def _put_in_force(this: dict, day) -> None:
    operations.sign_plan(**this, signed_on=day)
    operations.put_in_force(**this, on=day)
