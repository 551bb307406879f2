"""Steps 5 and 6, Monitoring and Evaluation: contacts, and where somebody stands in work at fixed points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F

from ina.agenda.operations import course
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.operations.worklist import derive_last_contact, note_contact
from ina.cases.queries import released_on, state_of
from ina.monitoring import policies
from ina.monitoring.enums import Absence, ContactOutcome, Initiative
from ina.monitoring.models import Appointment, Contact, OutcomeStatus
from ina.monitoring.queries import OUTCOME_LIST, UNKNOWN, months_after_release
from ina.monitoring.rules import key_date, outcome_of_appointment, point_of
from ina.reference.queries import codes, parameter

WHY = "Teil einer Operation, die den Fall schon geladen hat"
FIRST_CONTACT = "monitoring.first_contact"
OUTCOME = "monitoring.outcome"


@operation("monitoring.record_contact", may=policies.may_record_contact, on=Case)
def record_contact(
    case: Case,
    *,
    actor: Actor,
    happened_on: date,
    kind: str,
    outcome: ContactOutcome,
    absence: Absence | None = None,
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
    absence: why somebody did not come; Invalid where they did.

    When the person was met, the list of cases shows the day as last contact.
    """
    contact = add_contact(
        case,
        actor,
        happened_on=happened_on,
        kind=kind,
        outcome=outcome,
        absence=absence,
        initiative=initiative,
        started_at=started_at,
        minutes=minutes,
        place=place,
        content=content,
        next_step=next_step,
        next_on=next_on,
        now=now,
    )
    note(kind=kind, outcome=contact.outcome, on=str(happened_on))
    return contact


