"""What comes next in a case, from its state, its dates and the marks of its steps. Pure.

Until dated items exist (agenda), this is the list "Nächste Schritte": acts that the lifecycle waits for, and marks that
are still to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ina.cases.enums import Act, State, Step
from ina.cases.steps import Mark, MarkState, pending

TO_COME = (MarkState.LATE, MarkState.DUE, MarkState.OPEN)
URGENCY = {MarkState.LATE: 0, MarkState.DUE: 1, MarkState.OPEN: 2}


@dataclass(frozen=True)
class NextStep:
    """Something to do. ``about`` says where: an act of the lifecycle, "talk", "release_date", or a step's lane."""

    title: str
    why: str
    state: MarkState
    due_on: date | None
    about: Act | Step | str


@dataclass(frozen=True)
class Deadlines:
    """Days that follow from dated parameters; None where they do not apply."""

    first_talk: date | None = None
    admission: date | None = None


def next_steps(
    *,
    state: State,
    has_talk: bool,
    released: bool,
    planning_date: date | None,
    aftercare_ends: date | None,
    marks: Mapping[Step, list[Mark]],
    deadlines: Deadlines,
    today: date,
) -> list[NextStep]:
    """What is to be done, the latest first, then what is due, then what has a day, then the rest."""
    found: list[NextStep] = []

    def add(title: str, why: str, due_on: date | None, about) -> None:
        mark = pending(due_on, today, title).state if due_on else MarkState.OPEN
        found.append(NextStep(title, why, mark, due_on, about))

    before_admission = state in (State.REFERRED, State.WAITING)
    if before_admission and not has_talk:
        add("Erstgespräch führen", "freiwillig, eine Ablehnung hat keine Nachteile", deadlines.first_talk, "talk")
    if before_admission:
        add("Über die Aufnahme entscheiden", "braucht beide Einwilligungen", deadlines.admission, Act.ADMITTED)
    if state is State.ADMITTED:
        if planning_date is None:
            add("Entlassungstermin eintragen", "ohne ihn gibt es keine Fristen", None, "release_date")
        elif planning_date <= today:
            add("Entlassung bestätigen", "der Planungstermin ist erreicht", planning_date, Act.RELEASE_CONFIRMED)
    if state in (State.AFTERCARE, State.PAUSED) and aftercare_ends is not None and released:
        add("Fall abschließen", "Ende der Nachsorge", aftercare_ends, Act.CLOSED)
    if state is State.PAUSED:
        add("Nachsorge wieder aufnehmen", "der Fall ruht", None, Act.RESUMED)
    for step, lane in marks.items():
        for mark in lane:
            if mark.state in TO_COME:
                # An open mark in the past says since when something stands like this; that is no deadline.
                standing = mark.state is MarkState.OPEN and mark.on < today
                found.append(NextStep(mark.label, step.label, mark.state, None if standing else mark.on, step))
    return sorted(found, key=lambda each: (URGENCY[each.state], each.due_on or date.max, each.title))
