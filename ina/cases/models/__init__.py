"""Participants, cases, custody, intake, lists. Everything about a person hangs on the dossier."""

from ina.cases.models.case import Assignment, Case, CaseAct, Controller, Handover, SpecialEvent
from ina.cases.models.custody import CustodyPeriod, DateNotice, Enforcement, ReleaseDateHypothesis
from ina.cases.models.intake import (
    BenefitSituation,
    EntrySituation,
    EsfEntry,
    FirstTalk,
    HealthSituation,
    InformationGiven,
    ParticipationAgreement,
    ReferralSheet,
)
from ina.cases.models.lists import ListExport, PrisonListImport, PrisonListRow, SavedView, Worklist
from ina.cases.models.people import Alias, FormerName, Guardian, LikenessHint, Participant, PersonKey, SamePerson
from ina.cases.models.scans import ConsentScan

__all__ = [
    "Alias",
    "Assignment",
    "BenefitSituation",
    "Case",
    "CaseAct",
    "ConsentScan",
    "Controller",
    "CustodyPeriod",
    "DateNotice",
    "Enforcement",
    "EntrySituation",
    "EsfEntry",
    "FirstTalk",
    "FormerName",
    "Guardian",
    "Handover",
    "HealthSituation",
    "InformationGiven",
    "LikenessHint",
    "ListExport",
    "Participant",
    "ParticipationAgreement",
    "PersonKey",
    "PrisonListImport",
    "PrisonListRow",
    "ReferralSheet",
    "ReleaseDateHypothesis",
    "SamePerson",
    "SavedView",
    "SpecialEvent",
    "Worklist",
]