def add_contact(
    case: Case,
    actor: Actor,
    *,
    happened_on: date,
    kind: str,
    outcome: ContactOutcome,
    absence: Absence | None = None,
    initiative: Initiative = Initiative.STAFF,
    started_at: time | None = None,
    minutes: int | None = None,
    place: str = "",
    content: str = "",
    next_step: str = "",
    next_on: date | None = None,
    now: datetime,
) -> Contact:
    """As ``record_contact``; part of an operation that has loaded and locked the case."""
    _require_code("contact_kinds", kind, happened_on, "kind")
    contact = Contact(
        dossier_id=case.dossier_id,
        case=case,
        happened_on=happened_on,
        started_at=started_at,
        minutes=minutes,
        kind=kind,
        outcome=str(outcome),
        absence=str(absence or ""),
        initiative=str(initiative),
        place=place.strip(),
        content=content.strip(),
        next_step=next_step.strip(),
        next_on=next_on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    _check_days(contact, now)
    contact.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    contact.save(force_insert=True)
    if ContactOutcome(contact.outcome).is_contact:
        note_contact(case, happened_on)
        _first_after_release(case, now)
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
    if OutcomeStatus.objects.visible_to(actor).standing().filter(case=case, months=months).exists():
        raise Invalid("Der Verbleib ist zu diesem Zeitpunkt schon eingetragen. Bitte berichtigen Sie ihn.", "months")
    _require_code(OUTCOME_LIST, category, refers_on, "category")
    outcome = OutcomeStatus(
        dossier_id=case.dossier_id,
        case=case,
        months=months,
        refers_on=refers_on,
        category=category,
        since_on=since_on,
        source=source.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    _check_answer(outcome)
    outcome.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    outcome.save(force_insert=True)
    _follow_outcome(outcome, case, now)
    note(months=months, category=category)
    return outcome


# --- corrections: parts of ``cases.operations.corrections`` -------------------------------------------------------


def check_contact(contact: Contact, before: Mapping[str, Any], now: datetime) -> None:
    """A kind that the list no longer has may stay; another one must stand in it."""
    if contact.kind != before["kind"]:
        _require_code("contact_kinds", contact.kind, contact.happened_on, "kind")
    _check_days(contact, now)


def contact_changed(contact: Contact, case: Case, actor: Actor, now: datetime) -> None:
    """When the person was last met, whether the first contact after the release came about, and what became of the
    appointment that the contact tells of."""
    derive_last_contact(case)
    appointments = Appointment.objects.unscoped(because=WHY).filter(contact=contact)
    if not contact.is_voided:
        became = outcome_of_appointment(ContactOutcome(contact.outcome))
        appointments.exclude(state=became).update(state=became, version=F("version") + 1)
    if state_of(case) in OPEN_STATES:
        deadlines.undone(case, FIRST_CONTACT, now=now)
    _first_after_release(case, now)


def check_outcome(outcome: OutcomeStatus, before: Mapping[str, Any], now: datetime) -> None:
    if outcome.category != before["category"]:
        _require_code(OUTCOME_LIST, outcome.category, outcome.refers_on, "category")
    _check_answer(outcome)


def outcome_changed(outcome: OutcomeStatus, case: Case, actor: Actor, now: datetime) -> None:
    """A voided answer of a case that is still open is asked for again."""
    _follow_outcome(outcome, case, now)


def _check_days(contact: Contact, now: datetime) -> None:
    if contact.absence and not ContactOutcome(contact.outcome).is_absence:
        raise Invalid("Ein Grund steht nur dort, wo jemand nicht erschienen ist.", "absence")
    if contact.happened_on > day_of(now):
        raise Invalid(f"Der {contact.happened_on:%d.%m.%Y} liegt in der Zukunft.", "happened_on")
    if contact.minutes is not None and not 1 <= contact.minutes <= 24 * 60:
        raise Invalid("Die Dauer liegt zwischen einer Minute und einem Tag.", "minutes")
    if contact.next_on is not None and contact.next_on < contact.happened_on:
        raise Invalid("Der nächste Schritt liegt vor dem Kontakt.", "next_on")


def _first_after_release(case: Case, now: datetime) -> None:
    """The first contact after the confirmed release settles the item that asks for it."""
    released = released_on(case)
    if released is None:
        return
    met = Contact.objects.unscoped(because=WHY).standing().filter(case=case, happened_on__gte=released)
    met = met.filter(outcome__in=[outcome for outcome in ContactOutcome if outcome.is_contact])
    if first := met.order_by("happened_on", "pk").first():
        deadlines.done(case, FIRST_CONTACT, first.happened_on, now=now, by=first.recorded_by_id)


def _check_answer(outcome: OutcomeStatus) -> None:
    if outcome.since_on is not None and outcome.since_on > outcome.refers_on:
        raise Invalid(f"„Seit“ liegt nach dem Stichtag {outcome.refers_on:%d.%m.%Y}.", "since_on")
    if outcome.category != UNKNOWN and not outcome.source.strip():
        raise Invalid("Bitte nennen Sie, woher Sie es wissen.", "source")


def _follow_outcome(outcome: OutcomeStatus, case: Case, now: datetime) -> None:
    """The one item of this point is done, or asks again when the answer was voided."""
    released = released_on(case)
    point = point_of(parameter("outcome_checks", on=released), outcome.months) if released else None
    if point is None:
        return
    which: dict[str, Any] = {
        "dossier_id": case.dossier_id,
        "case_number": case.number,
        "kind": OUTCOME,
        "offset": point,
        "now": now,
    }
    if not outcome.is_voided:
        course.settle(**which, on=day_of(outcome.recorded_at), by=outcome.recorded_by_id)
    elif state_of(case) in OPEN_STATES:
        course.unsettle(**which)


def _require_code(list_key: str, code: str, on: date, field: str) -> None:
    if code not in {row.code for row in codes(list_key, on=on)}:
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", field)


@dataclass(frozen=True)
class Met:
    """One line of a day in the wing: in which case, and what became of the meeting."""

    case_id: int
    outcome: ContactOutcome
    minutes: int | None = None
    content: str = ""


def record_day(
    *, actor: Actor, happened_on: date, kind: str, entries: Sequence[Met], place: str = "", now: datetime
) -> list[Contact]:
    """Many contacts of one day, all or none: each is an act of its own, asked and recorded as ``record_contact``.

    Invalid: nothing entered, the same case twice, or whatever makes a contact invalid.
    """
    if not entries:
        raise Invalid("Bitte wählen Sie mindestens eine Person.")
    if len({entry.case_id for entry in entries}) < len(entries):
        raise Invalid("Eine Person steht zweimal da.")
    with transaction.atomic():
        return [
            record_contact(
                actor=actor,
                case_id=entry.case_id,
                happened_on=happened_on,
                kind=kind,
                outcome=entry.outcome,
                minutes=entry.minutes,
                place=place,
                content=entry.content,
                now=now,
            )
            for entry in entries
        ]
