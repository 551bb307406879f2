"""Two profilings side by side: what became better, worse, stayed, is new or gone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ina.profiling.enums import Need, Severity

WEIGHT = {Severity.NONE: 0, Severity.PRESENT: 1, Severity.SEVERE: 2}
WORDS = ("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


class Change(StrEnum):
    BETTER = "BETTER"
    WORSE = "WORSE"
    NEW = "NEW"
    GONE = "GONE"
    SAME = "SAME"
    UNCHECKED = "UNCHECKED"

    @property
    def label(self) -> str:
        return {
            "BETTER": "besser",
            "WORSE": "schwerer",
            "NEW": "neu gesehen",
            "GONE": "nicht mehr angesehen",
            "SAME": "gleich",
            "UNCHECKED": "noch nicht geprüft",
        }[self.value]

    @property
    def mark(self) -> str:
        return {"BETTER": "done", "WORSE": "late", "NEW": "dot", "GONE": "unknown", "SAME": "na", "UNCHECKED": "due"}[
            self.value
        ]


@dataclass(frozen=True)
class Rated:
    severity: Severity
    own: Severity | None = None
    evidence: str = ""
    basis: str = ""
    unchecked: bool = False


@dataclass(frozen=True)
class NeedChange:
    """before, after: None when that profiling did not look at it."""

    need: Need
    before: Rated | None
    after: Rated | None
    change: Change


def compare(before: Mapping[Need, Rated], after: Mapping[Need, Rated]) -> list[NeedChange]:
    """All needs that one of the two looked at: better first, then worse, new, unchanged."""
    found = [
        NeedChange(need, before.get(need), after.get(need), change_of(before.get(need), after.get(need)))
        for need in Need
        if need in before or need in after
    ]
    order = list(Change)
    needs = list(Need)
    return sorted(found, key=lambda one: (order.index(one.change), needs.index(one.need)))


def change_of(before: Rated | None, after: Rated | None) -> Change:
    """Better means less in the way. What was copied and not looked at again says nothing yet."""
    if after is None:
        return Change.GONE
    if after.unchecked:
        return Change.UNCHECKED
    if before is None:
        return Change.NEW
    difference = WEIGHT[after.severity] - WEIGHT[before.severity]
    return Change.SAME if not difference else Change.WORSE if difference > 0 else Change.BETTER


def worth_showing(one: NeedChange) -> bool:
    """Not without need in both: those are only named."""
    severities = {each.severity for each in (one.before, one.after) if each is not None}
    return severities != {Severity.NONE} or one.change is Change.UNCHECKED


def sentence(changes: list[NeedChange], since: str) -> str:
    """„Von acht Punkten sind vier besser, drei gleich und einer schwerer verglichen mit …“ since: „im Mai 2026“."""
    shown = [one for one in changes if worth_showing(one)]
    if not shown:
        return f"Im Weg stand {since} nichts, und das ist so geblieben."
    parts = []
    for change, word in (
        (Change.BETTER, "besser"),
        (Change.SAME, "gleich"),
        (Change.WORSE, "schwerer"),
        (Change.NEW, "neu dazugekommen"),
        (Change.GONE, "nicht mehr angesehen"),
        (Change.UNCHECKED, "noch nicht geprüft"),
    ):
        if count := sum(one.change is change for one in shown):
            parts.append(f"{'einer' if count == 1 else in_words(count)} {word}")
    verb = "sind" if not parts[0].startswith("einer ") else "ist"
    listed = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " und " + parts[-1]
    if len(shown) == 1:
        return f"Ein Punkt stand im Weg; er ist {parts[0].removeprefix('einer ')}, verglichen mit dem Stand {since}."
    return f"Von {in_words(len(shown))} Punkten {verb} {listed}, verglichen mit dem Stand {since}."


def in_words(count: int) -> str:
    return WORDS[count] if count < len(WORDS) else str(count)
