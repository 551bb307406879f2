"""Days on which the clock of a case stood still (``agenda.ClockStop``), as its pages tell them. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.agenda.models import ClockStop
from ina.base.actor import Actor
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_note


@dataclass(frozen=True)
class StopRow:
    """From when until when, why, by whom; ``voided``: when, by whom and why it was taken back."""

    from_on: date
    until_on: date
    reason: str
    remark: str
    by: str
    ordinal: int
    voided: str

    def runs_on(self, day: date) -> bool:
        return not self.voided and self.from_on <= day <= self.until_on


STOPS = Read(
    lambda given: (
        ClockStop.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("from_on", "pk")
    )
)


def list_stops(actor: Actor, case: Case, reasons: Mapping[str, str]) -> tuple[StopRow, ...]:
    """The stops of a case in the order of their days, voided ones too. reasons: names of clock_stop_reasons."""
    rows = STOPS.rows(actor=actor, dossier_id=case.dossier_id)
    return stops_from(rows, case.number, reasons)


def stops_from(rows: Iterable[Any], case_number: int, reasons: Mapping[str, str]) -> tuple[StopRow, ...]:
    """``list_stops`` from the rows of ``STOPS``."""
    return tuple(
        StopRow(
            row.from_on,
            row.until_on,
            reasons.get(row.reason, row.reason),
            row.remark,
            row.by,
            row.ordinal,
            voided_note(row),
        )
        for row in numbered(rows)
        if row.case_number == case_number
    )
