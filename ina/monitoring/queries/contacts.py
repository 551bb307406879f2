"""Contacts and outcomes of a case. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries import CaseFile
from ina.cases.queries.corrections import numbered, voided_note
from ina.monitoring.enums import Absence, ContactOutcome, Initiative, PointState
from ina.monitoring.models import Contact, OutcomeStatus
from ina.monitoring.rules import key_date, months_of, point_state
from ina.reference.queries import code_labels, parameter

CONTACT_KINDS = "contact_kinds"
OUTCOME_LIST = "outcome_status"
# The code of the list that says openly that nobody knows.
UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class ContactRow:
    """One contact or attempt."""

    happened_on: date
    started_at: time | None
    minutes: int | None
    kind: str
    kind_label: str
    outcome: ContactOutcome
    initiative: Initiative
    place: str
    content: str
    next_step: str
    next_on: date | None
    recorded_at: datetime
    recorded_by: str
    # Its number in the dossier, and when, by whom and why it was voided; empty for one that counts.
    ordinal: int = 0
    voided: str = ""
    # Why somebody did not come, in words; empty where nobody said.
    absence: str = ""


def list_contacts(actor: Actor, case: Case, *, today: date, voided: bool = False) -> list[ContactRow]:
    """The contacts of a case, the newest first. ``today``: whose names of the kinds are shown.

    voided: those that count nowhere too, for lists that show them.
    """
    rows = contacts_from(CONTACTS.rows(actor=actor, dossier_id=case.dossier_id), case, voided=voided)
    labels = code_labels(CONTACT_KINDS, on=today) if rows else {}
    return [_contact_row(row, labels) for row in rows]


CONTACTS = Read(
    lambda given: (
        Contact.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("-happened_on", "-started_at", "-pk")
    )
)
OUTCOMES = Read(
    lambda given: (
        OutcomeStatus.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("months", "pk")
    )
)


def contacts_from(rows: Iterable[Contact], case: Case, *, voided: bool) -> list[Contact]:
    """Those of a case, each with its number in the dossier. rows: of ``CONTACTS``."""
    return [row for row in numbered(rows) if row.case_id == case.pk and (voided or not row.is_voided)]


def _contact_row(row: Any, labels: Mapping[str, str]) -> ContactRow:
    return ContactRow(
        happened_on=row.happened_on,
        started_at=row.started_at,
        minutes=row.minutes,
        kind=row.kind,
        kind_label=labels[row.kind],
        outcome=ContactOutcome(row.outcome),
        initiative=Initiative(row.initiative),
        place=row.place,
        content=row.content,
        next_step=row.next_step,
        next_on=row.next_on,
        recorded_at=row.recorded_at,
        recorded_by=row.by,
        ordinal=row.ordinal,
        voided=voided_note(row),
        absence=Absence(row.absence).label if row.absence else "",
    )


@dataclass(frozen=True)
class VoidedOutcome:
    """An answer that was voided: it counts nowhere and stays visible."""

    refers_on: date
    category_label: str
    ordinal: int
    voided: str


@dataclass(frozen=True)
class OutcomePoint:
    """A point at which the outcome is established; the lower fields are empty until it is recorded."""

    months: int
    refers_on: date
    due_until: date
    state: PointState
    category: str = ""
    category_label: str = ""
    since_on: date | None = None
    source: str = ""
    recorded_by: str = ""
    version: int | None = None
    ordinal: int = 0

    @property
    def label(self) -> str:
        if self.months == 0:
            return "am Tag der Entlassung"
        return f"{self.months} {'Monat' if self.months == 1 else 'Monate'} nach der Entlassung"

    @property
    def is_unknown(self) -> bool:
        return self.category == UNKNOWN


def outcome_points(actor: Actor, file: CaseFile, today: date) -> list[OutcomePoint]:
    """The points after release in their order, recorded or still to come; none before the release is confirmed."""
    return points_and_voided(actor, file, today)[0]


def points_and_voided(actor: Actor, file: CaseFile, today: date) -> tuple[list[OutcomePoint], list[VoidedOutcome]]:
    """``outcome_points``, and the answers that were voided."""
    rows = _outcomes(actor, file)
    labels = code_labels(OUTCOME_LIST, on=today) if rows else {}
    return _points(file, rows, labels, today), _voided(rows, labels)


def contacts_and_points(
    file: CaseFile, today: date
) -> tuple[list[ContactRow], list[OutcomePoint], list[VoidedOutcome]]:
    """``list_contacts``, voided ones too, and ``points_and_voided``, of a file that was opened along with the
    questions of its parts."""
    labels = file.labels(today)
    contacts = contacts_from(file.answers[CONTACTS], file.case, voided=True)
    outcomes = _of_case(file.answers[OUTCOMES], file)
    rows = [_contact_row(row, labels[CONTACT_KINDS]) for row in contacts]
    names = labels[OUTCOME_LIST]
    return rows, _points(file, outcomes, names, today), _voided(outcomes, names)


def last_met_by(file: CaseFile) -> dict[str, date]:
    """The last contact with the person by the name of who wrote it down, of a file opened along with its parts."""
    met: dict[str, date] = {}
    for row in contacts_from(file.answers[CONTACTS], file.case, voided=False):  # the newest first
        if ContactOutcome(row.outcome).is_contact:
            met.setdefault(row.by, row.happened_on)  # type: ignore[attr-defined]
    return met


def _outcomes(actor: Actor, file: CaseFile) -> list[OutcomeStatus]:
    """None is recorded before the release."""
    if file.released_on is None:
        return []
    return _of_case(OUTCOMES.rows(actor=actor, dossier_id=file.dossier.pk), file)


def _of_case(rows: Iterable[OutcomeStatus], file: CaseFile) -> list[OutcomeStatus]:
    return [row for row in numbered(rows) if row.case_id == file.case.pk]


def _voided(rows: list[OutcomeStatus], labels: Mapping[str, str]) -> list[VoidedOutcome]:
    return [
        VoidedOutcome(row.refers_on, labels[row.category], row.ordinal, voided_note(row))  # type: ignore[attr-defined]
        for row in rows
        if row.is_voided
    ]


def _points(file: CaseFile, rows: list[OutcomeStatus], labels: Mapping[str, str], today: date) -> list[OutcomePoint]:
    released = file.released_on
    if released is None:
        return []
    recorded = {row.months: row for row in rows if not row.is_voided}
    points = sorted({*months_of(file.parameters["outcome_checks"]), *recorded})
    grace = file.parameters["outcome_grace"]
    return [_point(recorded.get(months), months, released, today, grace, labels) for months in points]


def get_outcome(actor: Actor, case: Case, months: int) -> OutcomeStatus:
    """The outcome recorded for this point. NotVisible when hidden or absent."""
    outcomes = OutcomeStatus.objects.visible_to(actor).standing().filter(case=case, months=months)
    outcome = outcomes.select_related("case").first()
    if outcome is None:
        raise NotVisible()
    return outcome


def months_after_release(released: date) -> tuple[int, ...]:
    """The points that hold for somebody released on this day, in full months (parameter ``outcome_checks``)."""
    return months_of(parameter("outcome_checks", on=released))


def _point(row: Any, months: int, released: date, today: date, grace, labels) -> OutcomePoint:
    refers_on = row.refers_on if row else key_date(released, months)
    point = OutcomePoint(
        months=months,
        refers_on=refers_on,
        due_until=grace.after(refers_on),
        state=point_state(recorded=row is not None, refers_on=refers_on, today=today, grace=grace),
    )
    if row is None:
        return point
    return OutcomePoint(
        months=months,
        refers_on=refers_on,
        due_until=point.due_until,
        state=point.state,
        category=row.category,
        category_label=labels[row.category],
        since_on=row.since_on,
        source=row.source,
        recorded_by=row.by,
        version=row.version,
        ordinal=row.ordinal,
    )


def last_outcomes(actor: Actor, case_ids: list[int]) -> dict[int, list[str]]:
    """Where somebody stood at the last key date of earlier cases, by case: for somebody who comes back."""
    rows = OutcomeStatus.objects.visible_to(actor).standing().filter(case_id__in=case_ids).order_by("refers_on", "pk")
    last = {row.case_id: row for row in rows}
    labels = code_labels(OUTCOME_LIST, on=max(row.refers_on for row in last.values())) if last else {}
    return {case_id: [f"Verbleib am {row.refers_on:%d.%m.%Y}: {labels[row.category]}"] for case_id, row in last.items()}
