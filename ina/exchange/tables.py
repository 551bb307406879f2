"""One reader for tables in files: CSV and XLSX, wherever the heading stands. Not what the columns mean.

What a file may do to us is bounded here and in the formats: bytes, rows, columns, cells, what a ZIP unpacks to. Values
are text; nothing in a file is ever computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO

from ina.exchange.cells import shown
from ina.exchange.delimited import read_delimited
from ina.exchange.limits import MAX_BYTES, Lines, Unusable
from ina.exchange.workbook import Sheet, read_workbook

__all__ = ["MAX_BYTES", "RowError", "Table", "Unusable", "read_content", "read_table"]

# How far down a heading is looked for, and how many of its columns must be known for it to be one.
HEADING_WITHIN = 20
ENOUGH = 2
TOO_LARGE = "Die Datei ist größer als 50 MB. Bitte nur die nötigen Spalten ausgeben oder in mehrere Dateien teilen."
_NOTHING: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row. ``row`` as a spreadsheet numbers it; ``value`` is shortened, safe to print."""

    row: int
    column: str
    value: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "column", shown(self.column))
        object.__setattr__(self, "value", shown(self.value))


@dataclass(frozen=True)
class Table:
    """``rows``: (row number in the file, as many cells as the heading has); empty rows are left out.

    ``errors``: rows left out because they have more cells than the heading: something has shifted.
    ``faults``: cells without a readable value, by row and column index, with the reason; the cell itself is empty.
    ``short``: rows of a CSV file that have fewer cells than the heading; the missing ones are empty.
    ``unnamed``: columns of a spreadsheet to the right of the last heading; they are not read.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    heading_row: int = 1
    errors: tuple[RowError, ...] = ()
    faults: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    short: frozenset[int] = frozenset()
    unnamed: int = 0
    dates_from_1904: bool = False

    def faults_in(self, row: int) -> Mapping[int, str]:
        return self.faults.get(row, _NOTHING)


def read_content(file: BinaryIO) -> bytes:
    """The bytes of an opened file, never more than the limit. Raises Unusable before a larger one is in memory."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unusable(TOO_LARGE)
    return content


def read_table(content: bytes, knows: Callable[[str], bool] | None = None) -> Table:
    """The table in a CSV or XLSX file. Raises Unusable.

    ``knows`` says whether a heading is a known one: the heading row is then the one with most known headings (at
    least two) among the first 20, so that titles above it do no harm. Otherwise it is the first filled row.
    """
    if len(content) > MAX_BYTES:
        raise Unusable(TOO_LARGE)
    if not content.strip():
        raise Unusable("Die Datei ist leer.")

    def score(cells: Sequence[str]) -> int:
        return sum(1 for cell in set(cells) if cell and knows(cell)) if knows else 0

    _refuse_other_formats(content)
    if content.startswith(b"PK"):
        return _of_sheets(read_workbook(content), score)
    lines, widths = read_delimited(content, score)
    if not lines:
        raise Unusable("Die Datei ist leer.")
    return _of_lines(lines, widths, score)


def _refuse_other_formats(content: bytes) -> None:
    begin = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unusable("Die Excel-Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")
        raise Unusable(
            "Das ist eine alte Excel-Datei (.xls). Bitte in Excel als .xlsx oder als CSV in UTF-8 speichern."
        )
    if begin.startswith(b"%pdf"):
        raise Unusable("Das ist eine PDF-Datei. Bitte die Liste als Excel-Datei (.xlsx) oder CSV ausgeben lassen.")
    if begin.startswith(b"{\\rtf"):
        raise Unusable(
            "Das ist ein Textdokument (RTF). Bitte die Liste als Excel-Datei (.xlsx) oder CSV ausgeben lassen."
        )
    if begin.startswith((b"<", b"mime-version:")):
        raise Unusable(
            "Das ist eine Internetseite (HTML oder XML), auch wenn die Datei anders heißt. "
            "Bitte in Excel öffnen und als .xlsx oder als CSV in UTF-8 speichern."
        )


def _of_sheets(sheets: Sequence[Sheet], score: Callable[[Sequence[str]], int]) -> Table:
    """The first visible sheet with a known heading; without one, the first that is filled."""
    filled = [sheet for sheet in sheets if sheet.lines]
    if not filled:
        raise Unusable("Die Datei ist leer: Kein sichtbares Tabellenblatt ist ausgefüllt.")
    sheet = next((one for one in filled if _best(one.lines, score)[1] >= ENOUGH), filled[0])
    position, _ = _best(sheet.lines, score)
    heading_row, heading = sheet.lines[position]
    width = len(heading)
    body = sheet.lines[position + 1 :]
    return Table(
        heading=heading,
        # In a spreadsheet nothing shifts: what stands beside the heading belongs to columns without a name.
        rows=tuple((number, _padded(cells[:width], width)) for number, cells in body),
        heading_row=heading_row,
        unnamed=max(0, *(len(cells) - width for _, cells in body)) if body else 0,
        faults=sheet.faults,
        dates_from_1904=sheet.dates_from_1904,
    )


def _of_lines(lines: Lines, widths: Mapping[int, int], score: Callable[[Sequence[str]], int]) -> Table:
    position, _ = _best(lines, score)
    heading_row, heading = lines[position]
    width = len(heading)
    rows, errors, short = [], [], set()
    declared = widths.get(heading_row, width)
    for number, cells in lines[position + 1 :]:
        if len(cells) > width:
            # No value: nobody knows what belongs to which column.
            errors.append(RowError(number, "", "", f"Die Zeile hat {len(cells)} Spalten, die Überschrift nur {width}."))
            continue
        if widths.get(number, len(cells)) < declared:
            short.add(number)
        rows.append((number, _padded(cells, width)))
    return Table(heading, tuple(rows), heading_row, tuple(errors), short=frozenset(short))


def _best(lines: Lines, score: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """Position of the heading among the filled rows, and how many known headings it has."""
    scores = [score(cells) for number, cells in lines if number <= HEADING_WITHIN]
    best = max(scores, default=0)
    return (scores.index(best), best) if best >= ENOUGH else (0, best)


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells if len(cells) == width else cells + ("",) * (width - len(cells))
