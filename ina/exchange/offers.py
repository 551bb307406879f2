"""Offers of partners as CSV: out with every cell inert, in with every row checked. Columns by their heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ina.exchange.cells import clean, squeezed
from ina.exchange.tables import RowError, Table, Unusable, read_table
from ina.exchange.written import written
from ina.network.enums import OfferPhase
from ina.network.operations import OfferLine
from ina.profiling.enums import Need

HEADINGS = {
    "number": "Nummer",
    "key": "Schlüssel der Stelle",
    "partner": "Stelle",
    "title": "Angebot",
    "needs": "hilft bei",
    "phases": "Phasen",
    "target_group": "Zielgruppe",
    "area": "Gebiet",
    "capacity": "Plätze",
    "costs": "Kosten",
    "legal_basis": "Rechtsgrundlage",
    "waiting_days": "Wartezeit in Tagen",
    "referral_route": "Weg der Anmeldung",
    "response_days": "Antwort in Tagen",
    "checked_on": "geprüft am",
}
NEEDED = ("key", "title")
# Words of the file's own: told on the way out, not read on the way in.
TOLD = frozenset({"partner", "checked_on"})
KNOWN = {squeezed(heading): column for column, heading in HEADINGS.items()}
NUMBERS = frozenset({"capacity", "waiting_days", "response_days"})
MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class OfferFile:
    lines: tuple[OfferLine, ...]
    errors: tuple[RowError, ...]


def offers_csv(offers: Iterable[Any]) -> Iterator[bytes]:
    """One line each of what ``network.queries.every_offer`` answers.

    Needs, phases and districts by their codes, so that the file can be read in again.
    """
    return written(tuple(HEADINGS.values()), (_cells(one) for one in offers))


def read_offers(content: bytes) -> OfferFile:
    """The usable rows and what is wrong with the others. Raises Unusable."""
    if len(content) > MAX_BYTES:
        raise Unusable("Die Datei ist größer als 1 MB. Bitte teilen Sie sie.")
    table = read_table(content, lambda heading: squeezed(heading) in KNOWN)
    at: dict[str, int] = {}
    for place, heading in enumerate(table.heading):
        column = KNOWN.get(squeezed(heading))
        if column and column in at:
            raise Unusable(f"Die Spalte „{HEADINGS[column]}“ kommt zweimal vor.")
        if column:
            at[column] = place
    for column in NEEDED:
        if column not in at:
            raise Unusable(f"In der Kopfzeile fehlt die Spalte „{HEADINGS[column]}“.")
    return _lines(table, {column: place for column, place in at.items() if column not in TOLD})


def _lines(table: Table, at: dict[str, int]) -> OfferFile:
    lines: list[OfferLine] = []
    errors = list(table.errors)
    for number, cells in table.rows:
        faults = table.faults_in(number)
        values: dict[str, Any] = {}
        wrong: list[RowError] = []
        for column, place in at.items():
            try:
                if place in faults:
                    raise ValueError(faults[place])
                values[column] = _value(column, cells[place])
            except ValueError as error:
                wrong.append(RowError(number, HEADINGS[column], cells[place], str(error)))
        errors.extend(wrong)
        if not wrong:
            which, key, title = values.pop("number", None), values.pop("key"), values.pop("title")
            lines.append(OfferLine(number, which, key, title, values))
    return OfferFile(tuple(lines), tuple(sorted(errors, key=lambda error: error.row)))


def _value(column: str, raw: str) -> Any:
    """Raises ValueError with a German sentence."""
    text = clean(raw)
    # What our own export made inert; whatever still begins like a formula was typed by somebody else.
    text = text[1:] if re.match(r"'[=+\-@]", text) else text
    if re.match(r"[=@]|[+\-].*[(!|]", text):
        raise ValueError("Formeln werden nicht eingelesen.")
    if column == "number" or column in NUMBERS:
        if not text:
            return None
        if not text.isdecimal() or len(text) > 4 + 2 * (column == "number"):
            raise ValueError("Hier gehört eine ganze Zahl hin.")
        return int(text)
    if column in READ:
        return _codes(text, *READ[column])
    if column in NEEDED and not text:
        raise ValueError("Diese Angabe fehlt.")
    return text


def _codes(text: str, known: Callable[[str], str | None], what: str) -> list[str]:
    found = []
    for word in filter(None, re.split(r"[,;/\s]+", text)):
        code = known(word)
        if code is None:
            raise ValueError(f"{what} „{word[:20]}“ gibt es nicht.")
        found.append(code)
    return sorted(set(found))


def _need(word: str) -> str | None:
    return next((one.value for one in Need if one.value == word.upper()), None)


def _phase(word: str) -> str | None:
    return next((one.value for one in OfferPhase if one.value == word.upper()), None)


def _district(word: str) -> str | None:
    return word if re.fullmatch(r"05[0-9]{3}", word) else None


READ: dict[str, tuple[Callable[[str], str | None], str]] = {
    "needs": (_need, "Den Bedarf"),
    "phases": (_phase, "Die Phase"),
    "area": (_district, "Den Kreisschlüssel"),
}


def _cells(one: Any) -> tuple[str, ...]:
    def number(value: int | None) -> str:
        return "" if value is None else str(value)

    return (
        str(one.number), one.institution.key, one.institution.name, one.title, ", ".join(one.needs),
        ", ".join(one.phases), one.target_group, ", ".join(one.area), number(one.capacity), one.costs,
        one.legal_basis, number(one.waiting_days), one.referral_route, number(one.response_days),
        _day(one.verified_on),
    )  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
