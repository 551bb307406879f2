"""What a table file may be at most, and the one exception that says that a file is none. Known to every format."""

from __future__ import annotations

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
# Positions kept, empty ones between filled ones included: bounds the memory that one file may take.
MAX_CELLS = 5_000_000

# (row number as a spreadsheet shows it, cells without the empty ones at the end)
Lines = list[tuple[int, tuple[str, ...]]]


class Unusable(Exception):
    """The file cannot be read as a table at all; the message is German and says what to do."""


class Budget:
    """Counts rows, columns and cells while a file is being read, so that a hostile one ends early."""

    def __init__(self) -> None:
        self.rows = 0
        self.cells = 0

    def spend(self, width: int) -> None:
        """One more row with ``width`` cells. Raises Unusable beyond the limits."""
        self.rows += 1
        self.cells += width
        if width > MAX_COLUMNS:
            raise Unusable(f"Die Tabelle hat mehr als {MAX_COLUMNS} Spalten. Bitte nur die nötigen Spalten ausgeben.")
        if self.rows > MAX_ROWS or self.cells > MAX_CELLS:
            raise Unusable("Die Tabelle hat zu viele Zeilen (höchstens 200.000). Bitte in mehrere Dateien teilen.")
