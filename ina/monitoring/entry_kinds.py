"""Contacts and outcomes can be corrected and voided; contacts are what ``cases`` knows of attempts and meetings."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from ina.cases.corrections import EntryKind, register_entry
from ina.cases.evidence import register_attempts, register_meetings
from ina.cases.models import Case
from ina.cases.policies import may_correct
from ina.monitoring import operations, policies
from ina.monitoring.enums import ContactOutcome
from ina.monitoring.models import (
    AftercareReport,
    ApplicationMove,
    ClosingReport,
    ConfidentialNote,
    Contact,
    CrisisAct,
    InternalNote,
    Note,
    OutcomeStatus,
)
from ina.monitoring.operations.notes import check_note
from ina.monitoring.queries import CONTACT_KINDS, OUTCOME_LIST

WHY = "der Fall ist schon als sichtbar geladen"


def attempts(case: Case) -> list[tuple[date, str]]:
    """Day and kind of each documented attempt to reach the person, those that succeeded included."""
    rows = Contact.objects.unscoped(because=WHY).standing().filter(case=case).order_by("happened_on", "pk")
    return list(rows.values_list("happened_on", "kind"))


def last_met(case: Case) -> date | None:
    """The day of the last contact that came about."""
    rows = Contact.objects.unscoped(because=WHY).standing().filter(case=case)
    rows = rows.filter(outcome__in=[outcome for outcome in ContactOutcome if outcome.is_contact])
    return rows.aggregate(on=Max("happened_on"))["on"]


KINDS = (
    EntryKind(
        key="kontakt",
        name="contact",
        label="Kontakt",
        model=Contact,
        may=policies.may_correct_contact,
        fields=(
            "happened_on",
            "started_at",
            "minutes",
            "kind",
            "outcome",
            "absence",
            "initiative",
            "place",
            "content",
            "next_step",
            "next_on",
        ),
        page="contacts",
        codes={"kind": CONTACT_KINDS},
        check=operations.check_contact,
        after=operations.contact_changed,
    ),
    *(
        EntryKind(
            key=key,
            name=name,
            label=label,
            model=model,
            may=may,
            fields=("noted_on", "subject", "text"),
            page="notes",
            check=check_note,
        )
        for key, name, label, model, may in (
            ("notiz", "note", "Notiz", Note, policies.may_correct_note),
            ("interne-notiz", "internal_note", "Interne Notiz", InternalNote, policies.may_correct_note),
            (
                "vertrauliche-notiz",
                "confidential_note",
                "Vertrauliche Notiz",
                ConfidentialNote,
                policies.may_correct_confidential_note,
            ),
        )
    ),
    EntryKind(
        key="krisenschritt",
        name="crisis_act",
        label="Schritt in einer Krise",
        model=CrisisAct,
        may=policies.may_correct_crisis_act,
        fields=("happened_on", "text", "person_signed", "firm_signed", "staff_signed"),
        case="crisis.case",
        page="crises",
        check=operations.check_act,
        after=operations.act_changed,
    ),
    EntryKind(
        key="antragsstand",
        name="application_move",
        label="Stand eines Antrags",
        model=ApplicationMove,
        may=policies.may_correct_contact,
        fields=("happened_on", "due_on", "remark"),
        case="application.case",
        page="applications",
        check=operations.check_move,
        after=operations.move_changed,
    ),
    EntryKind(
        key="nachsorgebericht",
        name="aftercare_report",
        label="Nachsorgebericht",
        model=AftercareReport,
        may=policies.may_correct_contact,
        fields=("written_on", *operations.TEXTS, "reprofiling"),
        page="aftercare",
        check=operations.check_report,
        after=operations.report_changed,
    ),
    EntryKind(
        key="abschlussbericht",
        name="closing_report",
        label="Abschlussbericht",
        model=ClosingReport,
        may=may_correct,
        fields=("written_on", "summary", "remaining_need", "handed_to", "feedback", "recommendation"),
        page="aftercare",
        check=operations.check_closing_report,
        after=operations.closing_report_changed,
    ),
    EntryKind(
        key="verbleib",
        name="outcome",
        label="Verbleib",
        model=OutcomeStatus,
        may=may_correct,
        fields=("category", "since_on", "source"),
        page="outcomes",
        codes={"category": OUTCOME_LIST},
        check=operations.check_outcome,
        after=operations.outcome_changed,
    ),
)


def register() -> None:
    register_attempts(attempts)
    register_meetings(last_met)
    for kind in KINDS:
        register_entry(kind)
