"""The registry through which modules above show in the preview what a moved date of release does to what they own.

A source is a function ``(actor, file, new, today)``; ``file`` knows the day as planned so far. Filled in
``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from ina.base.actor import Actor

if TYPE_CHECKING:
    from ina.agenda.queries import Move
    from ina.cases.queries import CaseFile

Source = Callable[[Actor, "CaseFile", date | None, date], "Iterable[Move]"]
_sources: list[Source] = []


def register_moves(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def moved_elsewhere(actor: Actor, file: CaseFile, new: date | None, today: date) -> list[Move]:
    """What moves, waits or stays, of all modules above."""
    return [move for source in _sources for move in source(actor, file, new, today)]
