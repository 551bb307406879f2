"""The registry through which modules above tell their part of a case: marks on the six steps, lines of the timeline.

A part is a function ``(file, today) -> Part``. It asks nothing itself: the questions that it named when it was
registered are answered with the file (``file.answers``), visible rows only; all else is in the ``CaseFile``: facts,
acts, dates, and the dated parameters that it named. Filled in ``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ina.base.together import Read
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


Contribution = Callable[["CaseFile", date], Part]


@dataclass(frozen=True)
class _Registered:
    reads: tuple[Read, ...]
    parameters: tuple[str, ...]
    lists: tuple[str, ...]


_parts: dict[Contribution, _Registered] = {}


def register_part(
    contribution: Contribution,
    *,
    reads: Iterable[Read] = (),
    parameters: Iterable[str] = (),
    lists: Iterable[str] = (),
) -> None:
    """reads: what the part asks about the dossier; it finds the rows in ``file.answers``. parameters: keys of dated
    parameters that it looks up in ``file.parameters``; lists: of codes whose names it takes from ``file.labels``."""
    _parts[contribution] = _Registered(tuple(reads), tuple(parameters), tuple(lists))


def needed_reads() -> tuple[Read, ...]:
    """What all parts ask: a file answers it in one statement."""
    return tuple(dict.fromkeys(read for each in _parts.values() for read in each.reads))


def needed_parameters() -> set[str]:
    """The keys of dated parameters that all parts named."""
    return {key for each in _parts.values() for key in each.parameters}


def needed_lists() -> set[str]:
    """The lists of codes that all parts named."""
    return {key for each in _parts.values() for key in each.lists}


def marks_on(step: Step, marks: Iterable[Mark]) -> tuple[tuple[Step, Mark], ...]:
    """Marks that all lie on one lane, as a part takes them."""
    return tuple((step, mark) for mark in marks)


def pending(due_on: date, today: date, label: str) -> Mark:
    """The mark of something that is still to be done: open, due soon, or late from the day after on."""
    if today > due_on:
        return Mark(due_on, MarkState.LATE, label)
    return Mark(due_on, MarkState.DUE if today >= due_on - SOON else MarkState.OPEN, label)


def story_of(file: CaseFile, today: date) -> Story:
    """What all modules tell of the case, as far as the reader may see it.

    The file was opened along with ``queries.story_reads()``.
    """
    parts = [contribution(file, today) for contribution in _parts]
    marks: dict[Step, list[Mark]] = {step: [] for step in Step}
    for step, mark in sorted((each for part in parts for each in part.marks), key=lambda each: each[1].on):
        marks[step].append(mark)
    entries = [entry for part in parts for entry in part.entries]
    return Story(marks, sorted(reversed(entries), key=lambda entry: entry.on, reverse=True))
