"""Every write of steps 5 and 6: contacts, outcomes, appointments, notes."""

from ina.monitoring.operations.appointments import (
    agree_appointment,
    cancel_appointment,
    hand_appointments_on,
    keep_appointment,
    move_appointment,
    reopen_appointment,
    settle_appointments,
)
from ina.monitoring.operations.contacts import (
    FIRST_CONTACT,
    OUTCOME,
    check_contact,
    check_outcome,
    contact_changed,
    outcome_changed,
    record_contact,
    record_outcome,
)
from ina.monitoring.operations.notes import check_note, write_note
from ina.monitoring.operations.standards import check_standard

__all__ = [
    "FIRST_CONTACT",
    "OUTCOME",
    "agree_appointment",
    "cancel_appointment",
    "check_contact",
    "check_note",
    "check_outcome",
    "check_standard",
    "contact_changed",
    "hand_appointments_on",
    "keep_appointment",
    "move_appointment",
    "outcome_changed",
    "record_contact",
    "record_outcome",
    "reopen_appointment",
    "settle_appointments",
    "write_note",
]
