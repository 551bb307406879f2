"""Where aftercare stands: its clock, the rhythm of contacts, and the reports. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ina.base.actor import Actor
from ina.cases.queries import CaseFile
from ina.cases.queries.corrections import numbered, voided_note
from ina.monitoring.crises import contact_by
from ina.monitoring.enums import PointState
from ina.monitoring.models import AftercareReport, ClosingReport
from ina.monitoring.queries.contacts import list_contacts
from ina.monitoring.rules import key_date, months_of, point_state
from ina.reference.queries import parameter


@dataclass(frozen=True)
class ReportPoint:
    """A point at which a report is due, with the one that was written. ``ordinal`` names it as an entry."""

    months: int
    due_on: date
    state: PointState
    report: AftercareReport | None
    ordinal: int = 0
    by: str = ""


@dataclass(frozen=True)
class Aftercare:
    """``next_contact_by``: by the rhythm of dated parameters; None before the release and once the case has ended.

    met, attempts: contacts after the release that came about, and attempts that failed. first_contact_on: the first
    that came about. first_contact_due: by when it was to be. voided: reports that were voided, with the note on it.
    """

    ends_on: date | None
    last_met_on: date | None
    next_contact_by: date | None
    first_contact_on: date | None
    first_contact_due: date | None
    met: int
    attempts: int
    points: tuple[ReportPoint, ...]
    voided: tuple[tuple[str, int, str], ...]
    closing: ClosingReport | None
    closing_ordinal: int
    closing_by: str


def read_aftercare(actor: Actor, file: CaseFile, today: date) -> Aftercare:
    released, day = file.released_on, file.released_on or today
    contacts = [row for row in list_contacts(actor, file.case, today=today) if released and row.happened_on >= released]
    met = sorted(row.happened_on for row in contacts if row.outcome.is_contact)
    first = parameter("first_contact_after_release", on=day)
    reports = _reports(actor, file)
    standing = {row.months: row for row in reports if not row.is_voided}
    points = months_of(parameter("aftercare_report_points", on=day)) if released else ()
    grace = parameter("outcome_grace", on=day)
    closing = _closing(actor, file)
    stands = next((row for row in closing if not row.is_voided), None)
    return Aftercare(
        ends_on=file.aftercare_ends,
        last_met_on=met[-1] if met else None,
        next_contact_by=contact_by(
            released,
            met[-1] if met else None,
            first=first,
            early_phase=parameter("contact_early_phase", on=day),
            early=parameter("contact_interval_early", on=day),
            later=parameter("contact_interval_later", on=day),
        ),
        first_contact_on=met[0] if met else None,
        first_contact_due=first.after(released) if released else None,
        met=len(met),
        attempts=len(contacts) - len(met),
        points=tuple(_point(months, released, standing.get(months), today, grace) for months in points if released),
        voided=tuple(
            (str(row), row.ordinal, voided_note(row))  # type: ignore[attr-defined]
            for row in (*reports, *closing)
            if row.is_voided
        ),
        closing=stands,
        closing_ordinal=stands.ordinal if stands else 0,  # type: ignore[attr-defined]
        closing_by=stands.by if stands else "",  # type: ignore[attr-defined]
    )


def _point(months: int, released: date, report: AftercareReport | None, today: date, grace) -> ReportPoint:
    due = key_date(released, months)
    state = point_state(recorded=report is not None, refers_on=due, today=today, grace=grace)
    if report is None:
        return ReportPoint(months, due, state, None)
    return ReportPoint(months, due, state, report, report.ordinal, report.by)  # type: ignore[attr-defined]


def _reports(actor: Actor, file: CaseFile) -> list[AftercareReport]:
    return [row for row in _numbered(AftercareReport, actor, file) if row.case_id == file.case.pk]


def _closing(actor: Actor, file: CaseFile) -> list[ClosingReport]:
    return [row for row in _numbered(ClosingReport, actor, file) if row.case_id == file.case.pk]


def _numbered(table, actor: Actor, file: CaseFile) -> list:
    rows = table.objects.visible_to(actor).filter(dossier_id=file.dossier.pk)
    rows = rows.annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
    return list(numbered(rows.order_by("pk")))
