"""Place lists: postcode, municipality and its key (AGS), one pair a line, as CSV with a heading.

Columns by name, in any order, capitals ignored: ``plz`` (or ``postleitzahl``), ``ort`` (or ``gemeinde``), ``ags``
(or ``gemeindeschluessel``), optionally ``kreis_ags``. Others are ignored. Comma, semicolon or tabulator; UTF-8.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from ina.exchange.tables import MAX_BYTES, RowError, Unusable
from ina.reference.rules import PlaceRow

COLUMNS = {
    "plz": ("plz", "postleitzahl"),
    "ort": ("ort", "gemeinde"),
    "ags": ("ags", "gemeindeschluessel", "gemeindeschlüssel"),
}


@dataclass(frozen=True)
class PlaceList:
    rows: tuple[PlaceRow, ...]
    errors: tuple[RowError, ...]


def read_places(content: bytes) -> PlaceList:
    """The usable rows and what is wrong with the others. Raises Unusable."""
    table = csv.reader(io.StringIO(_text(content)), delimiter=_delimiter(content), strict=True)
    try:
        return _read(table)
    except csv.Error as error:
        raise Unusable(f"Die Datei ist keine lesbare CSV-Datei (Zeile {table.line_num}).") from error


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise Unusable("Die Datei ist größer als 50 MB und damit kein Ortsverzeichnis.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("Die Datei ist nicht in UTF-8 gespeichert.") from error
    if not text.strip():
        raise Unusable("Die Datei ist leer.")
    return text


def _delimiter(content: bytes) -> str:
    heading = content.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(",;\t", key=heading.count)


def _read(table) -> PlaceList:
    heading = [name.strip().casefold() for name in next(table)]
    at = {}
    for column, spellings in COLUMNS.items():
        found = [heading.index(name) for name in spellings if name in heading]
        if not found:
            raise Unusable(f"In der Kopfzeile fehlt die Spalte „{column}“.")
        at[column] = found[0]
    district_at = heading.index("kreis_ags") if "kreis_ags" in heading else None
    rows: list[PlaceRow] = []
    errors: list[RowError] = []
    names: dict[str, str] = {}
    for number, cells in enumerate(table, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(heading):
            errors.append(RowError(number, "", ";".join(cells)[:80], "Die Zeile hat zu wenige Spalten."))
            continue
        row = PlaceRow(*(cells[at[column]].strip() for column in ("plz", "ort", "ags")))
        district = cells[district_at].strip() if district_at is not None else row.district_ags
        found_wrong = _check(number, row, district, names)
        if found_wrong:
            errors.extend(found_wrong)
        else:
            names.setdefault(row.ags, row.municipality)
            rows.append(row)
    return PlaceList(tuple(rows), tuple(errors))


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
