"""Closed vocabularies of cases."""

from enum import StrEnum


class Sex(StrEnum):
    """As the prison list gives it; "unknown" is a value."""

    FEMALE = "w"
    MALE = "m"
    DIVERSE = "d"
    UNKNOWN = "u"

    @property
    def label(self) -> str:
        return {"w": "weiblich", "m": "männlich", "d": "divers", "u": "unbekannt"}[self.value]


class Residence(StrEnum):
    """How sure the future residence is: it decides the competent offices, never the prison does."""

    UNKNOWN = "UNKNOWN"
    CANDIDATE = "CANDIDATE"
    CONFIRMED = "CONFIRMED"

    @property
    def label(self) -> str:
        return {"UNKNOWN": "noch unbekannt", "CANDIDATE": "in Aussicht", "CONFIRMED": "gesichert"}[self.value]


class Act(StrEnum):
    """What is stored of a lifecycle: dated acts. States and phases follow from them."""

    REFERRED = "REFERRED"
    WAITLISTED = "WAITLISTED"
    ADMITTED = "ADMITTED"
    DECLINED = "DECLINED"
    REJECTED = "REJECTED"
    RELEASE_CONFIRMED = "RELEASE_CONFIRMED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        return {
            "REFERRED": "Zugang gemeldet",
            "WAITLISTED": "auf die Warteliste gesetzt",
            "ADMITTED": "aufgenommen",
            "DECLINED": "Teilnahme abgelehnt durch die Person",
            "REJECTED": "nicht aufgenommen",
            "RELEASE_CONFIRMED": "Entlassung bestätigt",
            "PAUSED": "ruht",
            "RESUMED": "wieder aufgenommen",
            "CLOSED": "beendet",
        }[self.value]

    @property
    def sentence(self) -> str:
        """The label as the beginning of a line."""
        return self.label[0].upper() + self.label[1:]


class State(StrEnum):
    """Where a case stands, after its last act."""

    REFERRED = "REFERRED"
    WAITING = "WAITING"
    ADMITTED = "ADMITTED"
    AFTERCARE = "AFTERCARE"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"
    DECLINED = "DECLINED"
    REJECTED = "REJECTED"


class Phase(StrEnum):
    """The three phases, and what is before and after; computed from state, planning date and parameter."""

    REFERRAL = "REFERRAL"
    CUSTODY = "CUSTODY"
    PREPARATION = "PREPARATION"
    AFTERCARE = "AFTERCARE"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        return {
            "REFERRAL": "Zugang",
            "CUSTODY": "Vollzug",
            "PREPARATION": "Entlassungsvorbereitung",
            "AFTERCARE": "Nachsorge",
            "ENDED": "beendet",
        }[self.value]


class HypothesisKind(StrEnum):
    """Why somebody might be released on a day (domain 9.2)."""

    SENTENCE_END = "SENTENCE_END"
    TWO_THIRDS = "TWO_THIRDS"
    HALF = "HALF"
    THERAPY_35 = "THERAPY_35"
    DEPORTATION_456A = "DEPORTATION_456A"
    COURT_DECISION = "COURT_DECISION"
    PARDON = "PARDON"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "SENTENCE_END": "Strafende",
            "TWO_THIRDS": "Zwei-Drittel-Zeitpunkt",
            "HALF": "Halbstrafe",
            "THERAPY_35": "Zurückstellung § 35 BtMG",
            "DEPORTATION_456A": "Absehen § 456a StPO",
            "COURT_DECISION": "gerichtliche Entscheidung",
            "PARDON": "Gnade",
            "OTHER": "andere Angabe",
        }[self.value]


class HypothesisStatus(StrEnum):
    POSSIBLE = "POSSIBLE"
    PLAUSIBLE = "PLAUSIBLE"
    DECIDED = "DECIDED"
    DROPPED = "DROPPED"

    @property
    def label(self) -> str:
        return {"POSSIBLE": "möglich", "PLAUSIBLE": "plausibel", "DECIDED": "entschieden", "DROPPED": "entfallen"}[
            self.value
        ]


class ControllerKind(StrEnum):
    """Who is responsible in law for the data, per phase."""

    JUSTICE = "JUSTICE"
    CARRIER = "CARRIER"

    @property
    def label(self) -> str:
        return {"JUSTICE": "Justiz (JVollzDSG NRW)", "CARRIER": "Träger (DSGVO)"}[self.value]


class Step(StrEnum):
    """The six steps of case management. Each module above registers its part of the picture."""

    COUNSELLING = "COUNSELLING"
    PROFILING = "PROFILING"
    PLANNING = "PLANNING"
    NETWORKING = "NETWORKING"
    MONITORING = "MONITORING"
    EVALUATION = "EVALUATION"

    @property
    def label(self) -> str:
        return {
            "COUNSELLING": "Beratung",
            "PROFILING": "Profiling",
            "PLANNING": "Planung",
            "NETWORKING": "Vernetzung",
            "MONITORING": "Monitoring",
            "EVALUATION": "Evaluation",
        }[self.value]


class RowState(StrEnum):
    """What a row of a prison list is, measured against what is known."""

    NEW = "NEW"
    KNOWN = "KNOWN"
    DUPLICATE = "DUPLICATE"
    REFERRED = "REFERRED"

    @property
    def label(self) -> str:
        return {
            "NEW": "neu",
            "KNOWN": "schon gemeldet",
            "DUPLICATE": "doppelt in der Liste",
            "REFERRED": "als Zugang gemeldet",
        }[self.value]
