"""The registry through which modules above tell their part of a case: marks on the six steps, lines of the timeline.

A part is a function ``(actor, file, today) -> Part``. It loads the rows of its module once, visible ones only, and
takes everything else from the ``CaseFile``: facts, acts, dates, and the dated parameters that it named when it was
registered. Filled in ``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ina.base.actor import Actor
from ina.cases.enums import Step

if TYPE_CHECKING:
    from ina.cases.queries import CaseFile

# From when on the picture shows that something is due soon: a matter of display, no deadline.
SOON = timedelta(weeks=2)


class MarkState(StrEnum):
    """The seven marks of the design that a step uses."""

    DONE = "done"
    RUNNING = "run"
    OPEN = "open"
    DUE = "due"
    LATE = "late"
    FAILED = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Mark:
    """Something on a lane: what, when, how far."""

    on: date
    state: MarkState
    label: str


@dataclass(frozen=True)
class Entry:
    """A line of the timeline. ``kind`` names the symbol: dot, gates, done, fail.

    of, ordinal: the entry behind it (``corrections.EntryKind``), which has a page. voided: when, by whom and why.
    """

    on: date
    title: str
    detail: str = ""
    by: str = ""
    kind: str = "dot"
    of: str = ""
    ordinal: int = 0
    voided: str = ""


@dataclass(frozen=True)
class Part:
    """What one module knows of a case."""

    marks: tuple[tuple[Step, Mark], ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Story:
    """All parts together: marks by step in the order of the days, and what happened, newest first."""

    marks: dict[Step, list[Mark]]
    entries: list[Entry]


Contribution = Callable[[Actor, "CaseFile", date], Part]
_parts: dict[Contribution, tuple[str, ...]] = {}


def register_part(contribution: Contribution, parameters: Iterable[str] = ()) -> None:
    """parameters: keys of dated parameters that the part will look up in ``file.parameters``."""
    _parts[contribution] = tuple(parameters)


def needed_parameters() -> set[str]:
    """The keys that all parts named: a file loads their values in one query."""
    return {key for keys in _parts.values() for key in keys}


def marks_on(step: Step, marks: Iterable[Mark]) -> tuple[tuple[Step, Mark], ...]:
    """Marks that all lie on one lane, as a part takes them."""
    return tuple((step, mark) for mark in marks)


def pending(due_on: date, today: date, label: str) -> Mark:
    """The mark of something that is still to be done: open, due soon, or late from the day after on."""
    if today > due_on:
        return Mark(due_on, MarkState.LATE, label)
    return Mark(due_on, MarkState.DUE if today >= due_on - SOON else MarkState.OPEN, label)


def story_of(actor: Actor, file: CaseFile, today: date) -> Story:
    """What all modules tell of the case, as far as the actor may see it."""
    parts = [contribution(actor, file, today) for contribution in _parts]
    marks: dict[Step, list[Mark]] = {step: [] for step in Step}
    for step, mark in sorted((each for part in parts for each in part.marks), key=lambda each: each[1].on):
        marks[step].append(mark)
    entries = [entry for part in parts for entry in part.entries]
    return Story(marks, sorted(reversed(entries), key=lambda entry: entry.on, reverse=True))
