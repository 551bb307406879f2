"""Compartments, kinds of holders, bases of grants."""

from enum import IntFlag, StrEnum


class Compartment(IntFlag):
    """What a table is about. Each table about a person belongs to exactly one; a grant opens several.

    After the columns of domain section 8. Never renumber: the bits stand in grants, policies and the history.
    """

    CASE = 1  # that there is a case: referral, acts, responsibility, who may see
    IDENTITY = 2
    CUSTODY = 4  # sentence, prison, release dates
    VOCATIONAL = 8  # education, work, profiling
    PLAN = 16
    CONTACTS = 32
    CONFIDENTIAL = 64  # notes of holders of professional secrets, § 203 StGB
    HEALTH = 128
    JOB = 256
    BENEFITS = 512
    ESF = 1024
    NETWORK = 2048  # referrals to partners, what was passed on
    CONSENT = 4096
    INTERNAL = 8192  # notes among those who do the transition management, not for the prison

    @property
    def label(self) -> str:
        return COMPARTMENT_LABELS[self]


COMPARTMENT_LABELS = {
    Compartment.CASE: "Fall",
    Compartment.IDENTITY: "Person und Kontakt",
    Compartment.CUSTODY: "Haft und Entlassungstermin",
    Compartment.VOCATIONAL: "Bildung, Arbeit, Profiling",
    Compartment.PLAN: "Plan",
    Compartment.CONTACTS: "Gespräche und Kontakte",
    Compartment.CONFIDENTIAL: "vertrauliche Notizen",
    Compartment.HEALTH: "Gesundheit",
    Compartment.JOB: "Arbeitsverhältnis",
    Compartment.BENEFITS: "Leistungen",
    Compartment.ESF: "ESF-Angaben",
    Compartment.NETWORK: "Netzwerk",
    Compartment.CONSENT: "Einwilligungen",
    Compartment.INTERNAL: "interne Notizen",
}


class HolderKind(StrEnum):
    POSITION = "POSITION"
    TEAM = "TEAM"
    INSTITUTION = "INSTITUTION"


class Basis(StrEnum):
    """Why a grant exists: the act behind it."""

    ASSIGNMENT = "ASSIGNMENT"
    TEAM = "TEAM"
    DEPUTYSHIP = "DEPUTYSHIP"
    HANDOVER = "HANDOVER"
    PRISON = "PRISON"
    REFERRAL = "REFERRAL"
    CONSENT = "CONSENT"
    ORDER = "ORDER"
    EMERGENCY = "EMERGENCY"

    @property
    def label(self) -> str:
        return BASIS_LABELS[self]


BASIS_LABELS = {
    Basis.ASSIGNMENT: "führt den Fall",
    Basis.TEAM: "leitet das Team",
    Basis.DEPUTYSHIP: "vertritt",
    Basis.HANDOVER: "übergibt oder übernimmt",
    Basis.PRISON: "Sozialdienst der jetzigen Anstalt",
    Basis.REFERRAL: "Vermittlung",
    Basis.CONSENT: "Einwilligung",
    Basis.ORDER: "Anordnung",
    Basis.EMERGENCY: "Zugriff im Notfall",
}


class ConsentPurpose(StrEnum):
    PARTICIPATION = "PARTICIPATION"
    DATA_USE = "DATA_USE"
    # For one named recipient each.
    RELEASE_DATE = "RELEASE_DATE"
    SHARING = "SHARING"
    # Release from professional secrecy (§ 203 StGB): another thing than a consent to the use of data.
    SECRECY = "SECRECY"

    @property
    def label(self) -> str:
        return {
            "PARTICIPATION": "Teilnahme an INA",
            "DATA_USE": "Nutzung der Daten",
            "RELEASE_DATE": "Mitteilung des Entlassungstermins",
            "SHARING": "Weitergabe von Angaben",
            "SECRECY": "Entbindung von der Schweigepflicht",
        }[self.value]

    @property
    def needs_recipient(self) -> bool:
        return self in (ConsentPurpose.RELEASE_DATE, ConsentPurpose.SHARING, ConsentPurpose.SECRECY)

    @property
    def needs_scope(self) -> bool:
        """It names what may be shared, what for, and in which direction (domain 7.5)."""
        return self in (ConsentPurpose.SHARING, ConsentPurpose.SECRECY)


class Direction(StrEnum):
    """Who may tell whom."""

    GIVE = "GIVE"
    GET = "GET"
    BOTH = "BOTH"

    @property
    def label(self) -> str:
        return {"GIVE": "wir teilen mit", "GET": "wir erfragen", "BOTH": "beide Seiten"}[self.value]


class Channel(StrEnum):
    """How a withdrawal reached us."""

    PAPER = "PAPER"
    IN_PERSON = "IN_PERSON"
    PHONE = "PHONE"
    MAIL = "MAIL"

    @property
    def label(self) -> str:
        return {"PAPER": "auf Papier", "IN_PERSON": "im Gespräch", "PHONE": "am Telefon", "MAIL": "per E-Mail"}[
            self.value
        ]
