"""How an application moves (domain 9.5, BenefitApplication), and by when somebody has to act. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ina.monitoring.enums import ApplicationStep as Step
from ina.reference.rules import Duration

# What may follow on what. PREPARED is where each begins; a decision on an objection is a decision again.
DECISIONS = (Step.GRANTED, Step.PROVISIONAL, Step.DENIED)
NEXT: dict[Step, tuple[Step, ...]] = {
    Step.PREPARED: (Step.FILED, Step.WITHDRAWN),
    Step.FILED: (Step.MISSING_DOCS, *DECISIONS, Step.WITHDRAWN),
    Step.MISSING_DOCS: (Step.FILED, *DECISIONS, Step.WITHDRAWN),
    Step.GRANTED: (Step.OBJECTION,),
    Step.PROVISIONAL: (Step.OBJECTION, Step.GRANTED, Step.DENIED),
    Step.DENIED: (Step.OBJECTION,),
    Step.OBJECTION: (*DECISIONS, Step.WITHDRAWN),
    Step.WITHDRAWN: (),
}


@dataclass(frozen=True)
class Moved:
    """A step and its day: of a filing the day the office received it, of a decision the day it was served. ``due_on``:
    what the office asked for by when."""

    step: Step
    on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Due:
    on: date
    what: str


def stands_at(moves: Sequence[Moved]) -> Step:
    """Where it stands after these moves, in the order in which they were entered."""
    return moves[-1].step if moves else Step.PREPARED


def may_follow(moves: Sequence[Moved]) -> tuple[Step, ...]:
    return NEXT[stands_at(moves)]


def next_due(prepared_on: date, moves: Sequence[Moved], objection: Duration, patience: Duration) -> Due | None:
    """What has to happen next, and by when; None when nothing has to.

    objection: the time for one, from the day a decision was served (§ 84 SGG). patience: so long after filing somebody
    asks where it is.
    """
    last = moves[-1] if moves else Moved(Step.PREPARED, prepared_on)
    match last.step:
        case Step.PREPARED:
            return Due(patience.after(last.on), "den Antrag stellen")
        case Step.FILED | Step.OBJECTION:
            return Due(patience.after(last.on), "nachfragen, wo er bleibt")
        case Step.MISSING_DOCS:
            return Due(last.due_on or patience.after(last.on), "die fehlenden Unterlagen nachreichen")
        case Step.DENIED:
            return Due(objection.after(last.on), "Widerspruch einlegen oder es lassen")
        case Step.PROVISIONAL:
            return Due(objection.after(last.on), "den vorläufigen Bescheid prüfen")
        case _:
            return None
