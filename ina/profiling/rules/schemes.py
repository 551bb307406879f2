"""A scheme of profiling as data: categories, the steps that derive one, and what a category leads one to expect. Pure.

A scheme is a TOML file. It is read whole or refused with its line: ``read_scheme(text)`` raises WrongScheme.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ina.profiling.rules.conditions import Condition, WrongCondition, read_condition


class WrongScheme(ValueError):
    """What is wrong, in German. line: of the file, from 1; 0 when no single line is to blame."""

    def __init__(self, message: str, line: int = 0):
        super().__init__(message)
        self.message, self.line = message, line


@dataclass(frozen=True)
class Category:
    code: str
    label: str
    meaning: str
    # Near to the labour market, or not; None where the scheme does not say.
    is_near: bool | None = None
    # The scheme expects a referral to case management.
    case_management: bool = False


@dataclass(frozen=True)
class Rule:
    """One step, in the order of the file. then: the category it leads to; asks: the question it leaves open."""

    step: str
    question: str
    when: Condition
    then: str
    asks: str = ""


@dataclass(frozen=True)
class Expectation:
    """What does not go together: for these categories, when this is met, the sentence is said."""

    of: tuple[str, ...]
    when: Condition
    says: str


@dataclass(frozen=True)
class Scheme:
    code: str
    version: str
    name: str
    # What stands beside a category wherever it is shown; empty for a scheme without categories.
    shown_as: str
    valid_from: date
    valid_until: date | None
    source: str
    note: str
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    expectations: tuple[Expectation, ...]

    def category(self, code: str) -> Category | None:
        return next((each for each in self.categories if each.code == code), None)

    def label(self, code: str) -> str:
        """„E Entwicklungsprofil“; the code alone when the scheme does not know it."""
        found = self.category(code)
        return f"{found.code} {found.label}" if found else code

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


HEAD = {"code", "version", "name", "shown_as", "valid_from", "valid_until", "source", "note"}
TABLES = {
    "category": ({"code", "label", "meaning"}, {"is_near", "case_management"}),
    "rule": ({"step", "question", "when"}, {"then", "asks"}),
    "expectation": ({"of", "when", "says"}, set()),
}


def read_scheme(text: str) -> Scheme:
    """The scheme that the text describes. Raises WrongScheme."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise WrongScheme("Das ist kein gültiges TOML (Anführungszeichen, Klammern und Kommas prüfen).", line) from None
    lines = _lines_of(text)
    for key in raw:
        if key not in HEAD and key not in TABLES:
            raise WrongScheme(f"„{key}“ gibt es in einem Verfahren nicht.", lines.get((key, 0, ""), 0))
    for key in sorted(HEAD - {"valid_until", "note", "shown_as"}):
        if key not in raw:
            raise WrongScheme(f"Die Angabe „{key}“ fehlt.", 1)
    for key in ("valid_from", "valid_until"):
        if key in raw and type(raw[key]) is not date:
            raise WrongScheme(f"„{key}“ ist ein Tag, etwa 2010-01-01.", lines.get(("", 0, key), 0))
    if "valid_until" in raw and raw["valid_until"] < raw["valid_from"]:
        raise WrongScheme("Das Verfahren endet, bevor es beginnt.", lines.get(("", 0, "valid_until"), 0))
    categories = tuple(_categories(raw, lines))
    codes = {each.code for each in categories}
    rules = tuple(_rules(raw, lines, codes))
    expectations = tuple(_expectations(raw, lines, codes))
    if categories and not rules:
        raise WrongScheme("Es gibt Einstufungen, aber keinen Schritt, der zu ihnen führt.", 1)
    if rules and rules[-1].when.text.strip() != "always":
        line = lines[("rule", len(rules) - 1, "when")]
        raise WrongScheme('Der letzte Schritt muss immer gelten (when = "always"), sonst bleiben Fälle offen.', line)
    head = {key: raw[key] for key in HEAD if key in raw}
    return Scheme(
        **{"valid_until": None, "note": "", "shown_as": "", **head},
        categories=categories,
        rules=rules,
        expectations=expectations,
    )


