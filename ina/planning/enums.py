"""Closed vocabularies of planning. Source: domain sections 3.4, 7.3, 9.5."""

from enum import StrEnum


class PlanState(StrEnum):
    """How far a version of the plan is agreed. That a review is due is computed, not stored."""

    DRAFT = "DRAFT"
    DISCUSSED = "DISCUSSED"
    AGREED = "AGREED"
    IN_FORCE = "IN_FORCE"
    SUPERSEDED = "SUPERSEDED"
    DISCARDED = "DISCARDED"

    @property
    def label(self) -> str:
        return {
            "DRAFT": "Entwurf",
            "DISCUSSED": "besprochen",
            "AGREED": "vereinbart",
            "IN_FORCE": "in Kraft",
            "SUPERSEDED": "abgelöst",
            "DISCARDED": "verworfen",
        }[self.value]


class PlanAct(StrEnum):
    """What happens to a version of the plan."""

    DISCUSS = "DISCUSS"
    RETURN = "RETURN"
    DISCARD = "DISCARD"
    AGREE = "AGREE"
    APPROVE = "APPROVE"
    PUT_IN_FORCE = "PUT_IN_FORCE"
    SUPERSEDE = "SUPERSEDE"

    @property
    def label(self) -> str:
        return {
            "DISCUSS": "mit der Person besprochen",
            "RETURN": "zurück in den Entwurf",
            "DISCARD": "verworfen",
            "AGREE": "vereinbart",
            "APPROVE": "von der Leitung freigegeben",
            "PUT_IN_FORCE": "in Kraft gesetzt",
            "SUPERSEDE": "von einer neuen Fassung abgelöst",
        }[self.value]


class Signer(StrEnum):
    """Who signs a version, in the order of the paper."""

    PARTICIPANT = "PARTICIPANT"
    CASE_MANAGER = "CASE_MANAGER"
    PRISON = "PRISON"

    @property
    def label(self) -> str:
        return {
            "PARTICIPANT": "Teilnehmer/in",
            "CASE_MANAGER": "Übergangsmanagement",
            "PRISON": "Justizvollzugsanstalt (zur Kenntnis)",
        }[self.value]


class Answer(StrEnum):
    """What the person says to the plan. Who cannot answer has not said no."""

    YES = "YES"
    NO = "NO"
    COULD_NOT = "COULD_NOT"

    @property
    def label(self) -> str:
        return {
            "YES": "ja, einverstanden",
            "NO": "nein, weil …",
            "COULD_NOT": "konnte nicht antworten, weil …",
        }[self.value]

    @property
    def said(self) -> str:
        return {"YES": "ja", "NO": "nein", "COULD_NOT": "konnte nicht antworten"}[self.value]


class PlanPart(StrEnum):
    """The three joined parts of the plan."""

    PRISON = "PRISON"
    CAREER = "CAREER"
    AFTERCARE = "AFTERCARE"

    @property
    def label(self) -> str:
        return {"PRISON": "Vollzug", "CAREER": "Berufsweg", "AFTERCARE": "Nachsorge"}[self.value]


class PlanPhase(StrEnum):
    """In which of three phases something falls; computed from its day and the release."""

    CUSTODY = "CUSTODY"
    PREPARATION = "PREPARATION"
    AFTERCARE = "AFTERCARE"

    @property
    def label(self) -> str:
        return {"CUSTODY": "Vollzug", "PREPARATION": "Vorbereitung", "AFTERCARE": "Nachsorge"}[self.value]


class GoalGroup(StrEnum):
    """The key groups, with the two that no need of the profiling belongs to."""

    QUALIFICATION = "QUALIFICATION"
    PERFORMANCE = "PERFORMANCE"
    MOTIVATION = "MOTIVATION"
    CIRCUMSTANCES = "CIRCUMSTANCES"
    CROSS = "CROSS"
    LOCAL = "LOCAL"

    @property
    def label(self) -> str:
        return {
            "QUALIFICATION": "Qualifikation",
            "PERFORMANCE": "Leistungsfähigkeit",
            "MOTIVATION": "Motivation",
            "CIRCUMSTANCES": "Rahmenbedingungen",
            "CROSS": "Übergreifend",
            "LOCAL": "Dezentral",
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


class Decision(StrEnum):
    """What became of an application."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    DENIED = "DENIED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        return {
            "GRANTED": "bewilligt",
            "PARTLY": "teilweise bewilligt",
            "DENIED": "abgelehnt",
            "WITHDRAWN": "zurückgenommen",
        }[self.value]


class MeasureKind(StrEnum):
    """Measures in prison. Treatment says no more than that: what for belongs elsewhere."""

    COURSE = "COURSE"
    TRAINING = "TRAINING"
    WORK = "WORK"
    TREATMENT = "TREATMENT"

    @property
    def label(self) -> str:
        return {"COURSE": "Kurs", "TRAINING": "Ausbildung", "WORK": "Arbeit", "TREATMENT": "Behandlung"}[self.value]


class MeasureState(StrEnum):
    ASSIGNED = "ASSIGNED"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    ABORTED = "ABORTED"

    @property
    def label(self) -> str:
        return {
            "ASSIGNED": "zugewiesen",
            "RUNNING": "läuft",
            "COMPLETED": "abgeschlossen",
            "ABORTED": "abgebrochen",
        }[self.value]


class Outside(StrEnum):
    """Whether it can go on after the release."""

    TO_CLARIFY = "TO_CLARIFY"
    YES = "YES"
    NO = "NO"

    @property
    def label(self) -> str:
        return {"TO_CLARIFY": "zu klären", "YES": "ja", "NO": "nein"}[self.value]


EFFECTS = {
    1: "keine Wirkung erkennbar",
    2: "erste Ansätze, noch nicht stabil",
    3: "Wirkung im Alltag sichtbar",
    4: "Ziel der Maßnahme erreicht",
}
