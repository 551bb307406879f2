"""CSV as offices export it: whatever encoding and separator."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from ina.exchange.cells import clean
from ina.exchange.limits import Budget, Lines, Unusable

SEPARATORS = ";,\t|"
# Rows looked at to find the separator.
SAMPLE_ROWS = 30
SAMPLE_CHARACTERS = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The way in which spreadsheets keep leading zeros in CSV: ="00123". The text inside is the value; nothing is computed.
_KEPT_TEXT = re.compile(r'="([^"]*)"')
# Two bytes that are an umlaut in UTF-8 and never stand side by side in German Windows-1252.
_UTF8_UMLAUT = re.compile(rb"\xc3[\x80-\xbf]")


def read_delimited(content: bytes, score: Callable[[Sequence[str]], int]) -> tuple[Lines, dict[int, int]]:
    """The filled rows, and how many cells each has in the file where that differs from what is kept.

    ``score`` says how much a row looks like the heading; it decides between separators. Raises Unusable.
    """
    text = decode(content)
    declared = re.match(r'"?sep=(.)"?\r?\n', text)
    separator = declared[1] if declared else _separator(text, score)
    lines: Lines = []
    widths: dict[int, int] = {}
    budget = Budget()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, begins = 0, 1
    try:
        for number, raw in enumerate(reader, start=1):
            begins = reader.line_num + 1
            if number == 1 and declared:
                continue
            cells = [_value(cell) for cell in raw]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                budget.spend(len(cells))
                lines.append((number, tuple(cells)))
                if len(raw) != len(cells):
                    widths[number] = len(raw)
    except csv.Error as error:
        raise Unusable(
            f"Die Datei ist keine lesbare CSV-Datei: In der Zeile {begins} stimmen die Anführungszeichen nicht. "
            "Bitte dort berichtigen oder die Liste als Excel-Datei (.xlsx) ausgeben."
        ) from error
    return lines, widths


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 or Windows-1252. Raises Unusable."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_decoded(content[len(mark) :], encoding))
    wide = _wide(content[:4096])
    if wide:
        return _checked(_decoded(content, wide))
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _UTF8_UMLAUT.search(content):
        raise Unusable(
            "Die Datei mischt zwei Zeichenkodierungen oder ist abgeschnitten. "
            "Bitte neu ausgeben, am besten als Excel-Datei (.xlsx) oder als CSV in UTF-8."
        )
    return _checked(_decoded(content, "cp1252"))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unusable("Die Zeichen der Datei sind nicht lesbar. Bitte als CSV in UTF-8 speichern.") from error


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of ordinary text is zero."""
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    high, low = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if low > pairs * 0.4 and high < pairs * 0.05:
        return "utf-16-le"
    if high > pairs * 0.4 and low < pairs * 0.05:
        return "utf-16-be"
    return ""


def _checked(text: str) -> str:
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unusable(
            f"Die Datei enthält Nullzeichen (zuerst in der Zeile {line}). Sie ist beschädigt oder keine Textdatei. "
            "Bitte neu ausgeben."
        )
    if not text.strip():
        raise Unusable("Die Datei ist leer.")
    return text.removeprefix("\ufeff")


def _separator(text: str, score: Callable[[Sequence[str]], int]) -> str:
    """The one under which a heading is found; else the one that gives most rows the same width above one."""

    def fitness(separator: str) -> tuple[int, int, int]:
        reader = csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=separator)
        try:
            rows = [row for row in islice(reader, SAMPLE_ROWS) if any(row)]
        except csv.Error:
            return (0, 0, 0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return (max((score([clean(cell) for cell in row]) for row in rows), default=0), count, width)

    return max(SEPARATORS, key=fitness)


def _value(raw: str) -> str:
    text = clean(raw)
    if text.startswith('="') and (kept := _KEPT_TEXT.fullmatch(text)):
        return clean(kept[1])
    return text
