"""What contacts and outcomes add to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import Act, Step
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.looking_back import register_reader
from ina.cases.queries import CaseFile
from ina.cases.steps import Entry, Mark, MarkState, Part, marks_on, pending, register_part
from ina.monitoring.enums import ContactOutcome, NoteReaders, PointState
from ina.monitoring.queries import (
    CONTACT_KINDS,
    CONTACTS,
    OUTCOME_LIST,
    OUTCOMES,
    PLANNED,
    ContactRow,
    OutcomePoint,
    VoidedOutcome,
    contacts_and_points,
    last_outcomes,
)
from ina.monitoring.queries.notes import KEYS, NOTES, notes_from
from ina.monitoring.rules import appointment_marks

POINT_MARKS = {PointState.LATER: MarkState.OPEN, PointState.DUE: MarkState.DUE, PointState.OVERDUE: MarkState.LATE}


def aftercare(file: CaseFile, today: date) -> Part:
    """Contacts and attempts, the points after release, and the end of the case."""
    contacts, points, voided = contacts_and_points(file, today)
    counted = [row for row in contacts if not row.voided]
    return Part(
        marks=(
            *marks_on(Step.MONITORING, _contact_marks(file, counted, today)),
            *marks_on(Step.MONITORING, _agreed(file, today)),
            *marks_on(Step.EVALUATION, _outcome_marks(file, points)),
        ),
        entries=(*_contact_entries(contacts), *_outcome_entries(points), *_voided_outcomes(voided)),
    )


def _contact_marks(file: CaseFile, contacts: list[ContactRow], today: date) -> list[Mark]:
    """While the case is open also the first contact after release and the next one agreed."""
    marks = [
        Mark(
            row.happened_on,
            MarkState.DONE if row.outcome.is_contact else MarkState.FAILED,
            _titled(row.kind_label, row.outcome),
        )
        for row in contacts
    ]
    if file.state not in OPEN_STATES:
        return marks
    released = file.released_on
    if released and not any(row.outcome.is_contact and row.happened_on >= released for row in contacts):
        due_on = file.parameters["first_contact_after_release"].after(released)
        marks.append(pending(due_on, today, "Erster Kontakt nach der Entlassung"))
    if contacts and contacts[0].next_on:
        marks.append(pending(contacts[0].next_on, today, contacts[0].next_step or "Nächster Kontakt"))
    return marks


def _agreed(file: CaseFile, today: date) -> list[Mark]:
    marks = appointment_marks(file.answers[PLANNED], today)
    return [Mark(on, MarkState(name), label) for on, name, label in marks]


def _outcome_marks(file: CaseFile, points: list[OutcomePoint]) -> list[Mark]:
    marks = [
        Mark(
            point.refers_on,
            POINT_MARKS.get(point.state) or (MarkState.UNKNOWN if point.is_unknown else MarkState.DONE),
            f"Verbleib {point.label}" + (f": {point.category_label}" if point.category_label else ""),
        )
        for point in points
    ]
    return marks + [Mark(act.happened_on, MarkState.DONE, "Fall beendet") for act in file.acts if act.act == Act.CLOSED]


def _contact_entries(contacts: list[ContactRow]) -> list[Entry]:
    return [
        Entry(
            on=row.happened_on,
            title=_titled(row.kind_label, row.outcome),
            detail=row.content,
            by=row.recorded_by,
            kind="dot" if row.outcome.is_contact else "fail",
            of="kontakt",
            ordinal=row.ordinal,
            voided=row.voided,
        )
        for row in contacts
    ]


def _outcome_entries(points: list[OutcomePoint]) -> list[Entry]:
    return [
        Entry(
            on=point.refers_on,
            title=f"Verbleib: {point.category_label}",
            detail=f"Quelle: {point.source}" if point.source else "",
            by=point.recorded_by,
            kind="done",
            of="verbleib",
            ordinal=point.ordinal,
        )
        for point in points
        if point.state is PointState.RECORDED
    ]


def _voided_outcomes(rows: list[VoidedOutcome]) -> list[Entry]:
    return [
        Entry(
            on=row.refers_on,
            title=f"Verbleib: {row.category_label}",
            of="verbleib",
            ordinal=row.ordinal,
            voided=row.voided,
        )
        for row in rows
    ]


def _titled(kind: str, outcome: ContactOutcome) -> str:
    return kind if outcome is ContactOutcome.MET else f"{kind}: {outcome.label}"


def notes(file: CaseFile, today: date) -> Part:
    """That there are notes; what a confidential one says stands on its own page only."""
    return Part(
        entries=tuple(
            Entry(
                on=row.noted_on,
                title=row.readers.word[0].upper() + row.readers.word[1:],
                detail=row.subject if row.readers is NoteReaders.CONFIDENTIAL else row.subject or row.text,
                by=row.by,
                of=KEYS[row.readers],
                ordinal=row.ordinal,
                voided=row.voided,
            )
            for row in notes_from(file.answers, file.case)
        )
    )


def register() -> None:
    register_part(notes, reads=NOTES.values())
    register_reader(last_outcomes)
    register_part(
        aftercare,
        reads=(CONTACTS, OUTCOMES, PLANNED),
        lists=(CONTACT_KINDS, OUTCOME_LIST),
        parameters=("first_contact_after_release", "outcome_checks", "outcome_grace"),
    )
