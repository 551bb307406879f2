"""Who may plan. No plan before admission with consent (gate of domain section 4)."""

from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.models import Case
from ina.cases.policies import may_profile
from ina.planning.enums import GoalStatus, StepStatus
from ina.planning.lifecycle import JUDGED, step_may_become
from ina.planning.models import Goal, PlanStep


def may_set_goal(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)


def may_add_step(actor: Actor, goal: Goal) -> Verdict:
    return first_refusal(
        may_profile(actor, goal.plan.case),
        _stands(goal),
        allowed_if(GoalStatus(goal.status) not in JUDGED, "Dieses Ziel ist schon beurteilt."),
    )


def may_judge_goal(actor: Actor, goal: Goal) -> Verdict:
    return first_refusal(may_profile(actor, goal.plan.case), _stands(goal))


def may_complete_step(actor: Actor, step: PlanStep) -> Verdict:
    return _may_end_step(actor, step, StepStatus.DONE)


def may_drop_step(actor: Actor, step: PlanStep) -> Verdict:
    return _may_end_step(actor, step, StepStatus.DROPPED)


def _may_end_step(actor: Actor, step: PlanStep, status: StepStatus) -> Verdict:
    before = StepStatus(step.status)
    return first_refusal(
        may_profile(actor, step.goal.plan.case),
        _stands(step.goal),
        _stands(step),
        allowed_if(step_may_become(before, status), f"Dieser Schritt ist schon {before.label}."),
    )


def _stands(entry: Goal | PlanStep) -> Verdict:
    return allowed_if(not entry.is_voided, "Dieser Eintrag ist storniert.")
