"""What the page of the plan shows: the version, its goals as lines, its way, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ina.base.actor import Actor
from ina.base.policy import Verdict
from ina.cases.policies import may_correct_entries
from ina.cases.queries import CaseFile
from ina.planning.enums import GoalStatus, PlanAct, PlanPart, PlanState, Signer, StepStatus
from ina.planning.lifecycle import EDITABLE, IN_WORK, LIVE, WAY
from ina.planning.queries import GoalRow, PlanRow, StepRow, VersionRow, conferences_from, demands_four_eyes
from ina.planning.rules import VersionFacts, is_late_application, missing_before
from ina.reference.queries import code_labels
from ina.reference.queries import instruments as support
from ina.web.cases.plan_picture import mark_of, picture, word_of
from ina.web.shell.files import head_of

GOAL_MARKS = {
    GoalStatus.OPEN: "open",
    GoalStatus.RUNNING: "run",
    GoalStatus.REACHED: "done",
    GoalStatus.PARTLY: "done",
    GoalStatus.NOT_REACHED: "fail",
    GoalStatus.GIVEN_UP: "na",
}
VIEWS = {"vollzug": PlanPart.PRISON, "berufsweg": PlanPart.CAREER, "nachsorge": PlanPart.AFTERCARE}


@dataclass(frozen=True)
class Shown:
    """What one request looks at: the version, and the goal or step that is edited in place."""

    file: CaseFile
    plan: PlanRow | None
    versions: list[VersionRow]
    version: VersionRow | None
    goal: GoalRow | None
    step: StepRow | None
    today: date

    @property
    def editable(self) -> bool:
        return self.plan is not None and self.plan.state in EDITABLE

    @property
    def counts(self) -> bool:
        """Progress is entered here: it is in force, or nothing else is."""
        force = any(row.state is PlanState.IN_FORCE for row in self.versions)
        return self.plan is not None and self.plan.state in LIVE and not (force and self.plan.state in IN_WORK)


def context_of(actor: Actor, shown: Shown, may: Verdict, view: str) -> dict[str, Any]:
    opened, current, today = shown.file, shown.plan, shown.today
    goals = current.all_goals if current else ()
    instruments = {step.instrument for goal in goals for step in goal.steps} - {""}
    labels = code_labels("instruments", on=today) if instruments else {}
    losing = {row.code: row.apply_before for row in support(on=today)} if instruments else {}
    counting = current.goals if current else ()
    fassung = f"&fassung={current.plan_version}" if current and len(shown.versions) > 1 else ""
    held = [row for row in conferences_from(opened.answers, opened.case) if not row.voided]
    decided = {one.step: row.held_on for row in held for one in row.decisions if one.step}
    open_steps = [step for goal in counting for step in goal.steps if step.status is StepStatus.OPEN]
    return {
        **head_of(opened, "plan", today),
        "plan": current,
        "version": shown.version,
        "versions": shown.versions if len(shown.versions) > 1 else [],
        "others": [row for row in shown.versions if row.state in IN_WORK | {PlanState.IN_FORCE}],
        "lines": [_line(goal, shown, labels, view, decided, losing) for goal in goals if _is_seen(goal, view)],
        "edited": shown.step or shown.goal,
        "edited_goal": shown.goal,
        "edited_step": shown.step,
        "fassung": fassung,
        "view": view,
        "views": [
            ("", "Alle Ziele", len(counting)),
            *((key, part.label, sum(goal.part is part for goal in counting)) for key, part in VIEWS.items()),
            ("offen", "nur offene Schritte", len(open_steps)),
        ],
        "picture": picture(
            counting,
            today=today,
            release=opened.planning_date,
            preparation=opened.preparation_starts,
            aftercare_ends=opened.aftercare_ends,
            opened_on=opened.case.opened_on,
        )
        if counting
        else None,
        "conferences": held,
        "way": _steps_of_way(shown),
        "missing": _missing(shown),
        "refusal": may.reason,
        "may_correct": bool(may_correct_entries(actor, opened.case)),
        "may_edit": bool(may) and (shown.editable or shown.counts),
    }


def _is_seen(goal: GoalRow, view: str) -> bool:
    if view == "offen":
        return not goal.voided and any(step.status is StepStatus.OPEN for step in goal.steps)
    return view not in VIEWS or goal.part is VIEWS[view]


def _line(
    goal: GoalRow,
    shown: Shown,
    labels: dict[str, str],
    view: str,
    decided: dict[tuple[int, int], date],
    losing: dict[str, str],
) -> dict[str, Any]:
    steps = [step for step in goal.all_steps if view != "offen" or step.status is StepStatus.OPEN]
    return {
        "goal": goal,
        "mark": "na" if goal.voided else GOAL_MARKS[goal.status],
        "word": "storniert" if goal.voided else goal.status.label,
        "edited": shown.goal is not None
        and shown.step is None
        and shown.goal.number == goal.number
        and not goal.voided,
        "steps": [
            _step_line(goal, step, shown, labels)
            | {
                "decided_on": decided.get((goal.number, step.number)),
                "apply_before": losing.get(step.instrument, "") if _waits_for_application(step) else "",
                "late": bool(losing.get(step.instrument)) and is_late_application(step.applied_on, step.starts_on),
            }
            for step in steps
        ],
    }


def _waits_for_application(step: StepRow) -> bool:
    return step.status is StepStatus.OPEN and step.applied_on is None and not step.voided


def _step_line(goal: GoalRow, step: StepRow, shown: Shown, labels: dict[str, str]) -> dict[str, Any]:
    voided = bool(goal.voided or step.voided)
    paid = [labels.get(step.instrument, step.instrument), step.cost_bearer]
    return {
        "step": step,
        "mark": "na" if voided else mark_of(step, shown.today),
        "word": "storniert" if voided else word_of(step, shown.today),
        "voided": voided,
        "paid": ", ".join(part for part in paid if part),
        "edited": not voided and shown.goal is goal and shown.step is step,
    }


def _steps_of_way(shown: Shown) -> list[dict[str, Any]]:
    version = shown.version
    if version is None or version.state in (PlanState.SUPERSEDED, PlanState.DISCARDED):
        return []
    acts = {
        PlanState.DRAFT: None,
        PlanState.DISCUSSED: PlanAct.DISCUSS,
        PlanState.AGREED: PlanAct.AGREE,
        PlanState.IN_FORCE: PlanAct.PUT_IN_FORCE,
    }
    at = WAY.index(version.state)
    return [
        {
            "label": state.label,
            "past": index < at,
            "current": index == at,
            "on": version.day_of(act) if (act := acts[state]) and index <= at else None,
        }
        for index, state in enumerate(WAY)
    ]


def _missing(shown: Shown) -> tuple[str, ...]:
    """What the next state still needs."""
    version, plan = shown.version, shown.plan
    if version is None or plan is None:
        return ()
    asks = version.state is PlanState.AGREED and demands_four_eyes(version.institution_id, shown.today)
    facts = VersionFacts(
        goals=len(plan.goals),
        answered=version.signature(Signer.PARTICIPANT) is not None,
        signed=version.signature(Signer.CASE_MANAGER) is not None,
        approved=version.approved,
        four_eyes=asks,
    )
    following = {
        PlanState.DRAFT: PlanAct.DISCUSS,
        PlanState.DISCUSSED: PlanAct.AGREE,
        PlanState.AGREED: PlanAct.PUT_IN_FORCE,
    }
    act = following.get(version.state)
    return missing_before(act, facts) if act else ()
