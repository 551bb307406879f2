"""XLSX (Excel 2007 and later, LibreOffice): the visible sheets as rows of text, read by openpyxl.

openpyxl streams the cells; what the file may unpack to is checked before (``package``, decision 0006). Macros, links
and formulas are never followed.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.utils.escape import unescape

from ina.exchange.cells import clean
from ina.exchange.limits import MAX_COLUMNS, Budget, Lines, Unusable
from ina.exchange.package import DAMAGED, LAST_ROW, check_package

NO_RESULT = "Die Zelle enthält eine Formel ohne gespeichertes Ergebnis. Bitte die Datei in Excel öffnen und speichern."
ERROR = "In der Zelle steht ein Fehler von Excel statt eines Wertes."

Rows = Iterator[tuple[int, list[tuple[int, Any]]]]


@dataclass
class Sheet:
    """Filled rows, and cells without a readable value (row, column index) with the reason."""

    dates_from_1904: bool = False
    lines: Lines = field(default_factory=list)
    faults: dict[int, dict[int, str]] = field(default_factory=dict)
    blank: set[tuple[int, int]] = field(default_factory=set)  # a formula said: empty text


def read_workbook(content: bytes) -> list[Sheet]:
    """The visible sheets in their order. Raises Unusable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library warns of what it leaves out
            has_formulas = check_package(content)
            sheets = [_sheet(*pair) for pair in _rows_of(content, data_only=True)]
            if has_formulas:
                for sheet, (_, rows) in zip(sheets, _rows_of(content, data_only=False), strict=True):
                    _note_formulas(sheet, rows)
            return sheets
    except Unusable:
        raise
    except Exception as error:  # whatever the library says of a broken file becomes one sentence
        raise Unusable(DAMAGED) from error


def _rows_of(content: bytes, *, data_only: bool) -> Iterator[tuple[bool, Rows]]:
    """For each visible sheet whether its days count from 1904, and its rows."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # what a file says of its size is not believed
            yield book.epoch == MAC_EPOCH, _filled(sheet.iter_rows(max_col=MAX_COLUMNS + 1))


def _filled(rows: Iterable[tuple]) -> Rows:
    """Rows by their number, with the cells that are there; the library gives one and the same row for all gaps."""
    before = None
    for number, cells in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise Unusable(DAMAGED)
        if cells is not before:
            yield number, [(column, cell) for column, cell in enumerate(cells) if cell is not EMPTY_CELL]
        before = cells


def _sheet(from_1904: bool, rows: Rows) -> Sheet:
    sheet, budget = Sheet(from_1904), Budget()
    for number, cells in rows:
        values: list[str] = []
        for column, cell in cells:
            if cell.value is None:
                if cell.data_type == "str":
                    sheet.blank.add((number, column))
            elif cell.data_type == "e":
                sheet.faults.setdefault(number, {})[column] = ERROR
            elif text := _text(cell):
                values += [""] * (column - len(values)) + [text]
        if values:
            budget.spend(len(values))
            sheet.lines.append((number, tuple(values)))
    return sheet


def _note_formulas(sheet: Sheet, rows: Rows) -> None:
    """Cells with a formula and no result: whatever wrote the file did not compute."""
    filled = dict(sheet.lines)
    for number, cells in rows:
        known = filled.get(number, ())
        for column, cell in cells:
            has_result = (number, column) in sheet.blank or (column < len(known) and known[column])
            if cell.data_type == "f" and not has_result:
                sheet.faults.setdefault(number, {}).setdefault(column, NO_RESULT)


def _text(cell) -> str:
    """As the cell shows it: days as ISO text, digits filled up with zeros, whole numbers without a point."""
    value = cell.value
    if isinstance(value, str):
        return clean(unescape(value) if "_x" in value else value)
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, (int, float)):
        text = str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
        digits = cell.number_format.split(";", 1)[0]
        return text.zfill(len(digits)) if re.fullmatch(r"0{2,30}", digits) else text
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
