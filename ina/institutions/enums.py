"""Closed vocabularies of the organisations."""

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is. The key of a new one begins with ``prefix``."""

    PRISON = "PRISON"
    YOUTH_ARREST = "YOUTH_ARREST"
    AGENCY = "AGENCY"
    JOBCENTER = "JOBCENTER"
    CHAMBER = "CHAMBER"
    CARRIER = "CARRIER"
    AFTERCARE_OFFICE = "AFTERCARE_OFFICE"
    WHKT = "WHKT"
    KRIMD = "KRIMD"
    MINISTRY = "MINISTRY"
    AUTHORITY = "AUTHORITY"
    PROBATION = "PROBATION"
    FIRM = "FIRM"
    PROVIDER = "PROVIDER"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return _KINDS[self][0]

    @property
    def prefix(self) -> str:
        return _KINDS[self][1]


_KINDS = {
    Kind.PRISON: ("Justizvollzugsanstalt", "jva"),
    Kind.YOUTH_ARREST: ("Jugendarrestanstalt", "jaa"),
    Kind.AGENCY: ("Agentur für Arbeit", "aa"),
    Kind.JOBCENTER: ("Jobcenter", "jc"),
    Kind.CHAMBER: ("Kammer", "kammer"),
    Kind.CARRIER: ("Träger", "traeger"),
    Kind.AFTERCARE_OFFICE: ("Nachsorgebüro", "nachsorge"),
    Kind.WHKT: ("Westdeutscher Handwerkskammertag", "whkt"),
    Kind.KRIMD: ("Kriminologischer Dienst", "krimd"),
    Kind.MINISTRY: ("Ministerium", "ministerium"),
    Kind.AUTHORITY: ("Behörde", "behoerde"),
    Kind.PROBATION: ("Bewährungshilfe", "bwh"),
    Kind.FIRM: ("Betrieb", "betrieb"),
    Kind.PROVIDER: ("Anbieter von Leistungen", "anbieter"),
    Kind.OTHER: ("andere Stelle", "stelle"),
}


class Specialty(StrEnum):
    """What a prison is for, where it differs from the ordinary."""

    YOUTH = "youth"
    SOCIAL_THERAPY = "social_therapy"
    HOSPITAL = "hospital"

    @property
    def label(self) -> str:
        return {
            "youth": "Jugendvollzug",
            "social_therapy": "Sozialtherapie",
            "hospital": "Justizvollzugskrankenhaus",
        }[self.value]


class LegalForm(StrEnum):
    """Who stands behind it in law, as far as it matters for competence and responsibility."""

    JOINT = "gE"
    MUNICIPAL = "zkT"
    STATE_JUSTICE = "justice"
    PUBLIC_BODY = "public_body"
    COMPANY = "company"
    ASSOCIATION = "association"

    @property
    def label(self) -> str:
        return {
            "gE": "gemeinsame Einrichtung (gE)",
            "zkT": "zugelassener kommunaler Träger (zkT)",
            "justice": "Justiz des Landes NRW",
            "public_body": "Körperschaft des öffentlichen Rechts",
            "company": "Gesellschaft",
            "association": "eingetragener Verein",
        }[self.value]


class Staffing(StrEnum):
    """Who employs the case managers of a B5 region."""

    JUSTICE = "justice"
    CARRIER = "carrier"

    @property
    def label(self) -> str:
        return {"justice": "Justiz selbst", "carrier": "beauftragter Träger"}[self.value]


class Answer(StrEnum):
    """How sure the competent offices are."""

    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    SEVERAL = "several"
    ONE = "one"

    @property
    def label(self) -> str:
        return {
            "unknown": "künftiger Wohnort unbekannt",
            "outside": "künftiger Wohnort außerhalb von NRW",
            "several": "mehrere kommen in Frage",
            "one": "eindeutig",
        }[self.value]


class Standing(StrEnum):
    """How far what is entered about an organisation can be relied on."""

    CHECKED = "checked"
    OLD = "old"
    CHANGED = "changed"
    NEVER = "never"

    @property
    def label(self) -> str:
        return _STANDINGS[self][0]

    @property
    def mark(self) -> str:
        return _STANDINGS[self][1]


_STANDINGS = {
    Standing.CHECKED: ("geprüft", "done"),
    Standing.OLD: ("bitte prüfen", "due"),
    Standing.CHANGED: ("seit der Änderung ungeprüft", "open"),
    Standing.NEVER: ("nie geprüft", "unknown"),
}
