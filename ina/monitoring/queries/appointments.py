"""Appointments: of one case, and of somebody across their cases. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value

from ina.access.models import Dossier
from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read, one_of
from ina.cases.enums import EventKind
from ina.cases.models import Case
from ina.cases.queries import responsible_of
from ina.cases.queries.events import standing_events
from ina.monitoring.enums import AppointmentState
from ina.monitoring.models import Appointment
from ina.monitoring.rules import overlap, unusual_day

# Lines of the list of a house; a day has more only in a measurement.
MOST_IN_HOUSE = 40


@dataclass(frozen=True)
class AppointmentRow:
    """An appointment in the list of somebody, across their cases.

    place: its number in the case, which names it in addresses. at: None without a time of day.
    where: the place of the meeting. others: who else comes. keeper: who keeps it; for_somebody: not the reader.
    """

    dossier_id: int
    number: str
    case_number: int
    place: int
    on: date
    at: time | None
    minutes: int | None
    title: str
    where: str
    others: str
    state: AppointmentState
    keeper: str
    for_somebody: bool


class _OneOf(Func):
    """Whether a position is one of an array that is read once, so that an index serves the question.

    A join or an EXISTS in its place made the database look at every planned appointment.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def list_appointments(actor: Actor, first: date, last: date) -> list[AppointmentRow]:
    """What is planned from the first day to the last, by day and time: the actor's own, and on days on which they
    stand in for somebody theirs too. What has no time of day comes before the rest of its day."""
    mine = actor.membership_id
    if mine is None:
        return []
    rows = Appointment.objects.visible_to(actor, Dossier).filter(
        state=AppointmentState.PLANNED, on__gte=first, on__lte=last
    )
    if getattr(actor, "deputises", False):
        running = Deputyship.objects.filter(deputy_id=mine, ended_at=None)
        principals = running.filter(starts_on__lte=last, ends_on__gte=first).order_by().values("principal_id")
        stands_in = running.filter(
            principal_id=OuterRef("membership_id"), starts_on__lte=OuterRef("on"), ends_on__gte=OuterRef("on")
        )
        either = Func(ArraySubquery(principals), Value(mine), function="array_append")
        rows = rows.filter(_OneOf(F("membership_id"), either))
        rows = rows.filter(Q(membership_id=mine) | Exists(stands_in))
    else:
        rows = rows.filter(membership_id=mine)
    return _appointments(rows, actor)


def _told(rows):
    return rows.annotate(
        keeper=F("membership__user__display_name"),
        file_number=F("dossier__number"),
        case_number=F("case__number"),
    ).order_by("on", F("at").asc(nulls_first=True), "pk")


def _appointments(rows, actor: Actor) -> list[AppointmentRow]:
    return appointments_from(_told(rows), actor)


def _planned_today(given):
    return Appointment.objects.visible_to(given.actor, Dossier).filter(state=AppointmentState.PLANNED, on=given.today)


# What these positions have planned for a day; what those who work in a prison have, for its social service.
TODAYS = Read(lambda given: _told(_planned_today(given).filter(one_of("membership_id", given.members))))
IN_HOUSE = Read(
    lambda given: _told(
        _planned_today(given).filter(
            _OneOf(
                F("membership_id"),
                ArraySubquery(Membership.objects.filter(place_id=given.unit_id).order_by().values("pk")),
            )
        )
    )[:MOST_IN_HOUSE]
)


def appointments_from(rows, actor: Actor) -> list[AppointmentRow]:
    """``list_appointments`` from rows of TODAYS or IN_HOUSE."""
    return [_appointment_row(row, actor.membership_id) for row in rows]


def _appointment_row(row: Any, mine: int) -> AppointmentRow:
    return AppointmentRow(
        dossier_id=row.dossier_id,
        number=row.file_number,
        case_number=row.case_number,
        place=row.number,
        on=row.on,
        at=row.at,
        minutes=row.minutes,
        title=row.title,
        where=row.place,
        others=row.others,
        state=AppointmentState(row.state),
        keeper=row.keeper,
        for_somebody=row.membership_id != mine,
    )


@dataclass(frozen=True)
class CaseAppointment:
    """An appointment in its file. place, at, where, others: as in ``AppointmentRow``.

    contact_voided: what was said of it no longer counts. comes_back: the course of the case cancelled it, and plans it
    again when that is undone. doubt: what may have overtaken it; empty when nothing has.
    """

    place: int
    on: date
    at: time | None
    minutes: int | None
    title: str
    where: str
    others: str
    outside: bool
    jobcenter: bool
    state: AppointmentState
    because: str
    keeper: str
    keeper_id: int
    recorded_by: str
    recorded_at: datetime
    contact_voided: bool
    comes_back: bool
    version: int
    doubt: str = ""


