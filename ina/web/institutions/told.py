"""How the periods of competence are shown: with a mark and a word for what has been, is and will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.institutions.competence import Tenure

STATES = {"past": ("na", "früher"), "now": ("done", "jetzt"), "later": ("open", "künftig")}


@dataclass(frozen=True)
class Told:
    """Periods of one name or, put together, of several with the same days and source."""

    names: tuple[str, ...]
    each: Tenure
    mark: str
    word: str


def told(tenures: Iterable[Tenure], today: date) -> list[Told]:
    """In the order in which they come; what has days and source in common stands in one line."""
    together: dict[tuple, list[Tenure]] = {}
    for one in tenures:
        together.setdefault((one.since, one.until, one.source), []).append(one)
    return [Told(tuple(one.name for one in ones), ones[0], *STATES[ones[0].when(today)]) for ones in together.values()]
