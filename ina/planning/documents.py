"""The integration plan on paper: the whole of it to be signed, and „Mein Plan“ in plain words, from the same data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ina.access.enums import Compartment as C
from ina.base.clock import day_of
from ina.base.errors import NotVisible
from ina.cases.documents.head import file_of, german, head_of, iso, pairs
from ina.cases.queries import CaseFile
from ina.documents.kinds import DocumentKind, Paper, PaperRequest, register_kind
from ina.planning.enums import Answer, GoalStatus, PlanPart, PlanState, Signer, StepStatus
from ina.planning.lifecycle import IN_WORK, JUDGED
from ina.planning.operations.reviews import PARAMETERS
from ina.planning.queries import (
    CONFERENCE_READS,
    GOALS,
    VERSION_READS,
    GoalRow,
    PlanRow,
    StepRow,
    VersionRow,
    conferences_from,
    plan_from,
    versions_from,
)
from ina.planning.rules import next_review
from ina.reference.queries import code_labels, known_parameters

TOLD = C.CASE | C.IDENTITY | C.CUSTODY | C.PLAN
SIGNS = {
    GoalStatus.OPEN: "open",
    GoalStatus.RUNNING: "running",
    GoalStatus.REACHED: "done",
    GoalStatus.PARTLY: "running",
    GoalStatus.NOT_REACHED: "stopped",
    GoalStatus.GIVEN_UP: "stopped",
}
STEP_SIGNS = {StepStatus.OPEN: "open", StepStatus.DONE: "done", StepStatus.DROPPED: "stopped"}
# „Mein Plan“ has two pages: so much fits in large type.
NEXT_STEPS, DONE_STEPS, LATER_STEPS = 4, 4, 3
RIGHTS = (
    "Die Teilnahme ist freiwillig. Ich kann jederzeit aufhören.",
    "Wenn ich etwas ablehne, habe ich im Vollzug keinen Nachteil.",
    "Ich bekomme diesen Plan und darf jederzeit in den ganzen Plan sehen.",
    "Ich kann sagen, dass etwas geändert werden soll. Dann gibt es eine neue Fassung.",
)


def integration_plan(asked: PaperRequest) -> Paper:
    """Everything that is agreed, and how far it is. option „fassung“: which version; else the one in work, or that
    which counts. NotVisible without a plan."""
    file, plan, version, versions = _plan_of(asked)
    labels = code_labels("instruments", on=asked.today)
    return Paper(
        title=f"Integrationsplan, Fassung {plan.plan_version}",
        file_name=f"Integrationsplan_{file.dossier.number}_Fassung_{plan.plan_version}",
        data=head_of(asked, file, "Integrationsplan", version=str(plan.plan_version))
        | {
            "about": pairs(
                ("Fallführung", file.responsible),
                ("Anstalt", file.custody.prison.name if file.custody else ""),
                ("Planungstermin der Entlassung", german(file.planning_date) if file.planning_date else ""),
                ("Stand dieser Fassung", plan.state.label),
                ("gilt seit", german(version.in_force_on) if version.in_force_on else "noch nicht in Kraft"),
                ("Nächste Überprüfung", german(_review_day(file, version, asked.today))),
            ),
            "aim": plan.aim,
            "picture": _picture(file, plan, asked.today),
            "goals": [_goal(goal) for goal in plan.goals],
            "parts": [
                {
                    "title": f"Teil {letter} · {name}",
                    "goals": [_card(goal, labels) for goal in plan.goals if goal.part is part],
                }
                for letter, part, name in (
                    ("A", PlanPart.PRISON, "Bezug zum Vollzug"),
                    ("B", PlanPart.CAREER, "Berufswegplan"),
                    ("C", PlanPart.AFTERCARE, "Nachsorgeplan"),
                )
            ],
            **_agreed(version),
            "signers": _signers(file),
            "versions": [
                {
                    "number": row.plan_version,
                    "on": day_of(row.created_at).isoformat(),
                    "change": row.changes or ("erste Fassung" if row.plan_version == 1 else "–"),
                    "state": row.state.label + (f" seit {german(row.in_force_on)}" if row.in_force_on else ""),
                }
                for row in reversed(versions)
            ],
        },
    )


def my_plan(asked: PaperRequest) -> Paper:
    """The same plan on two pages in plain words: what I want, what I have done, what comes next, who helps."""
    file, plan, version, _ = _plan_of(asked)
    release = file.planning_date
    rows = [(goal, step) for goal in plan.goals for step in goal.steps]
    done = [(goal, step) for goal, step in rows if step.status is StepStatus.DONE]
    ahead = [pair for pair in rows if pair[1].status is StepStatus.OPEN and pair[0].status not in JUDGED]
    ahead.sort(key=lambda pair: (_day(pair[1]) or date.max, pair[0].number, pair[1].number))
    inside = [pair for pair in ahead if release is None or (_day(pair[1]) or date.min) < release]
    after = [pair for pair in ahead if pair not in inside]
    if not inside:
        inside, after = after, []
    return Paper(
        title="Mein Plan",
        file_name=f"Mein_Plan_{file.dossier.number}_Fassung_{plan.plan_version}",
        data=head_of(
            asked, file, "Mein Plan", version=str(plan.plan_version), grade=f"Gehört {file.participant.full_name}"
        )
        | {
            "aim": plan.aim_plain or plan.aim,
            "wishes": [goal.plain or goal.wording_person for goal in plan.goals if goal.status not in JUDGED],
            "phases": _phases(file, asked.today),
            "done": [_plain(step) for _, step in done[-DONE_STEPS:]],
            "next": [_plain_row(goal, step) for goal, step in inside[:NEXT_STEPS]],
            "later": [_plain_row(goal, step) for goal, step in (inside[NEXT_STEPS:] + after)[:LATER_STEPS]],
            "release": f"Geplant ist der {german(release)}. Der Tag kann sich noch ändern."
            if release and not file.released_on
            else "",
            "helper": file.responsible,
            "rights": list(RIGHTS),
            **_agreed(version),
            "signers": _signers(file)[:2],
        },
    )


def conference(asked: PaperRequest) -> Paper:
    """Minutes with a list to be signed. option „konferenz“: its number; else the last one. NotVisible without one."""
    file = file_of(asked, along=CONFERENCE_READS)
    wanted = asked.options.get("konferenz", "")
    rows = [row for row in conferences_from(file.answers, file.case) if not row.voided]
    row = next((row for row in rows if not wanted or str(row.ordinal) == wanted), None)
    if row is None:
        raise NotVisible()
    return Paper(
        title=f"Fallkonferenz vom {german(row.held_on)}",
        file_name=f"Fallkonferenz_{file.dossier.number}_{row.held_on.isoformat()}",
        data=head_of(asked, file, "Fallkonferenz")
        | {
            "held": iso(row.held_on),
            "about": pairs(
                ("am", german(row.held_on)),
                ("Ort", row.place),
                ("Fallführung", file.responsible),
                ("Anstalt", file.custody.prison.name if file.custody else ""),
            ),
            "topics": row.topics.splitlines(),
            "minutes": row.minutes.splitlines(),
            "decisions": [
                {"text": one.text, "who": one.who, "due": iso(one.due_on), "step": one.numbers} for one in row.decisions
            ],
            "people": [{"name": person.name, "role": person.told} for person in row.participants],
        },
    )


def _plan_of(asked: PaperRequest) -> tuple[CaseFile, PlanRow, VersionRow, list[VersionRow]]:
    file = file_of(asked, along=(GOALS, *VERSION_READS))
    versions = versions_from(file.answers, file.case)
    wanted = asked.options.get("fassung", "")
    in_work = next((row.plan_version for row in versions if row.state in IN_WORK), None)
    chosen = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else in_work
    plan = plan_from(file.answers[GOALS], file.case, release=file.planning_date, plan_version=chosen)
    version = next((row for row in versions if plan and row.plan_version == plan.plan_version), None)
    if plan is None or version is None or not plan.goals:
        raise NotVisible()
    return file, plan, version, versions


def _review_day(file: CaseFile, version: VersionRow, today: date) -> date | None:
    if version.in_force_on is None or version.state is not PlanState.IN_FORCE:
        return None
    dated = known_parameters(PARAMETERS, on=today)
    held = version.last_review
    return next_review(
        max(version.in_force_on, held.held_on) if held else version.in_force_on,
        dated["plan_review_interval"],
        release=file.planning_date,
        before_release=dated["plan_review_before_release"],
    )


def _goal(goal: GoalRow) -> dict[str, Any]:
    return {
        "number": goal.number,
        "words": goal.wording_person,
        "group": goal.key_group.label + (f" ({goal.need})" if goal.need else ""),
        "priority": goal.priority.label,
        "target": iso(goal.target_on),
        "state": goal.status.label,
        "sign": SIGNS[goal.status],
    }


def _card(goal: GoalRow, labels: dict[str, str]) -> dict[str, Any]:
    return _goal(goal) | {
        "professional": goal.wording_professional,
        "indicator": goal.indicator,
        "reason": goal.status_reason,
        "steps": [
            {
                "number": f"{goal.number}.{step.number}",
                "what": step.what,
                "result": step.result,
                "who": step.who,
                "paid": ", ".join(part for part in (labels.get(step.instrument, ""), step.cost_bearer) if part),
                "applied": _applied(step),
                "due": iso(_day(step)),
                "from_release": step.offset.told if step.offset else "",
                "state": step.status.label,
                "sign": STEP_SIGNS[step.status],
            }
            for step in goal.steps
        ],
    }


def _applied(step: StepRow) -> str:
    if step.applied_on is None:
        return ""
    decided = f", {step.decision.label} am {german(step.decided_on)}" if step.decision else ""
    return f"beantragt am {german(step.applied_on)}{decided}"


def _agreed(version: VersionRow) -> dict[str, str | None]:
    signature = version.signature(Signer.PARTICIPANT)
    answers = {Answer.YES: "yes", Answer.NO: "no", Answer.COULD_NOT: "could-not"}
    return {
        "answer": answers[signature.answer] if signature else None,
        "because": signature.because if signature else "",
    }


def _signers(file: CaseFile) -> list[dict[str, str]]:
    return [
        {"name": file.participant.full_name, "role": Signer.PARTICIPANT.label},
        {"name": file.responsible or "Fallführung", "role": Signer.CASE_MANAGER.label},
        {"name": file.custody.prison.name if file.custody else "Justizvollzugsanstalt", "role": "zur Kenntnis"},
    ]


def _picture(file: CaseFile, plan: PlanRow, today: date) -> dict[str, Any] | None:
    """The plan in time; nothing as long as nobody knows the release."""
    release = file.planning_date
    if release is None:
        return None
    days = [day for goal in plan.goals for step in goal.steps for day in _days(step)]
    begins = min([file.case.opened_on, *days])
    ends = max([file.aftercare_ends or release + timedelta(days=182), *days])
    starts = min(max(file.preparation_starts or release, begins), release)
    spans = [("Vollzug", begins, starts), ("Entlassungsvorbereitung", starts, release), ("Nachsorge", release, ends)]
    return {
        "start": begins.isoformat(),
        "end": ends.isoformat(),
        "phases": [{"name": name, "start": iso(a), "end": iso(b)} for name, a, b in spans if a and b and a < b],
        "lanes": [_lane(goal) for goal in plan.goals],
        "today": today.isoformat() if begins <= today <= ends else None,
        "release": release.isoformat(),
    }


def _lane(goal: GoalRow) -> dict[str, Any]:
    spans = [step for step in goal.steps if step.starts_on and step.ends_on]
    points = [day for step in goal.steps if step not in spans and (day := step.done_on or _day(step))]
    return {
        "name": f"{goal.number} {goal.key_group.label}",
        "bars": [
            {"start": iso(step.starts_on), "end": iso(step.ends_on), "done": step.status is StepStatus.DONE}
            for step in spans
        ],
        "points": [day.isoformat() for day in points],
    }


def _days(step: StepRow) -> Iterable[date]:
    return (day for day in (step.starts_on, step.ends_on, step.due_on, step.done_on) if day)


def _day(step: StepRow) -> date | None:
    return step.due_on or step.ends_on


def _phases(file: CaseFile, today: date) -> list[dict[str, Any]]:
    release, starts = file.planning_date, file.preparation_starts
    if release is None:
        return []
    at = 2 if today >= release else 1 if starts and today >= starts else 0
    spans = (
        ("In Haft", f"bis {german(starts)}" if starts else ""),
        ("Vorbereitung", f"bis {german(release)}"),
        ("Draußen", f"Begleitung bis {german(file.aftercare_ends)}" if file.aftercare_ends else ""),
    )
    return [{"name": name, "time": time, "now": index == at} for index, (name, time) in enumerate(spans)]


def _plain(step: StepRow) -> str:
    return step.plain or step.what


def _plain_row(goal: GoalRow, step: StepRow) -> dict[str, Any]:
    return {
        "wish": goal.plain or goal.wording_person,
        "what": _plain(step),
        "until": iso(_day(step)),
        "who": step.who,
    }


KINDS = (
    DocumentKind(
        key="planning.plan",
        label="Integrationsplan",
        template="planning/papers/integration-plan.typ",
        compartments=TOLD,
        build=integration_plan,
        plain="planning.my_plan",
        said="Zum Besprechen und Unterschreiben; unterschrieben wird eine Fassung.",
    ),
    DocumentKind(
        key="planning.conference",
        label="Protokoll der Fallkonferenz",
        template="planning/papers/conference.typ",
        compartments=TOLD,
        build=conference,
        said="Themen, Beschlüsse und eine Teilnehmerliste zum Unterschreiben; von der letzten Fallkonferenz.",
        many=True,
    ),
    DocumentKind(
        key="planning.my_plan",
        label="Mein Plan (einfache Sprache)",
        template="planning/papers/my-plan.typ",
        compartments=TOLD,
        build=my_plan,
        said="Zwei Seiten für die Person, aus denselben Angaben.",
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
