"""A list of cases as a file: semicolons for a spreadsheet in German, or a workbook. The columns are the list's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from openpyxl import Workbook

from ina.cases.queries.case_list import CaseRow
from ina.exchange.cells import inert

COLUMNS = (
    "Aktenzeichen",
    "Fall",
    "Name",
    "Phase",
    "Stand",
    "Schritt",
    "Entlassung",
    "Art des Termins",
    "Stand des Termins",
    "Nächster Schritt",
    "fällig am",
    "Anstalt",
    "Zuständig",
    "letzter Kontakt",
)
# Rows written at once: large enough that the server is not called for each.
AT_ONCE = 500
WIDTHS = (14, 6, 28, 22, 28, 14, 12, 28, 16, 36, 12, 26, 24, 14)


def csv_of(rows: Iterable[CaseRow]) -> Iterator[bytes]:
    """Pieces of the file, as the rows come. Begins with the mark by which a spreadsheet knows UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    written.write("\ufeff")
    writer.writerow(COLUMNS)
    for count, row in enumerate(rows, 1):
        writer.writerow(_values(row, _german))
        if count % AT_ONCE == 0:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def workbook_of(rows: Iterable[CaseRow]) -> tuple[bytes, int]:
    """The file, and how many rows are in it. Written as the rows come; days are days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Fälle")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKLMN", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(COLUMNS)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is the answer
        sheet.append(_values(row, _as_it_is))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue(), count


def _values(row: CaseRow, day: Callable[[date | None], Any]) -> tuple[Any, ...]:
    """What people have typed is made inert; the rest are words of this program."""
    return (
        row.number,
        row.case_number,
        inert(row.name),
        row.phase.label,
        row.label,
        row.step.label,
        day(row.planning_date),
        "entlassen" if row.is_released else row.planning_kind.label if row.planning_kind else "",
        "bestätigt" if row.is_released else row.planning_status.label if row.planning_status else "",
        inert(row.next_title),
        day(row.due_on),
        inert(row.prison),
        inert(row.responsible),
        day(row.last_contact_on),
    )


# The same few hundred days come again and again.
@lru_cache(maxsize=4096)
def _german(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _as_it_is(day: date | None) -> date | None:
    return day
