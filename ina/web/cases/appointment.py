"""One appointment: when and where, and what became of it. It is named by its number in the case, never by an id."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.actor import Actor
from ina.base.policy import Verdict, refused
from ina.cases.queries.corrections import former_versions
from ina.monitoring import operations, policies
from ina.monitoring.enums import AppointmentState, ContactOutcome, Initiative
from ina.monitoring.queries import (
    CaseAppointment,
    get_appointment,
    list_keepers,
    read_appointment,
    warnings_about,
)
from ina.monitoring.rules import mark_of
from ina.web.cases.appointment_forms import CancelForm, KeepForm, MoveForm, ReopenForm, present
from ina.web.shell.dates import german_day
from ina.web.shell.files import EPISODE, head_of, open_file
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import Undo, void_newest

TOLD = ("on", "at", "minutes", "title", "place", "others", "outside", "jobcenter", "state")


def appointment(request: HttpRequest, number: str, place: int) -> HttpResponse:
    opened, actor, today = open_file(request, number, "appointment"), request.actor, clock.today()
    found = get_appointment(actor, opened.case, place)
    found.known_bases = opened.case.known_bases
    head = head_of(opened, "contacts", today)
    back = reverse("contacts", args=[number]) + head["head"].query
    here = address_of(number, place, opened.case.number)
    row = read_appointment(found)
    planned = row.state is AppointmentState.PLANNED
    may_move, may_reopen = (
        policies.may_move_appointment(actor, found),
        policies.may_reopen_appointment(actor, found),
    )

    def read() -> CaseAppointment:
        return read_appointment(get_appointment(actor, opened.case, place))

    def cancelled(_) -> tuple[str, str, Undo]:
        undo = Undo(here, {"formular": "reopen", "version": read().version})
        return back, f"Der Termin am {row.on:%d.%m.%Y} ist abgesagt. Der Grund bleibt stehen.", undo

    guides = {
        "keep": Guide(
            KeepForm,
            save=partial(operations.keep_appointment, appointment_id=found.pk),
            done=lambda contact: (back, _kept(contact), void_newest(actor, opened, "kontakt", contact.pk)),
            may=_from_its_day(policies.may_keep_appointment(actor, found), row, today),
            initial=lambda: {
                "version": read().version,
                "minutes": row.minutes,
                "kind": "TALK",
                "initiative": Initiative.STAFF,
            },
        ),
        "move": Guide(
            partial(
                MoveForm,
                keepers=_keepers(found, row, today) if may_move else {},
                in_custody=opened.released_on is None,
            ),
            save=partial(operations.move_appointment, appointment_id=found.pk),
            done=lambda saved: (here, said_of(actor, saved, "geändert")),
            may=may_move,
            initial=lambda: present(read()),
        ),
        "cancel": Guide(
            CancelForm,
            save=partial(operations.cancel_appointment, appointment_id=found.pk),
            done=cancelled,
            may=policies.may_cancel_appointment(actor, found),
            initial=lambda: {"version": read().version},
        ),
        "reopen": Guide(
            ReopenForm,
            save=partial(operations.reopen_appointment, appointment_id=found.pk),
            done=lambda _: (here, "Der Termin ist wieder geplant."),
            may=may_reopen,
            initial=lambda: {"version": read().version},
        ),
    }
    context = {
        **head,
        "appointment": row,
        "mark": mark_of(row.state, row.on, today),
        "warnings": warnings_about(actor, found) if planned and row.on >= today else [],
        "former": former_versions(actor, found, TOLD),
        "refusal": (may_move if planned else may_reopen).reason,
    }
    return several(request, "cases/appointment.html", guides, context)


def address_of(number: str, place: int, case_number: int) -> str:
    """The page of an appointment, of whichever case of the file."""
    return f"{reverse('appointment', args=[number, place])}?{EPISODE}={case_number}"


def said_of(actor: Actor, row, verb: str) -> str:
    """What happened, and what the person may not have thought of."""
    hour = f", {row.at:%H:%M} Uhr" if row.at else ""
    said = f"Termin {verb}: {german_day(row.on, clock.today())}{hour}."
    warnings = warnings_about(actor, row)
    return f"{said} Bitte prüfen: {' '.join(warnings)}" if warnings else said


def _from_its_day(may: Verdict, row: CaseAppointment, today: date) -> Verdict:
    return may if row.on <= today else refused(f"Der Termin ist erst am {row.on:%d.%m.%Y}.")


def _keepers(found, row: CaseAppointment, today: date) -> dict[int, str]:
    """Whoever keeps it already may stay."""
    return {row.keeper_id: row.keeper} | list_keepers(found.case, today)


def _kept(contact) -> str:
    what = "Der Termin hat stattgefunden" if ContactOutcome(contact.outcome).is_contact else "Der Termin ist versäumt"
    return f"{what}. Der Kontakt vom {contact.happened_on:%d.%m.%Y} ist gespeichert."
