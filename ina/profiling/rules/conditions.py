"""The language of a scheme's conditions: small enough to be read aloud, and nothing in it is executed as code.

    count(Q, L, R) = 1 and severe(Q, L, R) = 0 and months <= 12

Names: ``Q``, ``L``, ``M``, ``R`` (how much need there is: ``none``, ``present``, ``severe``), ``months`` and
``months_to_market`` (numbers, may be unknown), ``focus`` and ``heaviest`` (a key group or ``none``), the flags
``direct``, ``in_work_but_needy``, ``activation_not_required``, and ``always``. ``count(…)`` is the number of the named
groups with any need, ``severe(…)`` of those with a severe one, ``unknown(months)`` whether a prognosis is missing. A
comparison with an unknown number is not met. Words: ``and``, ``or``, ``not``, brackets. Pure.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from ina.profiling.enums import KeyGroup, Severity

GROUPS = {
    "Q": KeyGroup.QUALIFICATION,
    "L": KeyGroup.PERFORMANCE,
    "M": KeyGroup.MOTIVATION,
    "R": KeyGroup.CIRCUMSTANCES,
}
LEVELS = {"none": Severity.NONE, "present": Severity.PRESENT, "severe": Severity.SEVERE}
WEIGHT = {Severity.NONE: 0, Severity.PRESENT: 1, Severity.SEVERE: 2}
NUMBERS = {"months": "Prognose bis zur Arbeit", "months_to_market": "Heranführung an den Arbeitsmarkt"}
CHOICES = {"focus": "Schwerpunkt", "heaviest": "größter Bedarf"}
FLAGS = {
    "direct": "direkter Weg in den ersten Arbeitsmarkt",
    "in_work_but_needy": "in Arbeit und weiter hilfebedürftig",
    "activation_not_required": "Aktivierung nicht erforderlich",
}
COMPARE: dict[str, Callable] = {
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z_]+)|(?P<number>\d+)|(?P<sign><=|>=|[=<>(),]))")


class WrongCondition(ValueError):
    """What is wrong with a condition, in German."""


@dataclass(frozen=True)
class Findings:
    """What a derivation rests on. months: until work; months_to_market: until the person can be brought to it."""

    needs: dict[KeyGroup, Severity]
    months: int | None = None
    months_to_market: int | None = None
    focus: KeyGroup | None = None
    direct: bool = False
    in_work_but_needy: bool = False
    activation_not_required: bool = False

    def of(self, group: KeyGroup) -> Severity:
        return self.needs.get(group, Severity.NONE)

    @property
    def groups(self) -> int:
        """In how many of the four key groups there is a need."""
        return sum(self.of(group) is not Severity.NONE for group in KeyGroup)

    @property
    def heaviest(self) -> KeyGroup | None:
        """The one key group with more need than any other, motivation aside; None when several weigh the same."""
        weights = {group: WEIGHT[self.of(group)] for group in KeyGroup if group is not KeyGroup.MOTIVATION}
        top = max(weights.values())
        leading = [group for group, weight in weights.items() if weight == top]
        return leading[0] if top and len(leading) == 1 else None


@dataclass(frozen=True)
class Condition:
    """A condition that was read: whether it is met, and the facts it looks at as a German line."""

    text: str
    met: Callable[[Findings], bool]
    looks_at: tuple[str, ...]

    def facts(self, findings: Findings) -> str:
        return " · ".join(fact for name in self.looks_at if (fact := _fact(name, findings)))


def read_condition(text: str) -> Condition:
    """Raises WrongCondition, with a German sentence that names the place."""
    reader = _Reader(text)
    met = reader.either()
    if reader.token is not None:
        raise WrongCondition(f"Nach Zeichen {reader.place} geht es unerwartet weiter mit „{reader.token}“.")
    return Condition(text, met, tuple(dict.fromkeys(reader.names)))


def _fact(name: str, findings: Findings) -> str:
    if name in GROUPS:
        group = GROUPS[name]
        return f"{group.label}: {findings.of(group).label}"
    if name in NUMBERS:
        number = getattr(findings, name)
        return f"{NUMBERS[name]}: {'unbekannt' if number is None else months_label(number)}"
    if name in CHOICES:
        chosen = getattr(findings, name)
        nobody = "nicht gesetzt" if name == "focus" else "keiner überwiegt"
        return f"{CHOICES[name]}: {chosen.label if chosen else nobody}"
    return f"{FLAGS[name]}: {'ja' if getattr(findings, name) else 'nein'}"


def months_label(number: int) -> str:
    return "1 Monat" if number == 1 else f"{number} Monate"


class _Reader:
    """One token after the other: either → both → single."""

    def __init__(self, text: str):
        self.text, self.place, self.end = text, 0, 0
        self.token: str | None = None
        self.names: list[str] = []
        self.step()

    def step(self) -> None:
        rest = self.text[self.end :]
        if not rest.strip():
            self.place, self.token = len(self.text), None
            return
        found = TOKEN.match(rest)
        if found is None:
            raise WrongCondition(f"Zeichen {self.end + 1}: „{rest.strip()[0]}“ gehört nicht in eine Bedingung.")
        self.place, self.end = self.end, self.end + found.end()
        self.token = found.group(found.lastgroup or 0)

    def take(self, wanted: str) -> None:
        if self.token != wanted:
            raise WrongCondition(f"Zeichen {self.place + 1}: Hier fehlt „{wanted}“{self._instead()}.")
        self.step()

    def _instead(self) -> str:
        return f", dort steht „{self.token}“" if self.token is not None else ", die Bedingung ist zu Ende"

    def either(self) -> Callable[[Findings], bool]:
        parts = [self.both()]
        while self.token == "or":  # noqa: S105 - a word of the language
            self.step()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda found: any(part(found) for part in parts)

    def both(self) -> Callable[[Findings], bool]:
        parts = [self.single()]
        while self.token == "and":  # noqa: S105 - a word of the language
            self.step()
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else lambda found: all(part(found) for part in parts)

    def single(self) -> Callable[[Findings], bool]:
        name = self.token
        if name is None:
            raise WrongCondition("Die Bedingung bricht ab.")
        if name == "not":
            self.step()
            inner = self.single()
            return lambda found: not inner(found)
        if name == "(":
            self.step()
            inner = self.either()
            self.take(")")
            return inner
        self.step()
        if name == "always":
            return lambda found: True
        if name in FLAGS:
            self.names.append(name)
            return lambda found: getattr(found, name)
        if name == "unknown":
            return self._unknown()
        if name in ("count", "severe"):
            return self._counted(name)
        if name in GROUPS:
            return self._level(name)
        if name in NUMBERS:
            self.names.append(name)
            return self._compared(lambda found: getattr(found, name))
        if name in CHOICES:
            return self._chosen(name)
        raise WrongCondition(f"„{name}“ gibt es in der Regelsprache nicht.")

    def _unknown(self) -> Callable[[Findings], bool]:
        self.take("(")
        name = self.token
        if name not in NUMBERS:
            raise WrongCondition(f"unknown(…) fragt nach {' oder '.join(NUMBERS)}{self._instead()}.")
        self.names.append(name)
        self.step()
        self.take(")")
        return lambda found: getattr(found, name) is None

    def _counted(self, name: str) -> Callable[[Findings], bool]:
        self.take("(")
        groups = [self._group()]
        while self.token == ",":  # noqa: S105 - a sign of the language
            self.step()
            groups.append(self._group())
        self.take(")")
        least = 1 if name == "count" else 2
        return self._compared(lambda found: sum(WEIGHT[found.of(group)] >= least for group in groups))

    def _group(self, *, remember: bool = True) -> KeyGroup:
        name = self.token
        if name not in GROUPS:
            raise WrongCondition(f"Zeichen {self.place + 1}: Hier steht eine Schlüsselgruppe (Q, L, M oder R).")
        if remember:
            self.names.append(name)
        self.step()
        return GROUPS[name]

    def _sign(self) -> Callable:
        sign = self.token
        if sign not in COMPARE:
            raise WrongCondition(f"Zeichen {self.place + 1}: Hier fehlt ein Vergleich (=, <, >, <=, >=).")
        self.step()
        return COMPARE[sign]

    def _compared(self, value: Callable[[Findings], int | None]) -> Callable[[Findings], bool]:
        compare, number = self._sign(), self.token
        if number is None or not number.isdecimal():
            raise WrongCondition(f"Zeichen {self.place + 1}: Hier fehlt eine Zahl.")
        self.step()
        return lambda found: (have := value(found)) is not None and compare(have, int(number))

    def _level(self, name: str) -> Callable[[Findings], bool]:
        self.names.append(name)
        compare, level = self._sign(), self.token
        if level not in LEVELS:
            raise WrongCondition(f"Zeichen {self.place + 1}: Hier steht none, present oder severe.")
        self.step()
        return lambda found: compare(WEIGHT[found.of(GROUPS[name])], WEIGHT[LEVELS[level]])

    def _chosen(self, name: str) -> Callable[[Findings], bool]:
        self.names.append(name)
        self.take("=")
        if self.token == "none":  # noqa: S105 - a word of the language
            self.step()
            return lambda found: getattr(found, name) is None
        group = self._group(remember=False)
        return lambda found: getattr(found, name) is group
