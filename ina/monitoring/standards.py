"""The list of minimum standards delivered with the programme (``data/*.toml``), read once; and where each one stands.

Source: domain section 5. Pure but for reading the file. A wrong file stops the start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ina.monitoring.enums import StandardMark, StandardState
from ina.reference.enums import ValueKind
from ina.reference.rules import Duration, parse_value

FILE = Path(__file__).parent / "data" / "minimum-standards-2026.toml"
# So long before its day an item is shown as coming up.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Standard:
    """One item. ``due``: distance of its day from the release. ``health``: tells of health, hence apart."""

    number: int
    label: str
    due: Duration
    is_before: bool
    who: str
    evidence: str
    pitfall: str
    health: bool

    def due_on(self, release: date | None) -> date | None:
        if release is None:
            return None
        return self.due.before(release) if self.is_before else self.due.after(release)

    @property
    def when(self) -> str:
        """In words."""
        if not self.due.count:
            return "am Tag der Entlassung"
        return f"{self.due} {'vorher' if self.is_before else 'danach'}"


@dataclass(frozen=True)
class Catalogue:
    name: str
    version: str
    items: tuple[Standard, ...]

    def get(self, number: int) -> Standard | None:
        return next((one for one in self.items if one.number == number), None)


@cache
def catalogue() -> Catalogue:
    return read_catalogue(FILE.read_text(encoding="utf-8"))


def read_catalogue(text: str) -> Catalogue:
    """Raises ValueError with the number of the item that is wrong."""
    raw = tomllib.loads(text)
    items = tuple(_item(one) for one in raw["item"])
    numbers = [one.number for one in items]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"{raw['name']}: a number twice")
    return Catalogue(raw["name"], raw["version"], items)


def mark_of(state: StandardState, due_on: date | None, today: date) -> StandardMark:
    """Done and left out stand as they are; what is open is late, coming up, or later."""
    if state is StandardState.DONE:
        return StandardMark.DONE
    if state is StandardState.LEFT_OUT:
        return StandardMark.LEFT_OUT
    if due_on is None:
        return StandardMark.NO_DATE
    if due_on < today:
        return StandardMark.LATE
    return StandardMark.SOON if due_on <= today + SOON else StandardMark.LATER


def met(states: Iterable[StandardState]) -> tuple[int, int]:
    """x of y applicable: what is left out with a reason counts nowhere."""
    counted = [state for state in states if state is not StandardState.LEFT_OUT]
    return sum(state is StandardState.DONE for state in counted), len(counted)


def _item(raw: dict) -> Standard:
    number = raw.get("number")
    known = {"number", "label", "before", "after", "who", "evidence", "pitfall", "health"}
    if (
        not isinstance(number, int)
        or raw.keys() - known
        or ("before" in raw) == ("after" in raw)
        or not raw.get("label")
    ):
        raise ValueError(f"item {number}: number, label, and one of before and after")
    due = parse_value(ValueKind.DURATION, raw.get("before") or raw["after"])
    if not isinstance(due, Duration):
        raise ValueError(f"item {number}: no duration")
    return Standard(
        number=number,
        label=raw["label"],
        due=due,
        is_before="before" in raw,
        who=raw.get("who", ""),
        evidence=raw.get("evidence", ""),
        pitfall=raw.get("pitfall", ""),
        health=raw.get("health", False),
    )
