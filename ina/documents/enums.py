"""Vocabularies of documents."""

from enum import StrEnum


class Origin(StrEnum):
    WRITTEN = "WRITTEN"
    UPLOADED = "UPLOADED"

    @property
    def label(self) -> str:
        return {"WRITTEN": "hier geschrieben", "UPLOADED": "hochgeladen"}[self]


class Agreement(StrEnum):
    """What the person said to what they were shown. A refusal and a silence carry their reason."""

    YES = "YES"
    NO = "NO"
    COULD_NOT = "COULD_NOT"

    @property
    def label(self) -> str:
        return {"YES": "ja", "NO": "nein", "COULD_NOT": "konnte nicht antworten"}[self]


class Channel(StrEnum):
    LETTER = "LETTER"
    HANDED_OVER = "HANDED_OVER"
    MAIL = "MAIL"

    @property
    def label(self) -> str:
        return {"LETTER": "Brief", "HANDED_OVER": "wird übergeben", "MAIL": "E-Mail"}[self]


class DispatchState(StrEnum):
    """Where a sending stands; follows from its days."""

    PREPARED = "PREPARED"
    PRINTED = "PRINTED"
    GONE = "GONE"
    RETURNED = "RETURNED"
    DROPPED = "DROPPED"

    @property
    def label(self) -> str:
        return {
            "PREPARED": "zu drucken",
            "PRINTED": "gedruckt, noch im Haus",
            "GONE": "aus dem Haus",
            "RETURNED": "zurückgekommen",
            "DROPPED": "wird nicht verschickt",
        }[self]


class Scan(StrEnum):
    """Whether a virus scanner looked at an uploaded file."""

    CLEAN = "CLEAN"
    NOT_SCANNED = "NOT_SCANNED"
    OWN = "OWN"

    @property
    def label(self) -> str:
        return {
            "CLEAN": "auf Viren geprüft",
            "NOT_SCANNED": "nicht auf Viren geprüft, kein Virenscanner eingerichtet",
            "OWN": "",
        }[self]
