"""Reading a table from a CSV file as offices export it: encoding, separator, heading. Not what the columns mean."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

MAX_BYTES = 50_000_000
SEPARATORS = ";,\t"


class Unusable(Exception):
    """The file cannot be read as a table at all; the message is German."""


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row; row 1 is the heading."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Table:
    """``rows``: (row number in the file, cells), the heading left out, empty rows left out."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(content: bytes) -> Table:
    """A CSV file with a heading: UTF-8, UTF-16 or Windows-1252; semicolon, comma or tabulator. Raises Unusable."""
    text = _text(content)
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(number, tuple(cell.strip() for cell in line)) for number, line in enumerate(reader, start=1)]
    except csv.Error as error:
        raise Unusable(f"Die Datei ist keine lesbare CSV-Datei (Zeile {reader.line_num}).") from error
    filled = [(number, line) for number, line in lines if any(line)]
    if not filled:
        raise Unusable("Die Datei ist leer.")
    return Table(heading=filled[0][1], rows=tuple(filled[1:]))


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise Unusable("Die Datei ist größer als 50 MB.")
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Unusable("Die Datei ist keine Textdatei (sie enthält Nullzeichen).")
        if text.strip():
            return text
        raise Unusable("Die Datei ist leer.")
    raise Unusable("Die Zeichen der Datei sind nicht lesbar. Bitte als CSV in UTF-8 speichern.")
