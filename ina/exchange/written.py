"""CSV as German offices open it: semicolons, the mark by which a spreadsheet knows UTF-8, and no cell that computes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ina.exchange.cells import inert

# Rows written at once: large enough that the server is not called for each.
AT_ONCE = 500


def written(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Pieces of the file, as the rows come."""
    rows = iter(rows)
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode() + _piece([headings, *islice(rows, AT_ONCE)])
    while chunk := list(islice(rows, AT_ONCE)):
        yield _piece(chunk)


def _piece(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([inert(cell) for cell in row] for row in rows)
    return file.getvalue().encode()
