"""Closed vocabularies of the agenda."""

from enum import StrEnum


class Anchor(StrEnum):
    """The day of a case that an item counts from; FIXED counts from nothing, its day is stated."""

    REFERRAL = "REFERRAL"
    ADMISSION = "ADMISSION"
    RELEASE = "RELEASE"
    CLOSING = "CLOSING"
    FIXED = "FIXED"

    @property
    def label(self) -> str:
        return {
            "REFERRAL": "Zugang",
            "ADMISSION": "Aufnahme",
            "RELEASE": "Entlassung",
            "CLOSING": "Abschluss",
            "FIXED": "fester Tag",
        }[self.value]


class ItemState(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"

    @property
    def label(self) -> str:
        return {"OPEN": "offen", "DONE": "erledigt", "DROPPED": "entfallen"}[self.value]


class Halt(StrEnum):
    """Why the course of the case, and no person, dropped an item: what comes back when that is undone."""

    UNDATED = "UNDATED"  # its anchor has no day
    STOPPED = "STOPPED"  # the case ended
    MOOT = "MOOT"  # what items of its kind are about is over


class Origin(StrEnum):
    AUTOMATIC = "AUTOMATIC"
    TYPED = "TYPED"

    @property
    def label(self) -> str:
        return {"AUTOMATIC": "aus dem Ablauf", "TYPED": "eingetragen"}[self.value]


class Urgency(StrEnum):
    """How an item stands on a day; computed, never stored."""

    OVERDUE = "OVERDUE"
    SOON = "SOON"
    LATER = "LATER"
    SNOOZED = "SNOOZED"
    DONE = "DONE"
    DROPPED = "DROPPED"

    @property
    def label(self) -> str:
        return {
            "OVERDUE": "überfällig",
            "SOON": "bald fällig",
            "LATER": "offen",
            "SNOOZED": "zurückgestellt",
            "DONE": "erledigt",
            "DROPPED": "entfallen",
        }[self.value]


class ReminderStep(StrEnum):
    """What a reminder says, in the order in which it grows more urgent."""

    DUE = "DUE"
    OVERDUE = "OVERDUE"
    ESCALATED = "ESCALATED"

    @property
    def label(self) -> str:
        return {"DUE": "heute fällig", "OVERDUE": "überfällig", "ESCALATED": "an die Leitung"}[self.value]
