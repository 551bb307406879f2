"""Integrationsplan (step 3): goals in the person's words, and the steps towards them."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import Verdict, refused
from ina.cases.policies import may_correct_entries
from ina.planning import operations, policies
from ina.planning.enums import GoalStatus, Priority, StepOwner, StepStatus
from ina.planning.lifecycle import JUDGED
from ina.planning.queries import PlanRow, current_plan, get_goal, get_step
from ina.profiling.enums import KeyGroup
from ina.web.cases.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

GOAL_MARKS = {
    GoalStatus.OPEN: "open",
    GoalStatus.RUNNING: "run",
    GoalStatus.REACHED: "done",
    GoalStatus.PARTLY: "done",
    GoalStatus.NOT_REACHED: "fail",
    GoalStatus.GIVEN_UP: "na",
}
STEP_MARKS = {StepStatus.OPEN: "open", StepStatus.DONE: "done", StepStatus.DROPPED: "na"}


class GoalForm(forms.Form):
    wording_person = words("Ziel in den Worten der Person", rows=2, required=True)
    wording_professional = words("fachliche Formulierung", rows=2)
    key_group = pick(KeyGroup, "Schlüsselgruppe")
    priority = pick(Priority, "Priorität", radio=True)
    target_on = GermanDateField(label="erreichen bis", required=False, earliest=TODAY)


class OfGoal(forms.Form):
    """A form about one of the goals."""

    goal = choose("Ziel", numbered=True)

    def __init__(self, *arguments, goals, **options):
        super().__init__(*arguments, **options)
        self.fields["goal"].choices = goals


class StepForm(OfGoal):
    what = field("planning.PlanStep.what", label="Was zu tun ist")
    owner = pick(StepOwner, "wer")
    due_on = GermanDateField(label="bis", required=False, earliest=TODAY)


class JudgeForm(OfGoal):
    status = pick(GoalStatus, "Stand", without=(GoalStatus.OPEN,))
    status_on = GermanDateField(label="beurteilt am", latest=TODAY)
    reason = words("Begründung", rows=2, help_text="nötig, wenn das Ziel nicht ganz erreicht ist")


class CompleteForm(forms.Form):
    step = choose("Schritt")
    dropped = forms.BooleanField(label="nicht erledigt, sondern entfallen", required=False)
    done_on = GermanDateField(label="am", latest=TODAY)
    result = words("Ergebnis oder Grund", rows=2)

    def __init__(self, *arguments, steps, **options):
        super().__init__(*arguments, **options)
        self.fields["step"].choices = steps


def plan(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "plan"), request.actor, clock.today()
    case, current = opened.case, current_plan(actor, opened.case)
    may = policies.may_set_goal(actor, case)
    goals, unjudged, steps = _choices(current)
    here = reverse("plan", args=[number])

    def guide(form, save, message, initial=None, may: Verdict = may) -> Guide:
        return Guide(form, save=save, done=lambda _: (here, message), may=may, initial=lambda: initial or {})

    none = refused("Es gibt noch nichts, worauf sich das bezieht.")
    return several(
        request,
        "cases/plan.html",
        {
            "goal": guide(
                GoalForm,
                partial(operations.set_goal, case_id=case.pk),
                "Ziel eingetragen.",
                {"priority": Priority.NORMAL},
            ),
            "step": guide(
                partial(StepForm, goals=unjudged),
                partial(_add_step, actor, case),
                "Schritt eingetragen.",
                may=may if unjudged else none,
            ),
            "complete": guide(
                partial(CompleteForm, steps=steps),
                partial(_end_step, actor, case),
                "Schritt gespeichert.",
                {"done_on": today},
                may=may if steps else none,
            ),
            "judge": guide(
                partial(JudgeForm, goals=goals),
                partial(_judge, actor, case),
                "Stand des Ziels gespeichert.",
                {"status_on": today},
                may=may if goals else none,
            ),
        },
        {
            **head_of(opened, "plan", today),
            "plan": current,
            "goals": _lines(current, today),
            "refusal": may.reason,
            "may_correct": bool(may_correct_entries(actor, opened.case)),
        },
    )


def _choices(current: PlanRow | None):
    """Goals, goals that are not judged yet, and open steps, as choices of a form."""
    rows = current.goals if current else ()
    goals = [(goal.number, f"{goal.number}: {goal.wording_person[:80]}") for goal in rows]
    unjudged = [choice for choice, goal in zip(goals, rows, strict=True) if goal.status not in JUDGED]
    steps = [
        (f"{goal.number}.{step.number}", f"{goal.number}.{step.number} {step.what[:80]}")
        for goal in rows
        for step in goal.steps
        if step.status is StepStatus.OPEN
    ]
    return goals, unjudged, steps


def _lines(current: PlanRow | None, today) -> list[dict]:
    return [
        {
            "goal": goal,
            "mark": "na" if goal.voided else GOAL_MARKS[goal.status],
            "word": "storniert" if goal.voided else goal.status.label,
            "steps": [_step_line(goal, step, today) for step in goal.all_steps],
        }
        for goal in (current.all_goals if current else ())
    ]


def _step_line(goal, step, today) -> dict:
    if goal.voided or step.voided:
        return {"step": step, "mark": "na", "word": "storniert", "voided": True}
    late = step.is_overdue(today)
    return {
        "step": step,
        "mark": "late" if late else STEP_MARKS[step.status],
        "word": "überfällig" if late else step.status.label,
        "voided": False,
    }


def _add_step(reader, case, *, goal: int, **entered):
    return operations.add_step(goal_id=get_goal(reader, case, goal).pk, **entered)


def _judge(reader, case, *, goal: int, **entered):
    return operations.judge_goal(goal_id=get_goal(reader, case, goal).pk, **entered)


def _end_step(reader, case, *, step: str, dropped: bool, done_on, result: str, actor, now):
    goal_number, number = (int(part) for part in step.split("."))
    step_id = get_step(reader, case, goal_number, number).pk
    if dropped:
        return operations.drop_step(planstep_id=step_id, actor=actor, now=now, dropped_on=done_on, reason=result)
    return operations.complete_step(planstep_id=step_id, actor=actor, now=now, done_on=done_on, result=result)
