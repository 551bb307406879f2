"""Contacts, appointments, notes, and where somebody stands in work. Source: domain 7.6, 1.4 no. 2."""

from enum import StrEnum


class ContactOutcome(StrEnum):
    """Whether a contact came about. Only the first two count as contact with the person."""

    MET = "MET"
    LATE = "LATE"
    EXCUSED_ABSENCE = "EXCUSED_ABSENCE"
    ABSENT = "ABSENT"
    NOT_REACHED = "NOT_REACHED"

    @property
    def label(self) -> str:
        return {
            "MET": "zustande gekommen",
            "LATE": "zustande gekommen, verspätet",
            "EXCUSED_ABSENCE": "entschuldigt nicht erschienen",
            "ABSENT": "nicht erschienen",
            "NOT_REACHED": "nicht erreicht",
        }[self.value]

    @property
    def is_contact(self) -> bool:
        return self in (ContactOutcome.MET, ContactOutcome.LATE)

    @property
    def is_absence(self) -> bool:
        """Somebody was to come and did not: a reason belongs to it."""
        return self in (ContactOutcome.EXCUSED_ABSENCE, ContactOutcome.ABSENT)


class Absence(StrEnum):
    """Why somebody did not come, as far as anybody knows."""

    ILL = "ILL"
    WORK = "WORK"
    OFFICE = "OFFICE"
    PRISON = "PRISON"
    TRANSPORT = "TRANSPORT"
    MONEY = "MONEY"
    FAMILY = "FAMILY"
    FORGOTTEN = "FORGOTTEN"
    UNWILLING = "UNWILLING"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"

    @property
    def label(self) -> str:
        return {
            "ILL": "krank",
            "WORK": "musste arbeiten",
            "OFFICE": "anderer Termin bei einem Amt oder Gericht",
            "PRISON": "von der Anstalt aus nicht möglich",
            "TRANSPORT": "kam nicht hin (Bus, Bahn, Weg)",
            "MONEY": "kein Geld für die Fahrt",
            "FAMILY": "Kinder oder Familie",
            "FORGOTTEN": "vergessen oder verschlafen",
            "UNWILLING": "wollte nicht",
            "OTHER": "anderer Grund",
            "UNKNOWN": "nicht bekannt",
        }[self.value]


class Repeat(StrEnum):
    """How often an appointment comes back."""

    WEEKLY = "WEEKLY"
    FORTNIGHTLY = "FORTNIGHTLY"
    MONTHLY = "MONTHLY"

    @property
    def label(self) -> str:
        return {"WEEKLY": "jede Woche", "FORTNIGHTLY": "alle zwei Wochen", "MONTHLY": "jeden Monat"}[self.value]


class Initiative(StrEnum):
    """Who wanted the contact."""

    PARTICIPANT = "PARTICIPANT"
    STAFF = "STAFF"
    THIRD = "THIRD"

    @property
    def label(self) -> str:
        return {
            "PARTICIPANT": "Teilnehmer/in",
            "STAFF": "Übergangsmanagement",
            "THIRD": "andere Stelle oder Person",
        }[self.value]


class PointState(StrEnum):
    """How far a point at which the outcome is established has come."""

    RECORDED = "RECORDED"
    LATER = "LATER"
    DUE = "DUE"
    OVERDUE = "OVERDUE"

    @property
    def label(self) -> str:
        return {
            "RECORDED": "eingetragen",
            "LATER": "später",
            "DUE": "fällig",
            "OVERDUE": "überfällig",
        }[self.value]


class AppointmentState(StrEnum):
    """What became of an appointment. MISSED: the person did not come, or could not."""

    PLANNED = "PLANNED"
    KEPT = "KEPT"
    MISSED = "MISSED"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        return {"PLANNED": "geplant", "KEPT": "stattgefunden", "MISSED": "versäumt", "CANCELLED": "abgesagt"}[
            self.value
        ]

    @property
    def is_over(self) -> bool:
        """Whether somebody said what became of it."""
        return self in (AppointmentState.KEPT, AppointmentState.MISSED)


class AppointmentHalt(StrEnum):
    """Why the course of a case cancelled an appointment. No word about blame: others read the reason (domain 9.3)."""

    ENDED = "ENDED"
    RELAXATION = "RELAXATION"

    @property
    def label(self) -> str:
        return {"ENDED": "Der Fall ist beendet.", "RELAXATION": "aus organisatorischen Gründen"}[self.value]


class NoteReaders(StrEnum):
    """Who may read a note."""

    CIRCLE = "CIRCLE"
    INTERNAL = "INTERNAL"
    CONFIDENTIAL = "CONFIDENTIAL"

    @property
    def label(self) -> str:
        return {
            "CIRCLE": "alle, die mit der Person arbeiten",
            "INTERNAL": "nur das Übergangsmanagement, nicht die Anstalt",
            "CONFIDENTIAL": "vertraulich (§ 203 StGB): nur, wer den Fall führt",
        }[self.value]

    @property
    def word(self) -> str:
        return {"CIRCLE": "Notiz", "INTERNAL": "interne Notiz", "CONFIDENTIAL": "vertrauliche Notiz"}[self.value]
