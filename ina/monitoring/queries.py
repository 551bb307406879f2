"""Contacts and outcomes of a case. Visible rows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.models import Case
from ina.cases.queries import CaseFile
from ina.monitoring.enums import ContactOutcome, Initiative, PointState
from ina.monitoring.models import Contact, OutcomeStatus
from ina.monitoring.rules import key_date, months_of, point_state
from ina.reference.queries import code_labels, code_labels_of, parameter

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


def list_contacts(actor: Actor, case: Case, *, today: date) -> list[ContactRow]:
    """All contacts of a case, the newest first. ``today``: whose names of the kinds are shown."""
    rows = _contacts(actor, case)
    labels = code_labels(CONTACT_KINDS, on=today) if rows else {}
    return [_contact_row(row, labels) for row in rows]


def _contacts(actor: Actor, case: Case) -> list[Contact]:
    rows = Contact.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user")
    return list(rows.order_by("-happened_on", "-started_at", "-pk"))


def _contact_row(row: Contact, labels: Mapping[str, str]) -> ContactRow:
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
        recorded_by=row.recorded_by.user.display_name,
    )


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
    rows = _outcomes(actor, file)
    labels = code_labels(OUTCOME_LIST, on=today) if rows else {}
    return _points(file, rows, labels, today)


def contacts_and_points(actor: Actor, file: CaseFile, today: date) -> tuple[list[ContactRow], list[OutcomePoint]]:
    """``list_contacts`` and ``outcome_points`` together, with one query for the names of all codes."""
    contacts, outcomes = _contacts(actor, file.case), _outcomes(actor, file)
    labels = code_labels_of((CONTACT_KINDS, OUTCOME_LIST), on=today) if contacts or outcomes else {}
    rows = [_contact_row(row, labels[CONTACT_KINDS]) for row in contacts]
    return rows, _points(file, outcomes, labels.get(OUTCOME_LIST, {}), today)


def _outcomes(actor: Actor, file: CaseFile) -> list[OutcomeStatus]:
    """None is recorded before the release."""
    if file.released_on is None:
        return []
    rows = OutcomeStatus.objects.visible_to(actor).filter(case=file.case).select_related("recorded_by__user")
    return list(rows.order_by("months"))


def _points(file: CaseFile, rows: list[OutcomeStatus], labels: Mapping[str, str], today: date) -> list[OutcomePoint]:
    released = file.released_on
    if released is None:
        return []
    recorded = {row.months: row for row in rows}
    points = sorted({*months_of(file.parameters["outcome_checks"]), *recorded})
    grace = file.parameters["outcome_grace"]
    return [_point(recorded.get(months), months, released, today, grace, labels) for months in points]


def get_outcome(actor: Actor, case: Case, months: int) -> OutcomeStatus:
    """The outcome recorded for this point. NotVisible when hidden or absent."""
    outcome = OutcomeStatus.objects.visible_to(actor).filter(case=case, months=months).select_related("case").first()
    if outcome is None:
        raise NotVisible()
    return outcome


def months_after_release(released: date) -> tuple[int, ...]:
    """The points that hold for somebody released on this day, in full months (parameter ``outcome_checks``)."""
    return months_of(parameter("outcome_checks", on=released))


def _point(row: OutcomeStatus | None, months: int, released: date, today: date, grace, labels) -> OutcomePoint:
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
        recorded_by=row.recorded_by.user.display_name,
        version=row.version,
    )
