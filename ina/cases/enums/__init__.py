"""Closed vocabularies of cases."""

from ina.cases.enums.course import (
    Act,
    ControllerKind,
    EventKind,
    HandoverKind,
    HandoverState,
    HypothesisKind,
    HypothesisStatus,
    Phase,
    Stance,
    State,
    Step,
    Supervision,
    TalkAnswer,
)
from ina.cases.enums.desk import ExportState, ListPurpose, ListWork, RowState, SearchReason
from ina.cases.enums.people import AliasKind, LinkState, Residence, Sex, YesNo

__all__ = [
    "Act",
    "AliasKind",
    "ControllerKind",
    "EventKind",
    "ExportState",
    "HandoverKind",
    "HandoverState",
    "HypothesisKind",
    "HypothesisStatus",
    "LinkState",
    "ListPurpose",
    "ListWork",
    "Phase",
    "Residence",
    "RowState",
    "SearchReason",
    "Sex",
    "Stance",
    "State",
    "Step",
    "Supervision",
    "TalkAnswer",
    "YesNo",
]
