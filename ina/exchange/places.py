"""Place lists: postcode, municipality and its key (AGS), one pair a line, as CSV or XLSX with a heading.

Columns by name, in any order, capitals ignored: ``plz`` (or ``postleitzahl``), ``ort`` (or ``gemeinde``), ``ags``
(or ``gemeindeschluessel``), optionally ``kreis_ags``. Others are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ina.exchange.tables import MAX_BYTES, RowError, Unusable, read_content, read_table
from ina.reference.rules import PlaceRow

__all__ = ["MAX_BYTES", "PlaceList", "RowError", "Unusable", "read_content", "read_places"]

COLUMNS = {
    "plz": ("plz", "postleitzahl"),
    "ort": ("ort", "gemeinde"),
    "ags": ("ags", "gemeindeschluessel", "gemeindeschlüssel"),
}
DISTRICT = "kreis_ags"
KNOWN = frozenset(name for names in COLUMNS.values() for name in names)


@dataclass(frozen=True)
class PlaceList:
    rows: tuple[PlaceRow, ...]
    errors: tuple[RowError, ...]


def read_places(content: bytes) -> PlaceList:
    """The usable rows and what is wrong with the others. Raises Unusable."""
    table = read_table(content, lambda heading: heading.casefold() in KNOWN)
    heading = [name.casefold() for name in table.heading]
    at = {}
    for column, spellings in COLUMNS.items():
        found = [heading.index(name) for name in spellings if name in heading]
        if not found:
            raise Unusable(f"In der Kopfzeile fehlt die Spalte „{column}“.")
        at[column] = found[0]
    if DISTRICT in heading:
        at[DISTRICT] = heading.index(DISTRICT)
    rows: list[PlaceRow] = []
    errors = list(table.errors)
    names: dict[str, str] = {}
    for number, cells in table.rows:
        row = PlaceRow(*(cells[at[column]] for column in COLUMNS))
        district = cells[at[DISTRICT]] if DISTRICT in at else row.district_ags
        faults = table.faults_in(number)
        wrong = [RowError(number, column, "", faults[index]) for column, index in at.items() if index in faults]
        wrong = wrong or _check(number, row, district, names)
        if wrong:
            errors.extend(wrong)
        else:
            names.setdefault(row.ags, row.municipality)
            rows.append(row)
    return PlaceList(tuple(rows), tuple(sorted(errors, key=lambda error: error.row)))


def _check(number: int, row: PlaceRow, district: str, names: dict[str, str]) -> list[RowError]:
    errors = []
    if not re.fullmatch(r"[0-9]{5}", row.postcode):
        errors.append(RowError(number, "plz", row.postcode, "Eine Postleitzahl hat fünf Ziffern."))
    if not row.municipality:
        errors.append(RowError(number, "ort", "", "Der Name der Gemeinde fehlt."))
    if not re.fullmatch(r"(0[1-9]|1[0-6])[0-9]{6}", row.ags):
        errors.append(
            RowError(number, "ags", row.ags, "Ein Gemeindeschlüssel hat acht Ziffern und beginnt mit 01 bis 16.")
        )
    elif district != row.district_ags:
        errors.append(RowError(number, "kreis_ags", district, "Der Kreis passt nicht zum Gemeindeschlüssel."))
    if row.municipality and names.get(row.ags, row.municipality) != row.municipality:
        errors.append(
            RowError(number, "ort", row.municipality, f"Diese Gemeinde heißt weiter oben „{names[row.ags]}“.")
        )
    return errors