# What is agreed and still to come in a case, for its picture.
PLANNED = Read(
    lambda given: (
        Appointment.objects.visible_to(given.actor)
        .filter(case_id=given.case_id, state=AppointmentState.PLANNED)
        .order_by("on", "pk")
    )
)


def list_case_appointments(actor: Actor, case: Case) -> list[CaseAppointment]:
    """The appointments of a case by day and time, whatever became of them."""
    rows = list(_agreed_in(actor, case).order_by("on", F("at").asc(nulls_first=True), "pk"))
    moved = _transfers(case) if any(row.state == AppointmentState.PLANNED for row in rows) else []
    return [_case_appointment(row, moved) for row in rows]


def get_appointment(actor: Actor, case: Case, place: int) -> Appointment:
    """The appointment with this number in the case. NotVisible when hidden or absent."""
    row = _agreed_in(actor, case).filter(number=place).first() if 0 < place < 2**15 else None
    if row is None:
        raise NotVisible()
    row.case = case  # as the page has loaded it, with what it knows already
    return row


def read_appointment(row: Appointment) -> CaseAppointment:
    """The read-model of one that ``get_appointment`` loaded."""
    return _case_appointment(row, _transfers(row.case) if row.state == AppointmentState.PLANNED else [])


def warnings_about(actor: Actor, row: Appointment) -> list[str]:
    """What somebody may not have thought of: a Sunday, a holiday, another meeting at that hour of the person or of
    whoever keeps it, as far as the actor sees it. German sentences; none of it is a hindrance."""
    found = [f"Der {row.on:%d.%m.%Y} ist {unusual}."] if (unusual := unusual_day(row.on)) else []
    if row.at is None:
        return found
    planned = Appointment.objects.visible_to(actor, Dossier).filter(state=AppointmentState.PLANNED, on=row.on)
    others = planned.filter(Q(case_id=row.case_id) | Q(membership_id=row.membership_id)).exclude(pk=row.pk)
    for other in others.select_related("dossier", "membership__user").order_by("at", "pk"):
        if not overlap(row.at, row.minutes, other.at, other.minutes):
            continue
        if other.case_id == row.case_id:
            found.append(f"Um {other.at:%H:%M} Uhr ist mit dieser Person schon „{other.title}“ verabredet.")
        else:
            who = "haben Sie" if other.membership_id == actor.membership_id else f"hat {other.membership.user}"
            found.append(f"Um {other.at:%H:%M} Uhr {who} schon einen Termin (Akte {other.dossier.number}).")
    return found


def list_keepers(case: Case, today: date) -> dict[int, str]:
    """Who can keep an appointment of the case: whoever leads it, and who stands in for them today or later."""
    leads = responsible_of(case)
    if leads is None:
        return {}
    standing_in = Deputyship.objects.filter(principal_id=leads.membership_id, ended_at=None, ends_on__gte=today)
    deputies = standing_in.values_list("deputy_id", "deputy__user__display_name").order_by("starts_on", "pk")
    return {leads.membership_id: leads.membership.user.display_name} | dict(deputies)


def _agreed_in(actor: Actor, case: Case):
    rows = Appointment.objects.visible_to(actor).filter(case=case)
    return rows.select_related("membership__user", "recorded_by__user", "contact", "dossier")


def _transfers(case: Case) -> list[tuple[date, datetime]]:
    return [(row.happened_on, row.recorded_at) for row in standing_events(case) if row.kind == EventKind.TRANSFERRED]


def _case_appointment(row: Any, moved: list[tuple[date, datetime]]) -> CaseAppointment:
    state = AppointmentState(row.state)
    overtaken = [day for day, known_at in moved if day <= row.on and row.agreed_at < known_at]
    return CaseAppointment(
        place=row.number,
        on=row.on,
        at=row.at,
        minutes=row.minutes,
        title=row.title,
        where=row.place,
        others=row.others,
        outside=row.outside,
        jobcenter=row.jobcenter,
        state=state,
        because=row.because,
        keeper=row.membership.user.display_name,
        keeper_id=row.membership_id,
        recorded_by=row.recorded_by.user.display_name,
        recorded_at=row.recorded_at,
        contact_voided=row.contact is not None and row.contact.is_voided,
        comes_back=bool(row.halt),
        version=row.version,
        doubt=f"vor der Verlegung am {overtaken[-1]:%d.%m.%Y} vereinbart" if overtaken else "",
    )
