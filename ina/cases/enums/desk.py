"""Lists, exports and searches."""

from enum import StrEnum


class RowState(StrEnum):
    """What a row of a prison list is, measured against what is known."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    KNOWN = "KNOWN"
    DUPLICATE = "DUPLICATE"
    REFERRED = "REFERRED"
    UPDATED = "UPDATED"

    @property
    def label(self) -> str:
        return {
            "NEW": "neu",
            "CHANGED": "schon gemeldet, in der Liste steht Neues",
            "KNOWN": "schon gemeldet, unverändert",
            "DUPLICATE": "doppelt in der Liste",
            "REFERRED": "als Zugang gemeldet",
            "UPDATED": "Akte berichtigt",
        }[self.value]


class ListPurpose(StrEnum):
    """What an uploaded file is."""

    PRISON_LIST = "PRISON_LIST"
    TAKE_OVER = "TAKE_OVER"

    @property
    def label(self) -> str:
        return {"PRISON_LIST": "Gefangenenliste", "TAKE_OVER": "laufende Fälle"}[self.value]


class ListWork(StrEnum):
    """What is being done with an uploaded list in the background."""

    READING = "READING"
    APPLYING = "APPLYING"


class ExportState(StrEnum):
    """How far a list that is made in the background has come."""

    WAITING = "WAITING"
    READY = "READY"
    FAILED = "FAILED"

    @property
    def label(self) -> str:
        return {"WAITING": "wird erstellt", "READY": "fertig", "FAILED": "nicht gelungen"}[self.value]


class SearchReason(StrEnum):
    """Why somebody searches outside of their own cases."""

    ACCESS = "ACCESS"
    PERSON = "PERSON"
    OFFICE = "OFFICE"
    DEPUTY = "DEPUTY"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "ACCESS": "Zugang prüfen: Gibt es schon eine Akte?",
            "PERSON": "Die Person selbst fragt an",
            "OFFICE": "Eine andere Stelle fragt an",
            "DEPUTY": "Vertretung",
            "OTHER": "anderer Grund",
        }[self.value]
