"""Notes of counselling, each for the circle of readers that its author chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.monitoring import policies
from ina.monitoring.enums import NoteReaders
from ina.monitoring.models import ConfidentialNote, InternalNote, Note, NoteTable

TABLES: dict[NoteReaders, type[NoteTable]] = {table.readers: table for table in (Note, InternalNote, ConfidentialNote)}


@operation("monitoring.write_note", may=policies.may_write_note, on=Case)
def write_note(
    case: Case,
    *,
    actor: Actor,
    readers: NoteReaders,
    noted_on: date,
    subject: str = "",
    text: str,
    now: datetime,
) -> NoteTable:
    """Write something down for these readers. Confidential: raises Refused unless the author is bound by § 203 StGB
    and leads the case. The trail says that a note was written, never for whom else or about what."""
    if readers is NoteReaders.CONFIDENTIAL:
        policies.may_write_confidential_note(actor, case).require()
    row = TABLES[readers](
        dossier_id=case.dossier_id,
        case=case,
        noted_on=noted_on,
        subject=subject.strip(),
        text=text.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_note(row, {}, now)
    row.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    row.save(force_insert=True)
    note(readers=str(readers))
    return row


def check_note(row: NoteTable, before: Mapping[str, Any], now: datetime) -> None:
    if row.noted_on > day_of(now):
        raise Invalid(f"Der {row.noted_on:%d.%m.%Y} liegt in der Zukunft.", "noted_on")
    if not row.text.strip():
        raise Invalid("Bitte schreiben Sie, was Sie festhalten wollen.", "text")
