"""Lines of the trail as CSV, for the file of a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ina.exchange.written import written

HEADINGS = ("Zeitpunkt", "Name", "Stelle", "Vorgang", "Akte", "Grund")


def trail_csv(lines: Iterable[Any]) -> Iterator[bytes]:
    """lines: with ``at`` (in German time), ``who``, ``position``, ``what``, ``number`` and ``reason``, all readable."""
    return written(
        HEADINGS,
        ((f"{one.at:%d.%m.%Y %H:%M:%S}", one.who, one.position, one.what, one.number, one.reason) for one in lines),
    )
