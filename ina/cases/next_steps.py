"""What comes next in a case: its open items (``agenda``), what no item asks for, and steps that were agreed. Pure.

Nothing is said twice. Profilings and outcomes are asked for by the agenda alone; of the lanes that know more than it
does, a mark is left out when an item of the same name asks, or asked as part of the course of each case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ina.agenda.enums import ItemState, Urgency
from ina.cases.enums import State, Step
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.steps import Mark, MarkState

if TYPE_CHECKING:
    from ina.agenda.queries import ItemRow

TO_COME = (MarkState.LATE, MarkState.DUE, MarkState.OPEN)
ORDER = {MarkState.LATE: 0, MarkState.DUE: 1, MarkState.OPEN: 2}
SHOWN_AS = {Urgency.OVERDUE: MarkState.LATE, Urgency.SOON: MarkState.DUE}
# Lanes whose marks say more than the agenda knows, and the pages where they are worked on.
PAGES = {Step.PLANNING: "plan", Step.NETWORKING: "network", Step.MONITORING: "contacts"}


@dataclass(frozen=True)
class NextStep:
    """Something to do. ``page``: the page where it is done; ``place``: of the item that asks, 0 when none does."""

    title: str
    why: str
    state: MarkState
    due_on: date | None
    page: str = ""
    place: int = 0


def next_steps(
    *,
    items: Sequence[ItemRow],
    marks: Mapping[Step, list[Mark]],
    state: State,
    planning_date: date | None,
    led: bool,
    today: date,
) -> list[NextStep]:
    """What is overdue first, then what is due soon, then by its day, then what has none.

    items: of the agenda, open and closed. led: somebody leads the case today.
    """
    known = {item.title for item in items if item.kind or item.state is ItemState.OPEN}
    found = [_of_item(item) for item in items if item.state is ItemState.OPEN]
    if state in OPEN_STATES:
        found += _hints(planning_date, led)
    for step in PAGES:
        lane = marks.get(step, ())
        found += [_of_mark(step, mark, today) for mark in lane if mark.state in TO_COME and mark.label not in known]
    return sorted(found, key=lambda each: (ORDER[each.state], each.due_on or date.max, each.title))


def shown_as(urgency: Urgency) -> MarkState:
    """The mark of an open item."""
    return SHOWN_AS.get(urgency, MarkState.OPEN)


def _of_item(item: ItemRow) -> NextStep:
    why = f"zurückgestellt: {item.snooze_reason}" if item.snooze_reason else item.why
    return NextStep(item.title, why, shown_as(item.urgency), item.shown_on, item.page, item.place)


def _hints(planning_date: date | None, led: bool) -> list[NextStep]:
    hints = []
    if not led:
        hints.append(NextStep("Fallführung klären", "niemand führt diesen Fall", MarkState.OPEN, None, "handover"))
    if planning_date is None:
        why = "ohne ihn gibt es keine Fristen"
        hints.append(NextStep("Entlassungstermin eintragen", why, MarkState.OPEN, None, "release_dates"))
    return hints


def _of_mark(step: Step, mark: Mark, today: date) -> NextStep:
    # An open mark in the past says since when something stands like this; that is no deadline.
    standing = mark.state is MarkState.OPEN and mark.on < today
    return NextStep(mark.label, step.label, mark.state, None if standing else mark.on, PAGES[step])
