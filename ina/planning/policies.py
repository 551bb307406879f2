"""Who may plan. No plan before admission with consent (gate of domain section 4)."""

from ina.access.enums import Basis
from ina.access.policies import may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case
from ina.cases.policies import may_fill_intake, may_profile
from ina.cases.queries import state_of
from ina.planning.enums import GoalStatus, MeasureState, PlanAct, PlanState, StepStatus
from ina.planning.lifecycle import EDITABLE, JUDGED, LIVE, may_act, measure_may_become, step_may_become
from ina.planning.models import Conference, ConferenceDecision, Goal, IntegrationPlan, PlanStep, PrisonMeasure

FROZEN = "Diese Fassung ist vereinbart und bleibt, wie sie unterschrieben ist. Was sich ändert, kommt in eine neue."
PAST = "Diese Fassung gilt nicht mehr."


def may_set_goal(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)


def may_open_version(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)


def may_change_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    """The wording, the goals and the steps of a version."""
    return first_refusal(may_profile(actor, plan.case), allowed_if(PlanState(plan.state) in EDITABLE, FROZEN))


def may_change_goal(actor: Actor, goal: Goal) -> Verdict:
    return first_refusal(may_change_plan(actor, goal.plan), _stands(goal))


def may_change_step(actor: Actor, step: PlanStep) -> Verdict:
    return first_refusal(may_change_goal(actor, step.goal), _stands(step))


def may_add_step(actor: Actor, goal: Goal) -> Verdict:
    return first_refusal(
        may_change_goal(actor, goal),
        allowed_if(GoalStatus(goal.status) not in JUDGED, "Dieses Ziel ist schon beurteilt."),
    )


def may_judge_goal(actor: Actor, goal: Goal) -> Verdict:
    return first_refusal(may_profile(actor, goal.plan.case), _stands(goal), _is_live(goal.plan))


def may_complete_step(actor: Actor, step: PlanStep) -> Verdict:
    return _may_end_step(actor, step, StepStatus.DONE)


def may_drop_step(actor: Actor, step: PlanStep) -> Verdict:
    return _may_end_step(actor, step, StepStatus.DROPPED)


def may_record_application(actor: Actor, step: PlanStep) -> Verdict:
    return first_refusal(
        may_profile(actor, step.goal.plan.case), _stands(step.goal), _stands(step), _is_live(step.goal.plan)
    )


def may_discuss_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return _may_act(actor, plan, PlanAct.DISCUSS)


def may_return_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return _may_act(actor, plan, PlanAct.RETURN)


def may_discard_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return _may_act(actor, plan, PlanAct.DISCARD)


