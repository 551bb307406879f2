"""Lines of the trail as they are read: who, in which position, what, in which file, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from ina.access.enums import Basis
from ina.access.queries import dossier_numbers
from ina.accounts.queries import display_names, position_labels
from ina.audit.queries import TrailLine
from ina.base import clock

BASES = {basis.value: basis.label for basis in Basis}


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    position: str
    what: str
    number: str
    reason: str


def readable(lines: Iterable[TrailLine]) -> tuple[Line, ...]:
    """With names and numbers in three statements, however many lines."""
    lines = tuple(lines)
    names = display_names(line.user_id for line in lines if line.user_id)
    positions = position_labels(line.membership_id for line in lines if line.membership_id)
    numbers = dossier_numbers({line.dossier_id for line in lines if line.dossier_id})
    return tuple(
        Line(
            at=line.at.astimezone(clock.BERLIN),
            who=names.get(line.user_id, "gelöschtes Konto") if line.user_id else _without_account(line.actor),
            position=positions.get(line.membership_id, "") if line.membership_id else "",
            what=line.what,
            number=numbers.get(line.dossier_id, "gelöschte Akte") if line.dossier_id else "",
            reason=BASES.get(line.reason, line.reason),
        )
        for line in lines
    )


def beginning(day: date) -> datetime:
    """The first moment of a day in Germany."""
    return datetime.combine(day, time.min, clock.BERLIN)


def _without_account(actor: str) -> str:
    return "die Anlage selbst" if actor.startswith("system:") else "nicht angemeldet"
