"""Integrationsplan (step 3): all goals on one page, the person's words first; the way of each version."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.base.policy import Verdict, allowed_if, refused
from ina.cases.queries import CaseFile
from ina.planning import operations, policies
from ina.planning.enums import PlanPart, PlanState, Priority, Signer, StepStatus
from ina.planning.lifecycle import EDITABLE, IN_WORK
from ina.planning.queries import (
    CONFERENCE_READS,
    GOALS,
    VERSION_READS,
    GoalRow,
    PlanRow,
    StepRow,
    get_goal,
    get_step,
    plan_from,
    versions_from,
)
from ina.web.cases import plan_forms as forms
from ina.web.cases.plan_shown import Shown, context_of
from ina.web.shell.files import open_file
from ina.web.shell.several import Guide, several

ROW = re.compile(r"(\d{1,4})(?:\.(\d{1,4}))?")
NOTHING = refused("Das geht an dieser Stelle nicht.")


def plan(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "plan", along=(GOALS, *VERSION_READS, *CONFERENCE_READS))
    shown = _shown(request, opened, clock.today())
    may = policies.may_set_goal(request.actor, opened.case)
    guides = {
        **_wording(request, number, shown, may),
        **_progress(request, number, shown, may),
        **_way(request, number, shown, may),
    }
    return several(
        request, "cases/plan.html", guides, context_of(request.actor, shown, may, request.GET.get("ansicht", ""))
    )


def _shown(request: HttpRequest, opened: CaseFile, today: date) -> Shown:
    versions = versions_from(opened.answers, opened.case)
    wanted = request.GET.get("fassung", "")
    chosen = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else None
    current = plan_from(opened.answers[GOALS], opened.case, release=opened.planning_date, plan_version=chosen)
    if chosen is not None and current is None:
        raise NotVisible()
    row = next((each for each in versions if current and each.plan_version == current.plan_version), None)
    goal, step = _edited(request, current)
    return Shown(opened, current, versions, row, goal, step, today)


def _edited(request: HttpRequest, current: PlanRow | None) -> tuple[GoalRow | None, StepRow | None]:
    """``?bearbeiten=2``: goal 2; ``2.1``: its first step. Nothing for what is not there (any more)."""
    found = ROW.fullmatch(request.GET.get("bearbeiten", ""))
    if not found or current is None:
        return None, None
    goal = next((each for each in current.goals if each.number == int(found[1])), None)
    if goal is None or found[2] is None:
        return goal, None
    return goal, next((each for each in goal.steps if each.number == int(found[2])), None)


# --- the forms ------------------------------------------------------------------------------------------------------


def _here(number: str, shown: Shown, row: str = "") -> str:
    """Back to the page as it was, at the row that was edited."""
    query = f"?fassung={shown.plan.plan_version}" if shown.plan and len(shown.versions) > 1 else ""
    return reverse("plan", args=[number]) + query + (f"#z{row}" if row else "")


def _wording(request: HttpRequest, number: str, shown: Shown, may: Verdict) -> dict[str, Guide]:
    actor, case, today = request.actor, shown.file.case, shown.today
    goal, step, plan = shown.goal, shown.step, shown.plan
    plan_version = plan.plan_version if plan else None
    may_add = may if plan is None or shown.editable or plan.state is PlanState.DISCARDED else NOTHING
    may_edit = may if shown.editable else NOTHING
    on_goal = may_edit if goal and not step else NOTHING
    on_step = may_edit if step else NOTHING

    def of_goal(operation, **entered: Any):
        return operation(goal_id=get_goal(actor, case, goal.number, plan_version).pk, **entered)

    def of_step(operation, **entered: Any):
        return operation(planstep_id=get_step(actor, case, goal.number, step.number, plan_version).pk, **entered)

    def guide(form, save, message, allowed, initial=None, row="") -> Guide:
        done = _here(number, shown, row)
        return Guide(form, save=save, done=lambda _: (done, message), may=allowed, initial=lambda: initial or {})

    first = {"priority": Priority.NORMAL, "part": PlanPart.CAREER}
    row = str(goal.number) if goal else ""
    return {
        "goal": guide(
            partial(forms.GoalForm, today=today),
            partial(operations.set_goal, case_id=case.pk),
            "Ziel eingetragen.",
            may_add if not goal else NOTHING,
            first,
        ),
        "edit_goal": guide(
            partial(forms.EditGoalForm, today=today),
            partial(of_goal, operations.change_goal),
            "Ziel geändert.",
            on_goal,
            forms.goal_values(goal) if goal else {},
            row,
        ),
        "step": guide(
            partial(forms.StepForm, today=today),
            partial(of_goal, operations.add_step),
            "Schritt eingetragen.",
            on_goal if goal and not goal.is_judged else NOTHING,
            row=row,
        ),
        "edit_step": guide(
            partial(forms.EditStepForm, today=today),
            partial(of_step, operations.change_step),
            "Schritt geändert.",
            on_step,
            forms.step_values(step) if step else {},
            row,
        ),
        "move": guide(
            forms.MoveForm,
            partial(of_step, operations.move_step) if step else partial(of_goal, operations.move_goal),
            "Reihenfolge geändert.",
            may_edit if goal else NOTHING,
            row=row,
        ),
        "aim": guide(
            forms.AimForm,
            partial(operations.set_aim, integrationplan_id=shown.version.pk if shown.version else 0),
            "Gespeichert.",
            may_edit,
            {"aim": plan.aim, "aim_plain": plan.aim_plain, "changes": plan.changes, "version": plan.version}
            if plan
            else {},
        ),
    }


def _progress(request: HttpRequest, number: str, shown: Shown, may: Verdict) -> dict[str, Guide]:
    actor, case, goal, step = request.actor, shown.file.case, shown.goal, shown.step
    plan_version = shown.plan.plan_version if shown.plan else None
    done = _here(number, shown, str(goal.number) if goal else "")
    counts = may if shown.counts else NOTHING

    def judge(**entered: Any):
        return operations.judge_goal(goal_id=get_goal(actor, case, goal.number, plan_version).pk, **entered)

    def end_step(*, dropped: bool, done_on: date, result: str, **entered: Any):
        step_id = get_step(actor, case, goal.number, step.number, plan_version).pk
        if dropped:
            return operations.drop_step(planstep_id=step_id, dropped_on=done_on, reason=result, **entered)
        return operations.complete_step(planstep_id=step_id, done_on=done_on, result=result, **entered)

    def apply(**entered: Any):
        step_id = get_step(actor, case, goal.number, step.number, plan_version).pk
        return operations.record_application(planstep_id=step_id, **entered)

    return {
        "judge": Guide(
            forms.JudgeForm,
            save=judge,
            done=lambda _: (done, "Stand des Ziels gespeichert."),
            may=counts if goal and not step else NOTHING,
            initial=lambda: {"status_on": shown.today, "version": goal.version},
        ),
        "complete": Guide(
            forms.CompleteForm,
            save=end_step,
            done=lambda _: (done, "Schritt gespeichert."),
            may=counts if step and step.status is StepStatus.OPEN else NOTHING,
            initial=lambda: {"done_on": shown.today, "version": step.version},
        ),
        "application": Guide(
            forms.ApplicationForm,
            save=apply,
            done=lambda _: (done, "Antrag gespeichert."),
            may=counts if step else NOTHING,
            initial=lambda: {
                "applied_on": step.applied_on,
                "decision": step.decision,
                "decided_on": step.decided_on,
                "version": step.version,
            },
        ),
    }


def _way(request: HttpRequest, number: str, shown: Shown, may: Verdict) -> dict[str, Guide]:
    """What may happen to the version that is shown."""
    version, today, actor = shown.version, shown.today, request.actor
    state = version.state if version else None
    page = reverse("plan", args=[number])
    query = f"?fassung={version.plan_version}" if version and len(shown.versions) > 1 else ""
    in_work = any(row.state in IN_WORK for row in shown.versions)
    signed = {signer: version.signature(signer) is not None for signer in Signer} if version else {}
    open_to_sign = state in (PlanState.AGREED, PlanState.IN_FORCE)
    on_paper = actor.role == "PRISON_SOCIAL" and open_to_sign
    approves = actor.role == "TEAM_LEAD" and state is PlanState.AGREED and version is not None and not version.approved

    def guide(form, operation, message, allowed, field="on", to="") -> Guide:
        return Guide(
            form,
            save=partial(operation, integrationplan_id=version.pk if version else 0),
            done=lambda _: (to or page + query, message),
            may=allowed,
            initial=lambda: {field: today, "version": version.version if version else 0},
        )

    def when(condition: bool) -> Verdict:
        return may if condition else NOTHING

    return {
        "discuss": guide(
            forms.DayForm, operations.discuss_plan, "Als besprochen eingetragen.", when(state is PlanState.DRAFT)
        ),
        "answer": guide(
            forms.AnswerForm,
            operations.record_answer,
            "Antwort eingetragen.",
            when(state is PlanState.DISCUSSED),
            "signed_on",
        ),
        "sign": guide(
            forms.SignForm,
            operations.sign_plan,
            "Unterschrift eingetragen.",
            when(open_to_sign and not signed.get(Signer.CASE_MANAGER)),
            "signed_on",
        ),
        "acknowledge": guide(
            forms.SignForm,
            operations.acknowledge_plan,
            "Kenntnisnahme eingetragen.",
            (allowed_if(on_paper, "") if on_paper else when(open_to_sign))
            if not signed.get(Signer.PRISON)
            else NOTHING,
            "signed_on",
        ),
        "approve": guide(forms.DayForm, operations.approve_plan, "Freigegeben.", allowed_if(approves, NOTHING.reason)),
        "in_force": guide(
            forms.DayForm, operations.put_in_force, "Der Plan ist in Kraft.", when(state is PlanState.AGREED), to=page
        ),
        "return": guide(
            forms.ReasonForm, operations.return_plan, "Wieder im Entwurf.", when(state is PlanState.DISCUSSED)
        ),
        "discard": guide(
            forms.ReasonForm,
            operations.discard_plan,
            "Diese Fassung ist verworfen.",
            when(state in EDITABLE),
            to=page,
        ),
        "review": guide(
            forms.ReviewForm,
            operations.review_plan,
            "Überprüfung eingetragen. Die nächste ist berechnet.",
            when(state is PlanState.IN_FORCE),
            "held_on",
        ),
        "open": Guide(
            forms.OpenForm,
            save=partial(operations.open_version, case_id=shown.file.case.pk),
            done=lambda made: (
                f"{page}?fassung={made.plan_version}",
                f"Fassung {made.plan_version} begonnen.\nDie geltende bleibt in Kraft, bis die neue es ist.",
            ),
            may=when(state is PlanState.IN_FORCE and not in_work),
        ),
    }
