"""The directory of organisations as CSV, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ina.exchange.written import written
from ina.institutions.directory import Entry

HEADINGS = (
    "Schlüssel", "Art", "Name", "Kurzname", "amtliche Nummer", "Straße", "PLZ", "Ort", "Telefon", "E-Mail",
    "Internetseite", "Sprechzeiten", "Anfahrt", "B5-Region", "gehört zu", "zuständig für", "gepflegt von", "Stand",
    "geprüft am", "besteht bis", "Quelle",
)  # fmt: skip


def directory_csv(entries: Iterable[Entry]) -> Iterator[bytes]:
    return written(HEADINGS, (_cells(one) for one in entries))


def _cells(one: Entry) -> tuple[str, ...]:
    return (
        one.key, one.kind.label, one.name, one.short_name, one.official_number, one.street, one.postcode, one.town,
        one.phone, one.email, one.website, one.opening_hours, one.directions, one.region, one.parent,
        ", ".join(one.competent_for), one.kept_by, one.standing.label, _day(one.checked_on), _day(one.closed_on),
        one.source,
    )  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
