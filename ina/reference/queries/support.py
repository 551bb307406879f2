"""The catalogue of instruments: what can be applied for on a day, by which norm, where, and before what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.base.periods import begin, last_day, period
from ina.reference.enums import InstrumentGroup
from ina.reference.models import InstrumentFact
from ina.reference.queries.facts import code_labels, codes

LIST = "instruments"


@dataclass(frozen=True)
class InstrumentRow:
    """An instrument and what holds for it on the day asked for.

    ``apply_before``: what an application has to come before, empty where nothing is known to be lost by waiting.
    """

    code: str
    label: str
    group: InstrumentGroup
    norm: str
    essentials: str
    decided_by: str
    apply_before: str
    valid_from: date
    valid_until: date | None
    source: str
    note: str


def instruments(*, on: date) -> tuple[InstrumentRow, ...]:
    """Everything in the catalogue on this day, in its order. One that only has a name yet says so little."""
    facts = {row.code.code: row for row in InstrumentFact.objects.on(on).select_related("code")}
    return tuple(
        _row(one.code, one.label, InstrumentGroup.of(one.group), facts.get(one.code), on) for one in codes(LIST, on=on)
    )


def instrument(code: str, *, on: date) -> InstrumentRow | None:
    """One instrument on this day; None where the catalogue does not hold it then."""
    return next((row for row in instruments(on=on) if row.code == code), None)


def instrument_choices(*, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a form field: by group, each with the codes and names that hold on this day."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in codes(LIST, on=on):
        grouped.setdefault(InstrumentGroup.of(row.group).label, []).append((row.code, row.label))
    return list(grouped.items())


def earlier_facts(*, on: date) -> tuple[InstrumentRow, ...]:
    """What held before this day and no longer does, the newest first."""
    names = code_labels(LIST, on=on)
    rows = InstrumentFact.objects.standing().filter(valid_period__fully_lt=period(on)).select_related("code")
    return tuple(
        _row(row.code.code, names[row.code.code], InstrumentGroup.of(row.code.group), row, on)
        for row in rows.order_by("code__position", "-valid_period")
    )


def _row(code: str, label: str, group: InstrumentGroup, fact: InstrumentFact | None, on: date) -> InstrumentRow:
    if fact is None:
        return InstrumentRow(code, label, group, "", "", "", "", on, None, "", "")
    return InstrumentRow(
        code=code,
        label=label,
        group=group,
        norm=fact.norm,
        essentials=fact.essentials,
        decided_by=fact.decided_by,
        apply_before=fact.apply_before,
        valid_from=begin(fact.valid_period),
        valid_until=last_day(fact.valid_period),
        source=fact.source,
        note=fact.note,
    )
