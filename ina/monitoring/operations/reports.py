"""Writing the reports of aftercare and the closing report."""

from __future__ import annotations

from datetime import date, datetime

from ina.agenda.operations import course
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import released_on
from ina.monitoring import policies
from ina.monitoring.models import AftercareReport, ClosingReport
from ina.monitoring.rules import key_date, months_of, point_of
from ina.reference.queries import parameter

REPORT = "monitoring.aftercare_report"
CLOSING_REPORT = "cases.closing_report"
# What somebody writes, in the order of form and paper.
TEXTS = ("work", "employer", "housing", "income", "debts", "supervision", "family", "support", "plan")


@operation("monitoring.write_aftercare_report", may=policies.may_write_aftercare_report, on=Case)
def write_aftercare_report(
    case: Case,
    *,
    actor: Actor,
    months: int,
    written_on: date,
    work: str,
    housing: str = "",
    income: str = "",
    employer: str = "",
    supervision: str = "",
    debts: str = "",
    family: str = "",
    support: str = "",
    plan: str = "",
    reprofiling: bool = False,
    now: datetime,
) -> AftercareReport:
    """The report for a point so many full months after the release. Invalid: no such point (dated parameter), written
    before its day or in the future. A second one for the same point: Invalid, void the first."""
    released = released_on(case)
    assert released, "the policy asked"
    if months not in months_of(parameter("aftercare_report_points", on=released)):
        raise Invalid("Zu diesem Zeitpunkt wird kein Bericht geschrieben.", "months")
    report = AftercareReport(
        dossier_id=case.dossier_id, case=case, months=months, written_on=written_on, work=work.strip(),
        housing=housing.strip(), income=income.strip(), employer=employer.strip(), supervision=supervision.strip(),
        debts=debts.strip(), family=family.strip(), support=support.strip(), plan=plan.strip(),
        reprofiling=reprofiling, recorded_at=now, recorded_by_id=actor.membership_id,
    )  # fmt: skip
    _require_report(report, released, now)
    report.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    report.save(force_insert=True)
    report_changed(report, case, actor, now)
    note(months=months)
    return report


@operation("monitoring.write_closing_report", may=policies.may_write_closing_report, on=Case)
def write_closing_report(
    case: Case,
    *,
    actor: Actor,
    written_on: date,
    summary: str,
    remaining_need: str = "",
    handed_to: str = "",
    feedback: str = "",
    recommendation: str = "",
    now: datetime,
) -> ClosingReport:
    """What remains to be said at the end; one for a case. Invalid: written in the future."""
    report = ClosingReport(
        dossier_id=case.dossier_id, case=case, written_on=written_on, summary=summary.strip(),
        remaining_need=remaining_need.strip(), handed_to=handed_to.strip(), feedback=feedback.strip(),
        recommendation=recommendation.strip(), recorded_at=now, recorded_by_id=actor.membership_id,
    )  # fmt: skip
    check_closing_report(report, {}, now)
    report.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    report.save(force_insert=True)
    closing_report_changed(report, case, actor, now)
    note(written_on=str(written_on))
    return report


def check_report(report: AftercareReport, former, now: datetime) -> None:
    """What a correction may make of a report."""
    released = released_on(report.case)
    if released:
        _require_report(report, released, now)


def check_closing_report(report: ClosingReport, former, now: datetime) -> None:
    """What a correction may make of a closing report."""
    if report.written_on > day_of(now):
        raise Invalid(f"Der {report.written_on:%d.%m.%Y} liegt in der Zukunft.", "written_on")


def report_changed(report: AftercareReport, case: Case, actor: Actor, now: datetime) -> None:
    """The point of a report that stands is done; that of a voided one asks again."""
    released = released_on(case)
    if released is None:
        return
    point = point_of(parameter("aftercare_report_points", on=released), report.months)
    which = {"dossier_id": case.dossier_id, "case_number": case.number, "kind": REPORT, "offset": point, "now": now}
    if report.is_voided:
        course.unsettle(**which)  # type: ignore[arg-type]
    else:
        course.settle(**which, on=day_of(report.recorded_at), by=report.recorded_by_id)  # type: ignore[arg-type]


def closing_report_changed(report: ClosingReport, case: Case, actor: Actor, now: datetime) -> None:
    if report.is_voided:
        deadlines.undone(case, CLOSING_REPORT, now=now)
    else:
        deadlines.done(case, CLOSING_REPORT, day_of(report.recorded_at), now=now, by=report.recorded_by_id)


def _require_report(report: AftercareReport, released: date, now: datetime) -> None:
    due = key_date(released, report.months)
    if not released <= report.written_on <= day_of(now):
        raise Invalid(f"Der Tag liegt zwischen dem {released:%d.%m.%Y} und heute.", "written_on")
    if report.written_on < key_date(released, max(report.months - 1, 0)):
        raise Invalid(f"Für den Stand am {due:%d.%m.%Y} ist es noch zu früh.", "months")