def may_record_answer(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return _may_act(actor, plan, PlanAct.AGREE)


def may_put_in_force(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return _may_act(actor, plan, PlanAct.PUT_IN_FORCE)


def may_sign_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return first_refusal(may_profile(actor, plan.case), _is_signed_now(plan))


def may_acknowledge_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    """For the prison: its social service, or who leads the case when it comes back on paper."""
    return first_refusal(
        allowed_if(actor.role in (Role.CASE_MANAGER, Role.PRISON_SOCIAL), "Das bestätigt der Sozialdienst der JVA."),
        may_write(actor, plan, Basis.ASSIGNMENT, Basis.PRISON),
        allowed_if(state_of(plan.case) in OPEN_STATES, "Der Fall ist beendet."),
        _is_signed_now(plan),
    )


def may_approve_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    """The lead of the team, who is not the author (four eyes)."""
    return first_refusal(
        allowed_if(actor.role == Role.TEAM_LEAD, "Pläne gibt die Teamleitung frei."),
        may_write(actor, plan, Basis.TEAM, Basis.ASSIGNMENT),
        allowed_if(state_of(plan.case) in OPEN_STATES, "Der Fall ist beendet."),
        allowed_if(may_act(PlanState(plan.state), PlanAct.APPROVE), "Freigegeben wird eine vereinbarte Fassung."),
        allowed_if(
            plan.created_by.user_id != actor.user_id, "Wer die Fassung angelegt hat, gibt sie nicht selbst frei."
        ),
    )


def may_review_plan(actor: Actor, plan: IntegrationPlan) -> Verdict:
    return first_refusal(
        may_profile(actor, plan.case),
        allowed_if(plan.state == PlanState.IN_FORCE, "Überprüft wird die Fassung, die in Kraft ist."),
    )


def may_switch_four_eyes(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in (Role.TEAM_LEAD, Role.CARRIER_ADMIN), "Das Vier-Augen-Prinzip legt die Leitung der Stelle fest."
    )


def may_assign_measure(actor: Actor, case: Case) -> Verdict:
    """Measures in prison are written by who leads the case and by the prison's social service (domain 8)."""
    return may_fill_intake(actor, case)


def may_change_measure(actor: Actor, measure: PrisonMeasure) -> Verdict:
    return first_refusal(
        may_fill_intake(actor, measure.case), allowed_if(not measure.is_voided, "Dieser Eintrag ist storniert.")
    )


def may_start_measure(actor: Actor, measure: PrisonMeasure) -> Verdict:
    return _may_move(actor, measure, MeasureState.RUNNING)


def may_complete_measure(actor: Actor, measure: PrisonMeasure) -> Verdict:
    return _may_move(actor, measure, MeasureState.COMPLETED)


def may_abort_measure(actor: Actor, measure: PrisonMeasure) -> Verdict:
    return _may_move(actor, measure, MeasureState.ABORTED)


def may_hold_conference(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)


def may_note_decision(actor: Actor, conference: Conference) -> Verdict:
    return first_refusal(
        may_profile(actor, conference.case), allowed_if(not conference.is_voided, "Dieser Eintrag ist storniert.")
    )


def may_make_step(actor: Actor, decision: ConferenceDecision) -> Verdict:
    """As long as it is none: a step that was voided, or went with a version that was discarded, is none any more."""
    return first_refusal(
        may_note_decision(actor, decision.conference),
        allowed_if(not decision.is_voided, "Dieser Eintrag ist storniert."),
        allowed_if(not is_in_plan(decision.step), "Dieser Beschluss steht schon als Schritt im Plan."),
    )


def is_in_plan(step: PlanStep | None) -> bool:
    return (
        step is not None
        and not step.is_voided
        and not step.goal.is_voided
        and step.goal.plan.state != PlanState.DISCARDED
    )


def _may_move(actor: Actor, measure: PrisonMeasure, after: MeasureState) -> Verdict:
    before = MeasureState(measure.state)
    return first_refusal(
        may_change_measure(actor, measure),
        allowed_if(measure_may_become(before, after), f"Das geht nicht: Diese Maßnahme ist „{before.label}“."),
    )


def _may_act(actor: Actor, plan: IntegrationPlan, act: PlanAct) -> Verdict:
    state = PlanState(plan.state)
    return first_refusal(
        may_profile(actor, plan.case),
        allowed_if(may_act(state, act), f"Das geht nicht: Diese Fassung ist „{state.label}“."),
    )


def _is_signed_now(plan: IntegrationPlan) -> Verdict:
    return allowed_if(
        plan.state in (PlanState.AGREED, PlanState.IN_FORCE),
        "Unterschrieben wird, wenn die Person zugestimmt hat, und solange die Fassung gilt.",
    )


def _may_end_step(actor: Actor, step: PlanStep, status: StepStatus) -> Verdict:
    before = StepStatus(step.status)
    return first_refusal(
        may_profile(actor, step.goal.plan.case),
        _stands(step.goal),
        _stands(step),
        _is_live(step.goal.plan),
        allowed_if(step_may_become(before, status), f"Dieser Schritt ist schon {before.label}."),
    )


def _is_live(plan: IntegrationPlan) -> Verdict:
    return allowed_if(PlanState(plan.state) in LIVE, PAST)


def _stands(entry: Goal | PlanStep) -> Verdict:
    return allowed_if(not entry.is_voided, "Dieser Eintrag ist storniert.")
