"""What happened to cases; told after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonReferred:
    dossier_id: int
    case_id: int


@dataclass(frozen=True)
class PersonAdmitted:
    dossier_id: int
    case_id: int


@dataclass(frozen=True)
class ReleaseDateChanged:
    dossier_id: int
    case_id: int


@dataclass(frozen=True)
class ReleaseConfirmed:
    dossier_id: int
    case_id: int


@dataclass(frozen=True)
class CaseClosed:
    dossier_id: int
    case_id: int
    reason: str


@dataclass(frozen=True)
class PersonDied:
    dossier_id: int


@dataclass(frozen=True)
class DeathWithdrawn:
    """It was an error: the person lives."""

    dossier_id: int


@dataclass(frozen=True)
class SpecialEventRecorded:
    dossier_id: int
    case_id: int
    kind: str
