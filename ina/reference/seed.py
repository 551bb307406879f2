"""Reading the reference facts that come with the program (``data/*.csv``). Only the migrations write them.

Periods in the files name the first and the last day; an empty last day means „until further notice“. Where the
beginning of a rule is not documented, the files set it to 2009-07-01, the day INA began, and say so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

DATA = Path(__file__).parent / "data"
# When the facts in the files were gathered; they are entered as of this moment.
GATHERED_AT = datetime(2026, 11, 23, tzinfo=UTC)
ENTERED_BY = "delivery"
OWN_OCCUPATIONS = {
    "title": "Berufsliste dieses Hauses",
    "source": (
        "Gewerbe nach Anlage A und B der Handwerksordnung, häufige Ausbildungs-, Helfer- und Einstiegsberufe mit "
        "Suchwörtern; Systematik: Klassifikation der Berufe 2010, Fassung 2020 (Bundesagentur für Arbeit)"
    ),
}


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of one file as dictionaries of text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def days(row: dict[str, str]) -> tuple[date, date | None]:
    """First and last day of a line."""
    last = row["valid_until"]
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(last) if last else None


def pages() -> Iterator[tuple[str, str, str]]:
    """The editable pages as delivered: address, title, text (``data/page_<address>.md``, the title as first line)."""
    for file in sorted(DATA.glob("page_*.md")):
        title, _, body = file.read_text(encoding="utf-8").partition("\n")
        yield file.stem.removeprefix("page_"), title.removeprefix("# ").strip(), body.strip()
