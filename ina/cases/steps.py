"""The registries through which modules above show their part of a case: the six steps, and the timeline.

A contribution to a step is a function ``(actor, case, today) -> list[Mark]``, one to the timeline ``(actor, case) ->
list[Entry]``; both read visible rows only. Filled in ``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ina.cases.enums import Step

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
    """A line of the timeline. ``kind`` names the symbol: dot, gates, done, fail."""

    on: date
    title: str
    detail: str = ""
    by: str = ""
    kind: str = "dot"


_steps: dict[Step, list[Callable[..., list[Mark]]]] = {step: [] for step in Step}
_timeline: list[Callable[..., list[Entry]]] = []


def register_step(step: Step, contribution: Callable[..., list[Mark]]) -> None:
    if contribution not in _steps[step]:
        _steps[step].append(contribution)


def register_timeline(contribution: Callable[..., list[Entry]]) -> None:
    if contribution not in _timeline:
        _timeline.append(contribution)


def pending(due_on: date, today: date, label: str) -> Mark:
    """The mark of something that is still to be done: open, due soon, or late from the day after on."""
    if today > due_on:
        return Mark(due_on, MarkState.LATE, label)
    return Mark(due_on, MarkState.DUE if today >= due_on - SOON else MarkState.OPEN, label)


def marks_of(actor, case, today: date) -> dict[Step, list[Mark]]:
    """All marks of a case by step, in the order of the days."""
    return {
        step: sorted(
            (mark for contribution in contributions for mark in contribution(actor, case, today)),
            key=lambda mark: mark.on,
        )
        for step, contributions in _steps.items()
    }


def timeline_of(actor, case) -> list[Entry]:
    """All that happened, newest first."""
    entries = [entry for contribution in _timeline for entry in contribution(actor, case)]
    return sorted(entries, key=lambda entry: (entry.on, entry.title), reverse=True)
