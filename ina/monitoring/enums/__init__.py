"""Closed vocabularies of monitoring."""

from ina.monitoring.enums.crises import CrisisResult, CrisisStep, CrisisTrigger, Reporter, Urgency
from ina.monitoring.enums.gate import ApplicationKind, ApplicationStep, FolderPart, StandardMark, StandardState
from ina.monitoring.enums.log import (
    Absence,
    AppointmentHalt,
    AppointmentState,
    ContactOutcome,
    Initiative,
    NoteReaders,
    PointState,
    Repeat,
)

__all__ = [
    "Absence",
    "ApplicationKind",
    "ApplicationStep",
    "AppointmentHalt",
    "AppointmentState",
    "ContactOutcome",
    "CrisisResult",
    "CrisisStep",
    "CrisisTrigger",
    "FolderPart",
    "Initiative",
    "NoteReaders",
    "PointState",
    "Repeat",
    "Reporter",
    "StandardMark",
    "StandardState",
    "Urgency",
]
