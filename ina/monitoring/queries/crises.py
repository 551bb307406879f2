"""Crises of a case with what was done about them, and its early signs. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.models import Case
from ina.cases.queries import released_on
from ina.cases.queries.corrections import numbered, voided_note
from ina.monitoring.crises import Due, Kept, Sign, contact_by, next_due, signs_of
from ina.monitoring.enums import (
    AppointmentState,
    ContactOutcome,
    CrisisResult,
    CrisisStep,
    CrisisTrigger,
    Reporter,
    Urgency,
)
from ina.monitoring.models import Appointment, Contact, Crisis, CrisisAct
from ina.reference.queries import parameter


@dataclass(frozen=True)
class ActRow:
    """``ordinal`` names the entry in addresses. ``signed``: who signed an agreement, in words."""

    ordinal: int
    kind: CrisisStep
    happened_on: date
    text: str
    signed: str
    by: str
    voided: str


@dataclass(frozen=True)
class CrisisRow:
    """``due``: what comes next, None when it has ended."""

    id: int
    number: int
    trigger: CrisisTrigger
    urgency: Urgency
    reported_by: Reporter
    reported_on: date
    hypothesis: str
    result: CrisisResult | None
    ended_on: date | None
    lesson: str
    by: str
    version: int
    acts: tuple[ActRow, ...]
    due: Due | None


def list_crises(actor: Actor, case: Case, today: date) -> list[CrisisRow]:
    """Open ones first, then the newest. Two statements."""
    acts = (
        CrisisAct.objects.visible_to(actor)
        .filter(dossier_id=case.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("pk")
    )
    by_crisis: dict[int, list[CrisisAct]] = {}
    for act in numbered(acts):
        by_crisis.setdefault(act.crisis_id, []).append(act)
    rows = Crisis.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user").order_by("-number")
    points = parameter("crisis_follow_up", on=today)
    found = [_row(row, by_crisis.get(row.pk, []), points) for row in rows]
    return sorted(found, key=lambda row: row.result is not None)


def get_crisis(actor: Actor, case: Case, number: int) -> Crisis:
    row = Crisis.objects.visible_to(actor).filter(case=case, number=number).first()
    if row is None:
        raise NotVisible()
    return row


def early_signs(actor: Actor, case: Case, today: date) -> list[Sign]:
    """What appointments and contacts show, as far as the actor sees them."""
    rows = Appointment.objects.visible_to(actor).filter(case=case).exclude(state=AppointmentState.CANCELLED)
    kept = [
        Kept(on, AppointmentState(state), jobcenter, ContactOutcome(outcome) if outcome else None)
        for on, state, jobcenter, outcome in rows.values_list("on", "state", "jobcenter", "contact__outcome")
    ]
    met = Contact.objects.visible_to(actor).standing().filter(case=case)
    met = met.filter(outcome__in=[each for each in ContactOutcome if each.is_contact])
    last = met.order_by("-happened_on").values_list("happened_on", flat=True).first()
    released = released_on(case)
    day = released or today
    return signs_of(
        kept,
        last,
        contact_by(
            released,
            last,
            first=parameter("first_contact_after_release", on=day),
            early_phase=parameter("contact_early_phase", on=day),
            early=parameter("contact_interval_early", on=day),
            later=parameter("contact_interval_later", on=day),
        ),
        today,
    )


def _row(row: Crisis, acts: list[CrisisAct], points) -> CrisisRow:
    standing = [(CrisisStep(act.kind), act.happened_on) for act in acts if not act.is_voided]
    return CrisisRow(
        id=row.pk,
        number=row.number,
        trigger=CrisisTrigger(row.trigger),
        urgency=Urgency(row.urgency),
        reported_by=Reporter(row.reported_by),
        reported_on=row.reported_on,
        hypothesis=row.hypothesis,
        result=CrisisResult(row.result) if row.result else None,
        ended_on=row.ended_on,
        lesson=row.lesson,
        by=row.recorded_by.user.display_name,
        version=row.version,
        acts=tuple(_act(act) for act in sorted(acts, key=lambda act: (act.happened_on, act.pk))),
        due=next_due(row.reported_on, Urgency(row.urgency), standing, points) if row.is_open else None,
    )


def _act(act: CrisisAct) -> ActRow:
    signed = [
        word
        for word, yes in (
            ("Teilnehmer/in", act.person_signed),
            ("Betrieb", act.firm_signed),
            ("Übergangsmanagement", act.staff_signed),
        )
        if yes
    ]
    return ActRow(
        ordinal=act.ordinal,  # type: ignore[attr-defined]
        kind=CrisisStep(act.kind),
        happened_on=act.happened_on,
        text=act.text,
        signed=", ".join(signed),
        by=act.by,  # type: ignore[attr-defined]
        voided=voided_note(act),
    )
