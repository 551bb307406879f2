"""Notes of counselling, as far as the reader may see them. Visible rows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.together import Read, read_together
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_note
from ina.monitoring.enums import NoteReaders
from ina.monitoring.operations.notes import TABLES

# The entries (``cases.corrections``) by their readers.
KEYS = {
    NoteReaders.CIRCLE: "notiz",
    NoteReaders.INTERNAL: "interne-notiz",
    NoteReaders.CONFIDENTIAL: "vertrauliche-notiz",
}


@dataclass(frozen=True)
class NoteRow:
    """A note with who may read it; ``voided``: when, by whom and why it was taken back."""

    readers: NoteReaders
    noted_on: date
    subject: str
    text: str
    by: str
    recorded_at: datetime
    ordinal: int
    voided: str


def _read(table: Any) -> Read:
    return Read(
        lambda given: (
            table.objects.visible_to(given.actor)
            .filter(dossier_id=given.dossier_id)
            .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
            .order_by("noted_on", "pk")
        )
    )


NOTES: dict[NoteReaders, Read] = {readers: _read(table) for readers, table in TABLES.items()}


def list_notes(actor: Actor, case: Case) -> tuple[NoteRow, ...]:
    """The notes of a case that the reader may see, the newest first, voided ones too; in one statement."""
    return notes_from(read_together(NOTES.values(), actor=actor, dossier_id=case.dossier_id), case)


def notes_from(answers: Mapping[Read, list[Any]], case: Case) -> tuple[NoteRow, ...]:
    """``list_notes`` from the answers to ``NOTES``."""
    found = [
        NoteRow(
            readers,
            row.noted_on,
            row.subject,
            row.text,
            row.by,
            row.recorded_at,
            row.ordinal,
            voided_note(row),
        )
        for readers, read in NOTES.items()
        for row in numbered(answers[read])
        if row.case_id == case.pk
    ]
    return tuple(sorted(found, key=lambda row: (row.noted_on, row.recorded_at), reverse=True))