Lines = dict[tuple[str, int, str], int]


def _lines_of(text: str) -> Lines:
    """Where each key of each table stands: (table, its number from 0, key) → line from 1."""
    where: Lines = {}
    counted: dict[str, int] = {}
    table, number = "", 0
    for line, content in enumerate(text.splitlines(), start=1):
        if found := re.match(r"\s*\[\[?\s*([\w-]+)\s*\]?\]", content):
            table = found[1]
            number = counted.get(table, -1) + 1
            counted[table] = number
            where[(table, number, "")] = line
        elif found := re.match(r"\s*([\w-]+)\s*=", content):
            where.setdefault((table, number, found[1]), line)
            if not table:
                where.setdefault((found[1], 0, ""), line)
    return where


def _entries(raw: dict, table: str, lines: Lines) -> Iterator[tuple[int, dict[str, Any]]]:
    required, optional = TABLES[table]
    if not isinstance(raw.get(table, []), list):
        raise WrongScheme(f"„{table}“ steht in doppelten Klammern: [[{table}]].", lines.get((table, 0, ""), 0))
    for number, entry in enumerate(raw.get(table, [])):
        at = lines.get((table, number, ""), 0)
        for key, value in entry.items():
            line = lines.get((table, number, key), at)
            if key not in required | optional:
                raise WrongScheme(f"„{key}“ gibt es in [[{table}]] nicht.", line)
            if key in ("is_near", "case_management"):
                if not isinstance(value, bool):
                    raise WrongScheme(f"„{key}“ ist true oder false.", line)
            elif key == "of":
                if not isinstance(value, list) or not value:
                    raise WrongScheme("„of“ ist eine Liste von Einstufungen.", line)
            elif not isinstance(value, str) or (key in required and not value.strip()):
                raise WrongScheme(f"„{key}“ ist ein Text in Anführungszeichen.", line)
        if missing := sorted(required - set(entry)):
            raise WrongScheme(f"In [[{table}]] fehlt „{missing[0]}“.", at)
        yield number, entry


def _categories(raw: dict, lines: Lines) -> Iterator[Category]:
    seen: set[str] = set()
    for number, entry in _entries(raw, "category", lines):
        if entry["code"] in seen:
            raise WrongScheme(
                f"Die Einstufung „{entry['code']}“ steht zweimal da.", lines[("category", number, "code")]
            )
        seen.add(entry["code"])
        yield Category(**entry)


def _rules(raw: dict, lines: Lines, codes: set[str]) -> Iterator[Rule]:
    for number, entry in _entries(raw, "rule", lines):
        then, asks = entry.get("then", ""), entry.get("asks", "")
        at = lines[("rule", number, "")]
        if then and then not in codes:
            line = lines.get(("rule", number, "then"), at)
            raise WrongScheme(f"Die Einstufung „{then}“ gibt es in diesem Verfahren nicht.", line)
        if not then and not asks:
            raise WrongScheme("Ein Schritt führt zu einer Einstufung (then) oder stellt eine Frage (asks).", at)
        yield Rule(
            entry["step"], entry["question"], _condition(entry["when"], lines[("rule", number, "when")]), then, asks
        )


def _expectations(raw: dict, lines: Lines, codes: set[str]) -> Iterator[Expectation]:
    for number, entry in _entries(raw, "expectation", lines):
        line = lines[("expectation", number, "of")]
        for code in entry["of"]:
            if code not in codes:
                raise WrongScheme(f"Die Einstufung „{code}“ gibt es in diesem Verfahren nicht.", line)
        when = _condition(entry["when"], lines[("expectation", number, "when")])
        yield Expectation(tuple(entry["of"]), when, entry["says"])


def _condition(text: str, line: int) -> Condition:
    try:
        return read_condition(text)
    except WrongCondition as error:
        raise WrongScheme(f"Die Bedingung „{text}“ lässt sich nicht lesen. {error}", line) from None
