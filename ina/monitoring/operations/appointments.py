"""Meetings that are agreed, moved, cancelled and kept; and what the course of a case does with them."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import F, Max

from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.enums import EventKind
from ina.cases.models import Case
from ina.cases.queries import responsible_of
from ina.cases.queries.events import standing_events
from ina.monitoring import policies
from ina.monitoring.enums import Absence, AppointmentHalt, AppointmentState, ContactOutcome, Initiative, Repeat
from ina.monitoring.models import Appointment, Contact
from ina.monitoring.operations.contacts import WHY, add_contact
from ina.monitoring.rules import Withdrawal, days_of_series, halt_of, outcome_of_appointment
from ina.reference.queries import parameter
from ina.reference.rules import add_months

# Nobody plans further ahead: a slip of the finger in the year.
FURTHEST = 24
# Of one series: half a year of weeks.
MOST_AT_ONCE = 26
LINKS = ("dossier", "case", "membership", "contact", "recorded_by")


@operation("monitoring.agree_appointment", may=policies.may_agree_appointment, on=Case)
def agree_appointment(
    case: Case,
    *,
    actor: Actor,
    on: date,
    title: str,
    at: time | None = None,
    minutes: int | None = None,
    place: str = "",
    others: str = "",
    outside: bool = False,
    jobcenter: bool = False,
    keeper_id: int | None = None,
    now: datetime,
) -> Appointment:
    """Agree on a meeting. minutes: 1 to 1440. outside: of somebody in custody, outside the prison.

    keeper_id: the position that keeps it, the actor's own when empty. Raises Invalid: a day longer ago than the dated
    parameter ``appointment_late_entry`` or more than two years ahead, somebody who neither leads the case nor stands
    in on that day. Sundays, holidays and other meetings at that hour are no hindrance (``warnings_about`` tells).
    """
    appointment = _agree(case, actor, now, on, at, minutes, title, place, others, outside, jobcenter, keeper_id)
    note(number=appointment.number, on=str(on))
    return appointment


@operation("monitoring.agree_series", may=policies.may_agree_appointment, on=Case)
def agree_series(
    case: Case,
    *,
    actor: Actor,
    on: date,
    repeat: Repeat,
    times: int,
    title: str,
    at: time | None = None,
    minutes: int | None = None,
    place: str = "",
    others: str = "",
    outside: bool = False,
    jobcenter: bool = False,
    keeper_id: int | None = None,
    now: datetime,
) -> list[Appointment]:
    """The same meeting ``times`` times, from ``on`` onwards; all or none, each with a life of its own afterwards.

    A month later is the same day of the month, or its last. Invalid: as for one, and fewer than two or more than
    ``MOST_AT_ONCE``.
    """
    if not 2 <= times <= MOST_AT_ONCE:
        raise Invalid(f"Eine Reihe hat 2 bis {MOST_AT_ONCE} Termine.", "times")
    made = [
        _agree(case, actor, now, day, at, minutes, title, place, others, outside, jobcenter, keeper_id)
        for day in days_of_series(on, repeat, times)
    ]
    note(number=made[0].number, on=str(on), count=times)
    return made


@operation("monitoring.move_appointment", may=policies.may_move_appointment, on=Appointment)
def move_appointment(
    appointment: Appointment,
    *,
    actor: Actor,
    on: date,
    title: str,
    at: time | None = None,
    minutes: int | None = None,
    place: str = "",
    others: str = "",
    outside: bool = False,
    jobcenter: bool = False,
    keeper_id: int | None = None,
    now: datetime,
) -> Appointment:
    """Another day, hour, place or person; as ``agree_appointment``. What was agreed before stays in the history.

    keeper_id: who keeps it from now on; empty: who did before.
    """
    # A day that stands may stay, however long ago it is.
    _arrange(
        appointment, on, at, minutes, title, place, others, outside, jobcenter,
        keeper_id or appointment.membership_id, now, stood_on=appointment.on,
    )  # fmt: skip
    appointment.version += 1
    appointment.save()
    note(number=appointment.number, on=str(on))
    return appointment


@operation("monitoring.cancel_appointment", may=policies.may_cancel_appointment, on=Appointment)
def cancel_appointment(appointment: Appointment, *, actor: Actor, because: str, now: datetime) -> None:
    """It will not take place, and nobody failed to come: for that ``keep_appointment`` has the outcomes."""
    if not because.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "because")
    appointment.state, appointment.because = AppointmentState.CANCELLED, because.strip()
    appointment.version += 1
    appointment.clean_fields(exclude=LINKS)
    appointment.save()
    note(number=appointment.number)


@operation("monitoring.keep_appointment", may=policies.may_keep_appointment, on=Appointment)
def keep_appointment(
    appointment: Appointment,
    *,
    actor: Actor,
    kind: str,
    outcome: ContactOutcome,
    absence: Absence | None = None,
    initiative: Initiative = Initiative.STAFF,
    minutes: int | None = None,
    content: str = "",
    next_step: str = "",
    next_on: date | None = None,
    now: datetime,
) -> Contact:
    """Say what became of it: the contact or the attempt is recorded on its day, as ``record_contact`` does.

    Somebody who did not come, or could not: the appointment is missed. Raises Invalid before its day.
    """
    if appointment.on > day_of(now):
        raise Invalid(f"Der Termin ist erst am {appointment.on:%d.%m.%Y}. Bis dahin können Sie ihn verlegen.")
    case = Case.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=appointment.case_id)
    contact = add_contact(
        case,
        actor,
        happened_on=appointment.on,
        started_at=appointment.at,
        place=appointment.place,
        kind=kind,
        outcome=outcome,
        absence=absence,
        initiative=initiative,
        minutes=minutes,
        content=content,
        next_step=next_step,
        next_on=next_on,
        now=now,
    )
    appointment.contact, appointment.state = contact, outcome_of_appointment(ContactOutcome(outcome))
    appointment.version += 1
    appointment.save()
    note(number=appointment.number, kind=kind, outcome=contact.outcome, on=str(contact.happened_on))
    return contact


@operation("monitoring.reopen_appointment", may=policies.may_reopen_appointment, on=Appointment)
def reopen_appointment(appointment: Appointment, *, actor: Actor, now: datetime) -> None:
    """It was cancelled by mistake, or the contact that told of it was voided: it is planned as before."""
    appointment.state, appointment.because, appointment.contact = AppointmentState.PLANNED, "", None
    appointment.version += 1
    appointment.save()
    note(number=appointment.number)


# --- what the course of a case does: parts of its operations, the case is loaded and locked -------------------------


def settle_appointments(case: Case, ended_on: date | None, released_on: date | None, now: datetime) -> None:
    """Nobody waits in vain: what lies after the end of the case, or outside after leave was taken back, is cancelled,
    and planned again when that was an error."""
    rows = Appointment.objects.unscoped(because=WHY).filter(case=case)
    rows = rows.filter(state=AppointmentState.PLANNED) | rows.exclude(halt="")
    found = list(rows.select_for_update(of=("self",)).order_by("number"))
    withdrawals = _withdrawals(case) if any(row.outside for row in found) else []
    for row in found:
        halt = halt_of(
            row.on,
            outside=row.outside,
            agreed_at=row.agreed_at,
            ended_on=ended_on,
            released_on=released_on,
            withdrawals=withdrawals,
        )
        if row.halt == (halt or ""):
            continue
        row.state = AppointmentState.CANCELLED if halt else AppointmentState.PLANNED
        row.halt, row.because = (str(halt), AppointmentHalt(halt).label) if halt else ("", "")
        row.version += 1
        row.save(update_fields=["state", "halt", "because", "version"])


def hand_appointments_on(case: Case, receiver_id: int, since: date) -> None:
    """From this day on whoever leads the case now keeps what is planned, whoever kept it before."""
    rows = Appointment.objects.unscoped(because=WHY).filter(case=case, state=AppointmentState.PLANNED, on__gte=since)
    rows.exclude(membership_id=receiver_id).update(membership_id=receiver_id, version=F("version") + 1)


def _withdrawals(case: Case) -> list[Withdrawal]:
    events = standing_events(case)
    return [Withdrawal(row.happened_on, row.recorded_at) for row in events if row.kind == EventKind.RELAXATION_ENDED]


def _agree(
    case: Case,
    actor: Actor,
    now: datetime,
    on: date,
    at: time | None,
    minutes: int | None,
    title: str,
    place: str,
    others: str,
    outside: bool,
    jobcenter: bool,
    keeper_id: int | None,
) -> Appointment:
    rows = Appointment.objects.unscoped(because=WHY).filter(case=case)
    appointment = Appointment(
        dossier_id=case.dossier_id,
        case=case,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    _arrange(
        appointment, on, at, minutes, title, place, others, outside, jobcenter, keeper_id or actor.membership_id, now
    )
    appointment.save(force_insert=True)
    return appointment


def _arrange(
    appointment: Appointment,
    on: date,
    at: time | None,
    minutes: int | None,
    title: str,
    place: str,
    others: str,
    outside: bool,
    jobcenter: bool,
    keeper_id: int,
    now: datetime,
    stood_on: date | None = None,
) -> None:
    today = day_of(now)
    earliest = parameter("appointment_late_entry", on=today).before(today)
    if on < earliest and on != stood_on:
        raise Invalid(
            f"Der {on:%d.%m.%Y} ist zu lange her: Nachtragen lassen sich Termine ab dem {earliest:%d.%m.%Y}."
            " Was stattgefunden hat, tragen Sie als Kontakt ein.",
            "on",
        )
    if on > (furthest := add_months(today, FURTHEST)):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt nach dem {furthest:%d.%m.%Y}. Ist das Jahr richtig?", "on")
    if keeper_id != appointment.membership_id or on != stood_on:
        _require_keeper(appointment.case, keeper_id, on)
    appointment.on, appointment.at, appointment.minutes = on, at, minutes
    appointment.title, appointment.place, appointment.others = title.strip(), place.strip(), others.strip()
    appointment.outside, appointment.membership_id = outside, keeper_id
    appointment.jobcenter = jobcenter
    appointment.agreed_at = now
    if minutes is not None and not 1 <= minutes <= 24 * 60:
        raise Invalid("Die Dauer liegt zwischen einer Minute und einem Tag.", "minutes")
    appointment.clean_fields(exclude=LINKS)


def _require_keeper(case: Case, keeper_id: int, on: date) -> None:
    """Whoever leads the case, or stands in for them on that day: others would not see the appointment then."""
    leads = responsible_of(case)
    if leads is not None and leads.membership_id == keeper_id:
        return
    standing_in = Deputyship.objects.filter(principal_id=leads.membership_id if leads else None, deputy_id=keeper_id)
    if standing_in.filter(ended_at=None, starts_on__lte=on, ends_on__gte=on).exists():
        return
    keeper = Membership.objects.select_related("user").filter(pk=keeper_id).first()
    if keeper is None:
        raise Invalid("Bitte wählen Sie, wer den Termin wahrnimmt.", "keeper_id")
    raise Invalid(f"{keeper.user} führt den Fall nicht und vertritt am {on:%d.%m.%Y} nicht.", "keeper_id")
