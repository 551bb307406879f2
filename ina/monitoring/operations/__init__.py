"""Every write of steps 5 and 6: contacts, appointments, notes, what is prepared for the gate, crises, outcomes."""

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
from ina.monitoring.operations.crises import (
    CRISIS,
    act_changed,
    act_in_crisis,
    check_act,
    end_crisis,
    reopen_crisis,
    report_crisis,
)
from ina.monitoring.operations.folder import (
    FOLDER,
    add_folder_line,
    begin_folder,
    check_folder,
    remove_folder_line,
)
from ina.monitoring.operations.notes import check_note, write_note
from ina.monitoring.operations.standards import check_standard

__all__ = [
    "CRISIS",
    "FIRST_CONTACT",
    "FOLDER",
    "OUTCOME",
    "act_changed",
    "act_in_crisis",
    "add_folder_line",
    "agree_appointment",
    "begin_folder",
    "cancel_appointment",
    "check_act",
    "check_contact",
    "check_folder",
    "check_note",
    "check_outcome",
    "check_standard",
    "contact_changed",
    "end_crisis",
    "hand_appointments_on",
    "keep_appointment",
    "move_appointment",
    "outcome_changed",
    "record_contact",
    "record_outcome",
    "remove_folder_line",
    "reopen_appointment",
    "reopen_crisis",
    "report_crisis",
    "settle_appointments",
    "write_note",
]
