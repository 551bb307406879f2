"""The registry through which modules above say who else must be told when a date of release moves.

A source is a function ``(actor, file, old, new, today) -> Involved``: bodies that take part in the case, with what
the new day means to them. Whether they may be told is not theirs to say: ``queries.notices`` asks for the consent or
the legal basis of each. Filled in ``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ina.base.actor import Actor
from ina.cases.rules.calls import CallRole

if TYPE_CHECKING:
    from ina.cases.queries import CaseFile


@dataclass(frozen=True)
class Involved:
    """A body outside that takes part in the case, by the key of its row. reason: what it does there, in German.

    role: where its kind alone does not say what it is for (a provider may be a bed or a course); None: by its kind.
    """

    key: str
    reason: str
    role: CallRole | None = None


Source = Callable[[Actor, "CaseFile", date | None, date | None, date], Iterable[Involved]]
_sources: list[Source] = []


def register_calls(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def involved(actor: Actor, file: CaseFile, old: date | None, new: date | None, today: date) -> list[Involved]:
    """Everybody whom a module names, as far as the actor may see it; ``old`` and ``new``: the planning dates."""
    return [each for source in _sources for each in source(actor, file, old, new, today)]
