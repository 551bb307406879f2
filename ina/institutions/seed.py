"""Reading the organisations that come with the program (``data/*.csv``). Only the migrations write them.

In ``institutions.csv`` the column ``districts`` holds district keys, separated by blanks; ``serves`` the number of the
region whose cases the organisation leads. A source of „unbelegt“ means: known to us, not checked against a document.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of one file as dictionaries of text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
