"""Steps 5 and 6, Monitoring and Evaluation: contacts, and where somebody stands in work at fixed points."""

from __future__ import annotations

from datetime import date, datetime, time

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.operations.worklist import note_contact
from ina.cases.queries import released_on
from ina.monitoring import policies
from ina.monitoring.enums import ContactOutcome, Initiative
from ina.monitoring.models import Contact, OutcomeStatus
from ina.monitoring.queries import OUTCOME_LIST, UNKNOWN, months_after_release
from ina.monitoring.rules import key_date
from ina.reference.queries import codes


@operation("monitoring.record_contact", may=policies.may_record_contact, on=Case)
def record_contact(
    case: Case,
    *,
    actor: Actor,
    happened_on: date,
    kind: str,
    outcome: ContactOutcome,
    initiative: Initiative = Initiative.STAFF,
    started_at: time | None = None,
    minutes: int | None = None,
    place: str = "",
    content: str = "",
    next_step: str = "",
    next_on: date | None = None,
    now: datetime,
) -> Contact:
    """Note a contact or an attempt. ``kind``: code of the list contact_kinds on that day. minutes: 1 to 1440.

    When the person was met, the list of cases shows the day as last contact.
    """
    if happened_on > day_of(now):
        raise Invalid(f"Der {happened_on:%d.%m.%Y} liegt in der Zukunft.", "happened_on")
    _require_code("contact_kinds", kind, happened_on, "kind")
    if minutes is not None and not 1 <= minutes <= 24 * 60:
        raise Invalid("Die Dauer liegt zwischen einer Minute und einem Tag.", "minutes")
    if next_on is not None and next_on < happened_on:
        raise Invalid("Der nächste Schritt liegt vor dem Kontakt.", "next_on")
    contact = Contact(
        dossier_id=case.dossier_id,
        case=case,
        happened_on=happened_on,
        started_at=started_at,
        minutes=minutes,
        kind=kind,
        outcome=str(outcome),
        initiative=str(initiative),
        place=place.strip(),
        content=content.strip(),
        next_step=next_step.strip(),
        next_on=next_on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    contact.clean_fields(exclude=["dossier", "case", "recorded_by"])
    contact.save(force_insert=True)
    if ContactOutcome(contact.outcome).is_contact:
        note_contact(case, happened_on)
    note(kind=kind, outcome=contact.outcome, on=str(happened_on))
    return contact


@operation("monitoring.record_outcome", may=policies.may_record_outcome, on=Case)
def record_outcome(
    case: Case,
    *,
    actor: Actor,
    months: int,
    category: str,
    since_on: date | None = None,
    source: str = "",
    now: datetime,
) -> OutcomeStatus:
    """Note where the person stood in work so many months after release.

    months: one of the points of the parameter ``outcome_checks``. category: code of the list outcome_status that is
    valid on the key date; UNKNOWN is one. Refused: a key date that is still to come, a point that is recorded already.
    """
    released = released_on(case)
    if released is None or months not in months_after_release(released):
        raise Invalid("Zu diesem Zeitpunkt wird der Verbleib nicht festgestellt.", "months")
    refers_on = key_date(released, months)
    if refers_on > day_of(now):
        raise Invalid(f"Der Stichtag {refers_on:%d.%m.%Y} liegt in der Zukunft.", "months")
    if OutcomeStatus.objects.visible_to(actor).filter(case=case, months=months).exists():
        raise Invalid("Der Verbleib ist zu diesem Zeitpunkt schon eingetragen. Bitte berichtigen Sie ihn.", "months")
    outcome = OutcomeStatus(dossier_id=case.dossier_id, case=case, months=months, refers_on=refers_on)
    _fill(outcome, actor, category, since_on, source, now)
    outcome.save(force_insert=True)
    note(months=months, category=category)
    return outcome


@operation("monitoring.correct_outcome", may=policies.may_correct_outcome, on=OutcomeStatus)
def correct_outcome(
    outcome: OutcomeStatus,
    *,
    actor: Actor,
    category: str,
    since_on: date | None = None,
    source: str = "",
    now: datetime,
) -> None:
    """Enter what turned out to be right. The earlier entry stays in the history."""
    before = outcome.category
    _fill(outcome, actor, category, since_on, source, now)
    outcome.version += 1
    outcome.save(update_fields=["category", "since_on", "source", "recorded_at", "recorded_by", "version"])
    note(months=outcome.months, before=before, category=category)


def _fill(
    outcome: OutcomeStatus, actor: Actor, category: str, since_on: date | None, source: str, now: datetime
) -> None:
    _require_code(OUTCOME_LIST, category, outcome.refers_on, "category")
    if since_on is not None and since_on > outcome.refers_on:
        raise Invalid(f"„Seit“ liegt nach dem Stichtag {outcome.refers_on:%d.%m.%Y}.", "since_on")
    if category != UNKNOWN and not source.strip():
        raise Invalid("Bitte nennen Sie, woher Sie es wissen.", "source")
    outcome.category = category
    outcome.since_on = since_on
    outcome.source = source.strip()
    outcome.recorded_at = now
    outcome.recorded_by_id = actor.membership_id
    outcome.clean_fields(exclude=["dossier", "case", "recorded_by"])


def _require_code(list_key: str, code: str, on: date, field: str) -> None:
    if code not in {row.code for row in codes(list_key, on=on)}:
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", field)
