"""Contacts with a person, what is prepared for the gate, crises, and where they stood in work afterwards."""

from ina.monitoring.models.applications import ApplicationMove, BenefitApplication
from ina.monitoring.models.crises import Crisis, CrisisAct
from ina.monitoring.models.feeds import CalendarFeed
from ina.monitoring.models.folder import FolderCheck, FolderLine
from ina.monitoring.models.log import (
    Appointment,
    ConfidentialNote,
    Contact,
    InternalNote,
    Note,
    NoteTable,
    OutcomeStatus,
)
from ina.monitoring.models.own import OwnPage
from ina.monitoring.models.reports import AftercareReport, ClosingReport
from ina.monitoring.models.standards import StandardCheck

__all__ = [
    "AftercareReport",
    "ApplicationMove",
    "Appointment",
    "BenefitApplication",
    "CalendarFeed",
    "ClosingReport",
    "ConfidentialNote",
    "Contact",
    "Crisis",
    "CrisisAct",
    "FolderCheck",
    "FolderLine",
    "InternalNote",
    "Note",
    "NoteTable",
    "OutcomeStatus",
    "OwnPage",
    "StandardCheck",
]
