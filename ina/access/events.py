"""What happened to access; told after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentWithdrawn:
    dossier_id: int
    consent_id: int
    purpose: str


@dataclass(frozen=True)
class EmergencyAccessOpened:
    dossier_id: int
    membership_id: int
