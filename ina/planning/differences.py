"""What is different between two versions of a plan: goals and steps by their numbers, progress apart. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ina.planning.queries import GoalRow, PlanRow, StepRow


class Change(StrEnum):
    NEW = "NEW"
    GONE = "GONE"
    CHANGED = "CHANGED"

    @property
    def label(self) -> str:
        return {"NEW": "neu", "GONE": "weggefallen", "CHANGED": "geändert"}[self.value]


@dataclass(frozen=True)
class Said:
    """One field that says something else. Empty: nothing was said."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class Difference:
    """A goal or a step. number: „2“ or „2.1“; said: what is different in it, when it stands in both versions."""

    number: str
    words: str
    change: Change
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Compared:
    """agreed: what was written otherwise. progress: how far things are, which is no part of what was signed."""

    agreed: tuple[Difference, ...]
    progress: tuple[Difference, ...]


Fields = tuple[tuple[str, Callable[[Any], str]], ...]


def _day(row: GoalRow | StepRow) -> str:
    on = row.target_on if isinstance(row, GoalRow) else row.due_on
    if row.offset:
        return row.offset.told
    return f"{on:%d.%m.%Y}" if on else ""


def _span(step: StepRow) -> str:
    days = [f"{day:%d.%m.%Y}" if day else "" for day in (step.starts_on, step.ends_on)]
    return "–".join(days) if any(days) else ""


GOAL: Fields = (
    ("Worte der Person", lambda goal: goal.wording_person),
    ("fachlich", lambda goal: goal.wording_professional),
    ("Teil", lambda goal: goal.part.label),
    ("Schlüsselgruppe", lambda goal: goal.key_group.label),
    ("Handlungsbedarf", lambda goal: goal.need),
    ("erkennbar an", lambda goal: goal.indicator),
    ("Priorität", lambda goal: goal.priority.label),
    ("bis", _day),
)
STEP: Fields = (
    ("was", lambda step: step.what),
    ("wer", lambda step: step.who),
    ("Förderung", lambda step: step.instrument),
    ("wer zahlt", lambda step: step.cost_bearer),
    ("Zeitraum", _span),
    ("bis", _day),
)
GOAL_PROGRESS: Fields = (
    ("Stand", lambda goal: goal.status.label),
    ("Begründung", lambda goal: goal.status_reason),
)
STEP_PROGRESS: Fields = (
    ("Stand", lambda step: step.status.label),
    ("Ergebnis", lambda step: step.result),
    ("beantragt", lambda step: f"{step.applied_on:%d.%m.%Y}" if step.applied_on else ""),
    ("Entscheidung", lambda step: step.decision.label if step.decision else ""),
)


def differences(before: PlanRow, after: PlanRow) -> Compared:
    """From one version to another. Voided entries count as not there."""
    agreed: list[Difference] = []
    progress: list[Difference] = []
    aims = tuple(_told((("berufliches Ziel", lambda plan: plan.aim),), before, after))
    if aims:
        agreed.append(Difference("", "Berufliches Ziel", Change.CHANGED, aims))
    old, new = _entries(before), _entries(after)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        number = ".".join(str(part) for part in key if part)
        row = now or was
        assert row is not None
        words = row.wording_person if isinstance(row, GoalRow) else row.what
        if was is None or now is None:
            agreed.append(Difference(number, words, Change.NEW if was is None else Change.GONE))
            continue
        is_goal = isinstance(row, GoalRow)
        for found, fields in (
            (agreed, GOAL if is_goal else STEP),
            (progress, GOAL_PROGRESS if is_goal else STEP_PROGRESS),
        ):
            if said := _told(fields, was, now):
                found.append(Difference(number, words, Change.CHANGED, said))
    return Compared(tuple(agreed), tuple(progress))


def _entries(plan: PlanRow) -> dict[tuple[int, int], GoalRow | StepRow]:
    """By number of the goal and of the step; 0 is the goal itself."""
    found: dict[tuple[int, int], GoalRow | StepRow] = {}
    for goal in plan.goals:
        found[goal.number, 0] = goal
        for step in goal.steps:
            found[goal.number, step.number] = step
    return found


def _told(fields: Fields, was: Any, now: Any) -> tuple[Said, ...]:
    pairs = ((name, said(was), said(now)) for name, said in fields)
    return tuple(Said(name, old, new) for name, old, new in pairs if old != new)
