"""When work, or the way there, is about to break off. Source: domain 7.12."""

from enum import StrEnum


class CrisisTrigger(StrEnum):
    """What threatens (domain 7.12)."""

    NO_SHOW = "NO_SHOW"
    WARNING = "WARNING"
    CONFLICT = "CONFLICT"
    RELAPSE = "RELAPSE"
    DEBT = "DEBT"
    HOUSING = "HOUSING"
    JOBCENTER = "JOBCENTER"
    PROBATION = "PROBATION"
    WANTS_TO_QUIT = "WANTS_TO_QUIT"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "NO_SHOW": "unentschuldigt gefehlt",
            "WARNING": "Abmahnung",
            "CONFLICT": "Streit im Betrieb",
            "RELAPSE": "Rückfall",
            "DEBT": "Schulden oder Pfändung",
            "HOUSING": "Wohnung verloren oder in Gefahr",
            "JOBCENTER": "Termine beim Jobcenter versäumt",
            "PROBATION": "Auflage der Bewährung verletzt",
            "WANTS_TO_QUIT": "will aufhören",
            "OTHER": "etwas anderes",
        }[self.value]


class Urgency(StrEnum):
    """By when somebody acts."""

    DAY = "DAY"
    THREE_DAYS = "THREE_DAYS"
    WEEK = "WEEK"

    @property
    def label(self) -> str:
        return {
            "DAY": "in 24 Stunden",
            "THREE_DAYS": "in 3 Tagen",
            "WEEK": "in 7 Tagen",
        }[self.value]

    @property
    def days(self) -> int:
        return {"DAY": 1, "THREE_DAYS": 3, "WEEK": 7}[self.value]


class Reporter(StrEnum):
    """Who raised the alarm."""

    STAFF = "STAFF"
    CHAMBER = "CHAMBER"
    FIRM = "FIRM"
    PERSON = "PERSON"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "STAFF": "Übergangsmanagement",
            "CHAMBER": "Kammerkoordination",
            "FIRM": "Betrieb",
            "PERSON": "Teilnehmer/in",
            "OTHER": "andere Stelle oder Person",
        }[self.value]


class CrisisStep(StrEnum):
    """What is done in a crisis."""

    TALK_PERSON = "TALK_PERSON"
    TALK_FIRM = "TALK_FIRM"
    MEDIATION = "MEDIATION"
    MEASURE = "MEASURE"
    AGREEMENT = "AGREEMENT"
    FOLLOW_UP = "FOLLOW_UP"

    @property
    def label(self) -> str:
        return {
            "TALK_PERSON": "Gespräch mit der Person",
            "TALK_FIRM": "Gespräch mit dem Betrieb",
            "MEDIATION": "Vermittlung vor Ort",
            "MEASURE": "Maßnahme",
            "AGREEMENT": "Vereinbarung",
            "FOLLOW_UP": "Nachfrage",
        }[self.value]


class CrisisResult(StrEnum):
    """How it ended."""

    STABILISED = "STABILISED"
    MOVED = "MOVED"
    MUTUAL = "MUTUAL"
    DISMISSED = "DISMISSED"
    RESIGNED = "RESIGNED"
    AT_ONCE = "AT_ONCE"

    @property
    def label(self) -> str:
        return {
            "STABILISED": "stabilisiert",
            "MOVED": "umgesetzt, es geht an anderer Stelle weiter",
            "MUTUAL": "einvernehmlich beendet",
            "DISMISSED": "vom Betrieb gekündigt",
            "RESIGNED": "selbst gekündigt",
            "AT_ONCE": "fristlos beendet",
        }[self.value]
