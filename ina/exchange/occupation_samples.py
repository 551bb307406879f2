"""Job titles with the code they should get, to measure the search: ``text, kldb`` (four or five digits) a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ina.exchange.tables import RowError, Unusable, read_content, read_table

__all__ = ["RowError", "Sample", "Unusable", "read_content", "read_samples"]

COLUMNS = ("text", "kldb")


@dataclass(frozen=True)
class Sample:
    text: str
    kldb: str


def read_samples(content: bytes) -> tuple[tuple[Sample, ...], tuple[RowError, ...]]:
    """The samples and what is wrong with other lines. Raises Unusable."""
    table = read_table(content, lambda heading: heading.casefold() in COLUMNS)
    heading = [name.casefold() for name in table.heading]
    if missing := [column for column in COLUMNS if column not in heading]:
        raise Unusable(f"In der Kopfzeile fehlt die Spalte „{missing[0]}“.")
    at = [heading.index(column) for column in COLUMNS]
    samples, errors = [], list(table.errors)
    for number, cells in table.rows:
        text, kldb = (cells[one] for one in at)
        if not text:
            errors.append(RowError(number, "text", "", "Die Bezeichnung fehlt."))
        elif not re.fullmatch(r"[0-9]{4,5}", kldb):
            errors.append(RowError(number, "kldb", kldb, "Nötig sind vier oder fünf Ziffern der KldB 2010."))
        else:
            samples.append(Sample(text, kldb))
    if not samples and not errors:
        raise Unusable("Unter der Kopfzeile steht keine Zeile.")
    return tuple(samples), tuple(errors)
