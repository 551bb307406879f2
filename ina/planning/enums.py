"""Closed vocabularies of planning. Source: domain sections 7.3, 9.5."""

from enum import StrEnum


class PlanState(StrEnum):
    """How far a version of the plan is agreed. That a review is due is computed, not stored."""

    DRAFT = "DRAFT"
    DISCUSSED = "DISCUSSED"
    AGREED = "AGREED"
    IN_FORCE = "IN_FORCE"
    SUPERSEDED = "SUPERSEDED"

    @property
    def label(self) -> str:
        return {
            "DRAFT": "Entwurf",
            "DISCUSSED": "besprochen",
            "AGREED": "vereinbart",
            "IN_FORCE": "in Kraft",
            "SUPERSEDED": "abgelöst",
        }[self.value]


class Priority(StrEnum):
    HIGH = "HIGH"
    NORMAL = "NORMAL"
    LOW = "LOW"

    @property
    def label(self) -> str:
        return {"HIGH": "hoch", "NORMAL": "mittel", "LOW": "niedrig"}[self.value]


class GoalStatus(StrEnum):
    OPEN = "OPEN"
    RUNNING = "RUNNING"
    REACHED = "REACHED"
    PARTLY = "PARTLY"
    NOT_REACHED = "NOT_REACHED"
    GIVEN_UP = "GIVEN_UP"

    @property
    def label(self) -> str:
        return {
            "OPEN": "offen",
            "RUNNING": "läuft",
            "REACHED": "erreicht",
            "PARTLY": "teilweise erreicht",
            "NOT_REACHED": "nicht erreicht",
            "GIVEN_UP": "aufgegeben",
        }[self.value]


class StepOwner(StrEnum):
    """Who does a step."""

    PARTICIPANT = "PARTICIPANT"
    CASE_MANAGER = "CASE_MANAGER"
    PRISON = "PRISON"
    AGENCY = "AGENCY"
    FIRM = "FIRM"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "PARTICIPANT": "Teilnehmer/in",
            "CASE_MANAGER": "Übergangsmanagement",
            "PRISON": "Justizvollzugsanstalt",
            "AGENCY": "Agentur für Arbeit oder Jobcenter",
            "FIRM": "Betrieb",
            "OTHER": "andere Stelle",
        }[self.value]


class StepStatus(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"

    @property
    def label(self) -> str:
        return {"OPEN": "offen", "DONE": "erledigt", "DROPPED": "entfallen"}[self.value]
