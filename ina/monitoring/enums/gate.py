"""What is prepared for the gate: minimum standards, the folder, applications. Source: domain 5, 9.5."""

from enum import StrEnum


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


class ApplicationKind(StrEnum):
    """What somebody applies for before and after the gate (domain 5, 9.5)."""

    ID_CARD = "ID_CARD"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    HEALTH_INSURANCE = "HEALTH_INSURANCE"
    BASIC_INCOME = "BASIC_INCOME"
    UNEMPLOYMENT = "UNEMPLOYMENT"
    SOCIAL_AID = "SOCIAL_AID"
    HOUSING = "HOUSING"
    RENT_AND_DEPOSIT = "RENT_AND_DEPOSIT"
    TRAINING = "TRAINING"
    RESIDENCE = "RESIDENCE"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "ID_CARD": "Personalausweis",
            "BANK_ACCOUNT": "Basiskonto",
            "HEALTH_INSURANCE": "Krankenversicherung",
            "BASIC_INCOME": "Grundsicherung für Arbeitsuchende (SGB II)",
            "UNEMPLOYMENT": "Arbeitslosengeld (SGB III)",
            "SOCIAL_AID": "Sozialhilfe (SGB XII)",
            "HOUSING": "Wohnung, Wohnheim, Wohnberechtigungsschein",
            "RENT_AND_DEPOSIT": "Miete, Kaution, Erstausstattung",
            "TRAINING": "Förderung einer Ausbildung oder Maßnahme",
            "RESIDENCE": "Aufenthalt, Arbeitserlaubnis",
            "OTHER": "etwas anderes",
        }[self.value]


class ApplicationStep(StrEnum):
    """What became of an application."""

    PREPARED = "PREPARED"
    FILED = "FILED"
    MISSING_DOCS = "MISSING_DOCS"
    GRANTED = "GRANTED"
    PROVISIONAL = "PROVISIONAL"
    DENIED = "DENIED"
    OBJECTION = "OBJECTION"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        return {
            "PREPARED": "vorbereitet",
            "FILED": "gestellt, beim Amt eingegangen",
            "MISSING_DOCS": "Unterlagen fehlen",
            "GRANTED": "bewilligt",
            "PROVISIONAL": "vorläufig bewilligt",
            "DENIED": "abgelehnt",
            "OBJECTION": "Widerspruch eingelegt",
            "WITHDRAWN": "zurückgenommen",
        }[self.value]
