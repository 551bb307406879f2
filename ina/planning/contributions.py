"""What planning adds to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.base.clock import day_of
from ina.cases.enums import Step
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.looking_back import register_reader
from ina.cases.queries import CaseFile
from ina.cases.steps import Entry, Mark, MarkState, Part, marks_on, pending, register_part
from ina.planning.enums import GoalStatus, PlanState, StepStatus
from ina.planning.lifecycle import JUDGED
from ina.planning.queries import GOALS, GoalRow, PlanRow, StepRow, goals_reached, plan_from


def plan(file: CaseFile, today: date) -> Part:
    """The plan since when, what was judged or done, and what is still to come while the case is open."""
    current = plan_from(file.answers[GOALS], file.case, release=file.planning_date)
    if current is None:
        return Part()
    marks = _marks(current, file.state in OPEN_STATES, today)
    return Part(marks_on(Step.PLANNING, marks), tuple(_history(current)))


def _marks(current: PlanRow, is_open: bool, today: date) -> list[Mark]:
    in_force = current.state in (PlanState.IN_FORCE, PlanState.SUPERSEDED)
    marks = [
        Mark(
            day_of(current.created_at),
            MarkState.DONE if in_force else MarkState.RUNNING,
            f"Integrationsplan, Fassung {current.plan_version} ({current.state.label})",
        )
    ]
    for goal in current.goals:
        marks += _of_goal(goal, is_open, today)
        for step in goal.steps:
            marks += _of_step(goal, step, is_open, today)
    return marks


def _of_goal(goal: GoalRow, is_open: bool, today: date) -> list[Mark]:
    if goal.status in JUDGED and goal.status_on:
        failed = goal.status in (GoalStatus.NOT_REACHED, GoalStatus.GIVEN_UP)
        state = MarkState.FAILED if failed else MarkState.DONE
        return [Mark(goal.status_on, state, f"Ziel {goal.number}: {goal.status.label}")]
    return [pending(goal.target_on, today, f"Ziel {goal.number}")] if is_open and goal.target_on else []


def _of_step(goal: GoalRow, step: StepRow, is_open: bool, today: date) -> list[Mark]:
    label = f"Schritt {goal.number}.{step.number}: {step.what}"
    if step.status is StepStatus.DONE and step.done_on:
        return [Mark(step.done_on, MarkState.DONE, label)]
    if step.status is StepStatus.OPEN and step.due_on and is_open and goal.status not in JUDGED:
        return [pending(step.due_on, today, label)]
    return []


def _history(current: PlanRow) -> list[Entry]:
    began = Entry(
        day_of(current.created_at), f"Integrationsplan, Fassung {current.plan_version} angelegt", by=current.created_by
    )
    goals = [
        Entry(
            goal.status_on,
            f"Ziel {goal.number}: {goal.status.label}",
            goal.status_reason or goal.wording_person,
            of="ziel",
            ordinal=goal.ordinal,
            voided=goal.voided,
        )
        for goal in current.all_goals
        if goal.status_on
    ]
    steps = [
        Entry(
            step.done_on,
            f"Schritt {goal.number}.{step.number} {step.status.label}: {step.what}",
            step.result,
            kind="done" if step.status is StepStatus.DONE else "dot",
            of="schritt",
            ordinal=step.ordinal,
            voided=step.voided or goal.voided,
        )
        for goal in current.all_goals
        for step in goal.all_steps
        if step.done_on
    ]
    return [began, *goals, *steps]


def register() -> None:
    register_part(plan, reads=(GOALS,))
    register_reader(goals_reached)
