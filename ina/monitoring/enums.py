"""Closed vocabularies of contacts and outcomes. Source: domain sections 7.6, 1.4 no. 2."""

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


class StandardState(StrEnum):
    """What was recorded of a minimum standard; without a row it is open."""

    OPEN = "OPEN"
    DONE = "DONE"
    LEFT_OUT = "LEFT_OUT"

    @property
    def label(self) -> str:
        return {"OPEN": "offen", "DONE": "erfüllt", "LEFT_OUT": "entfällt"}[self.value]


class StandardMark(StrEnum):
    """Where a minimum standard stands today, in the order in which people look: the late first."""

    LATE = "LATE"
    SOON = "SOON"
    LATER = "LATER"
    NO_DATE = "NO_DATE"
    DONE = "DONE"
    LEFT_OUT = "LEFT_OUT"

    @property
    def label(self) -> str:
        return {
            "LATE": "überfällig",
            "SOON": "bald fällig",
            "LATER": "später",
            "NO_DATE": "offen, ohne Tag",
            "DONE": "erfüllt",
            "LEFT_OUT": "entfällt",
        }[self.value]


class FolderPart(StrEnum):
    """What a line of the release-day folder is about, in the order of its sheets."""

    PLACE = "PLACE"
    FIRST_WAY = "FIRST_WAY"
    FALLBACK = "FALLBACK"
    HOUR = "HOUR"
    WAY = "WAY"
    PAPER = "PAPER"
    MONEY = "MONEY"
    PAID = "PAID"
    WEEK = "WEEK"
    NUMBER = "NUMBER"
    MEDICATION = "MEDICATION"

    @property
    def label(self) -> str:
        return {
            "PLACE": "Wo ich die erste Nacht schlafe",
            "FIRST_WAY": "Wohin zuerst, wer mich abholt",
            "FALLBACK": "Ersatz, wenn das Zimmer nicht frei ist",
            "HOUR": "Stunde für Stunde",
            "WAY": "Weg zum Termin und was mitkommt",
            "PAPER": "Papier: Was ist wo?",
            "MONEY": "Geld, das ich bekomme",
            "PAID": "Das muss ich nicht bezahlen",
            "WEEK": "Geld für eine Woche",
            "NUMBER": "Nummer",
            "MEDICATION": "Arztbrief und Medikamente",
        }[self.value]

    @property
    def is_single(self) -> bool:
        """A new line takes the place of the last one."""
        return self in (
            FolderPart.PLACE,
            FolderPart.FIRST_WAY,
            FolderPart.FALLBACK,
            FolderPart.WEEK,
            FolderPart.MEDICATION,
        )


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
