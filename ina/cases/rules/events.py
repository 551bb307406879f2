"""Special events around a case, and what must be said with each. Source: domain 9.3. Pure.

None of them is an act of the lifecycle: the state stays, and what follows is derived or offered, never done unasked.
A transfer is a hand-over and is not entered here. Of an escape only „derzeit nicht erreichbar“ is known: security stays
in the prison's own system, and nothing here may hint at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.cases.enums import EventKind, HypothesisKind
from ina.reference.rules import Duration


@dataclass(frozen=True)
class Happening:
    """What an event needs. free: True only after the release, False only before it, None at any time.

    details: code list of the kind that must be said. speaks: whether a remark may be written at all. pause: code of
    ``pause_reasons`` that is offered afterwards.
    """

    kind: EventKind
    free: bool | None
    details: str = ""
    needs_until: bool = False
    speaks: bool = True
    pause: str = ""


HAPPENINGS: tuple[Happening, ...] = (
    Happening(EventKind.OPEN_PRISON, False),
    Happening(EventKind.CLOSED_PRISON, False, speaks=False),
    Happening(EventKind.WORK_RELEASE, False),
    # A code and no sentence: appointments outside lapse „aus organisatorischen Gründen“, nobody reads blame here.
    Happening(EventKind.RELAXATION_ENDED, False, "relaxation_endings", speaks=False),
    Happening(EventKind.POSTPONED, False),
    Happening(EventKind.REIMPRISONED, True, "reimprisonment_kinds", pause="REIMPRISONED"),
    Happening(EventKind.VOLUNTARY_RETURN, True, needs_until=True),
    Happening(EventKind.UNAVAILABLE, None, speaks=False, pause="UNAVAILABLE"),
)
BY_KIND = {happening.kind: happening for happening in HAPPENINGS}
DETAIL_LISTS = tuple(happening.details for happening in HAPPENINGS if happening.details)

# What falls with a decision against the suspension of the rest of the sentence (§ 57 StGB, § 88 JGG).
FALLS_WITH_POSTPONED = frozenset({HypothesisKind.TWO_THIRDS, HypothesisKind.HALF, HypothesisKind.COURT_DECISION})


def possible_events(*, released: bool) -> list[Happening]:
    """What may happen now, in the order of the table."""
    return [each for each in HAPPENINGS if each.free is None or each.free is released]


def hindrance(
    happening: Happening,
    *,
    on: date,
    until: date | None,
    released_on: date | None,
    detail: str,
    remark: str,
    return_window: Duration | None = None,
    return_max: Duration | None = None,
) -> tuple[str, str] | None:
    """What stands against the entry: a German sentence and the field it is about; None when it is possible.

    return_window, return_max: how long after the release a voluntary return is possible, and for how long (§ 62
    StVollzG NRW); both are needed for that event.
    """
    if happening.free is True and released_on is None:
        return "Das gibt es erst nach der Entlassung.", "kind"
    if happening.free is False and released_on is not None:
        return "Das gibt es nur vor der Entlassung.", "kind"
    if happening.free is True and released_on is not None and on < released_on:
        return f"Der Tag liegt vor der Entlassung am {released_on:%d.%m.%Y}.", "happened_on"
    if happening.details and not detail:
        return "Bitte wählen Sie die Art.", "detail"
    if not happening.speaks and remark:
        return "Zu diesem Ereignis gehört keine Bemerkung in die Akte.", "remark"
    if happening.needs_until and until is None:
        return "Bitte sagen Sie, bis wann.", "until"
    if until is not None and until < on:
        return "Das Ende liegt vor dem Anfang.", "until"
    if happening.kind is EventKind.VOLUNTARY_RETURN and released_on and until and return_window and return_max:
        if on > (latest := return_window.after(released_on)):
            return (
                f"Freiwillig zurückkehren kann jemand nur bis zum {latest:%d.%m.%Y} (§ 62 StVollzG NRW).",
                "happened_on",
            )
        if until > (longest := return_max.after(on)):
            return (
                f"Der freiwillige Aufenthalt dauert höchstens bis zum {longest:%d.%m.%Y} (§ 62 StVollzG NRW).",
                "until",
            )
    return None


@dataclass(frozen=True)
class Regime:
    """How somebody lives in custody, as the events tell it; None and False: nothing was entered."""

    is_open: bool | None
    works_outside: bool


def regime(events: Iterable[tuple[date, EventKind]]) -> Regime:
    """Open or closed prison, and whether work outside is allowed. ``events`` in their order."""
    is_open, works_outside = None, False
    for _, kind in events:
        if kind in (EventKind.OPEN_PRISON, EventKind.CLOSED_PRISON):
            is_open = kind is EventKind.OPEN_PRISON
        if kind is EventKind.WORK_RELEASE:
            works_outside = True
        elif kind in (EventKind.RELAXATION_ENDED, EventKind.CLOSED_PRISON):
            works_outside = False
    return Regime(is_open, works_outside)
