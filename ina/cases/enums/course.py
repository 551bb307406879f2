"""The course of a case: acts, states, phases, steps, release dates, events, hand-overs."""

from enum import StrEnum


class Act(StrEnum):
    """What is stored of a lifecycle: dated acts. States and phases follow from them."""

    REFERRED = "REFERRED"
    TAKEN_UP = "TAKEN_UP"
    WAITLISTED = "WAITLISTED"
    ADMITTED = "ADMITTED"
    DECLINED = "DECLINED"
    RECONSIDERED = "RECONSIDERED"
    REJECTED = "REJECTED"
    RELEASE_CONFIRMED = "RELEASE_CONFIRMED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        return {
            "REFERRED": "Zugang gemeldet",
            "TAKEN_UP": "Klärung begonnen",
            "WAITLISTED": "auf die Warteliste gesetzt",
            "ADMITTED": "aufgenommen",
            "DECLINED": "Teilnahme abgelehnt durch die Person",
            "RECONSIDERED": "hat es sich anders überlegt",
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


class TalkAnswer(StrEnum):
    """What the person said at the end of a first talk. The decision itself is an act."""

    YES = "YES"
    THINKING = "THINKING"
    NO = "NO"

    @property
    def label(self) -> str:
        return {"YES": "möchte teilnehmen", "THINKING": "möchte nachdenken", "NO": "möchte nicht teilnehmen"}[
            self.value
        ]


class State(StrEnum):
    """Where a case stands, after its last act."""

    REFERRED = "REFERRED"
    SCREENING = "SCREENING"
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
    FOLLOW_UP = "FOLLOW_UP"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        return {
            "REFERRAL": "Zugang",
            "CUSTODY": "Vollzug",
            "PREPARATION": "Entlassungsvorbereitung",
            "AFTERCARE": "Nachsorge",
            "FOLLOW_UP": "Nachfrage",
            "ENDED": "beendet",
        }[self.value]


class HypothesisKind(StrEnum):
    """Why somebody might be released on a day (domain 9.2)."""

    SENTENCE_END = "SENTENCE_END"
    TWO_THIRDS = "TWO_THIRDS"
    HALF = "HALF"
    THERAPY_35 = "THERAPY_35"
    DEPORTATION_456A = "DEPORTATION_456A"
    CREDIT_DAYS = "CREDIT_DAYS"
    WEEKEND_HOLIDAY = "WEEKEND_HOLIDAY"
    URGENT = "URGENT"
    CHRISTMAS_PARDON = "CHRISTMAS_PARDON"
    OTHER_PARDON = "OTHER_PARDON"
    FINE_PAYMENT = "FINE_PAYMENT"
    COURT_DECISION = "COURT_DECISION"
    APPEAL = "APPEAL"
    FURTHER_CUSTODY = "FURTHER_CUSTODY"
    SUSPENDED = "SUSPENDED"
    VOLUNTARY_STAY = "VOLUNTARY_STAY"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "SENTENCE_END": "Strafende",
            "TWO_THIRDS": "Zwei-Drittel-Zeitpunkt",
            "HALF": "Halbstrafe",
            "THERAPY_35": "Zurückstellung § 35 BtMG",
            "DEPORTATION_456A": "Absehen § 456a StPO",
            "CREDIT_DAYS": "Strafende abzüglich Freistellungstage",
            "WEEKEND_HOLIDAY": "Werktag vor Wochenende oder Feiertagen (§ 60 StVollzG NRW)",
            "URGENT": "vorverlegt aus dringenden Gründen (§ 60 StVollzG NRW)",
            "CHRISTMAS_PARDON": "Weihnachtsamnestie",
            "OTHER_PARDON": "Gnade",
            "FINE_PAYMENT": "Zahlung der Geldstrafe",
            "COURT_DECISION": "gerichtliche Entscheidung",
            "APPEAL": "Aufhebung im Rechtsmittel",
            "FURTHER_CUSTODY": "Ende der Überhaft, Anschlussvollstreckung",
            "SUSPENDED": "Unterbrechung der Vollstreckung",
            "VOLUNTARY_STAY": "freiwilliger Verbleib",
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


class HandoverKind(StrEnum):
    TRANSFER = "TRANSFER"
    PERSON = "PERSON"
    ALLOCATED = "ALLOCATED"

    @property
    def label(self) -> str:
        return {
            "TRANSFER": "Verlegung in eine andere Anstalt",
            "PERSON": "Wechsel der Fallführung",
            "ALLOCATED": "Zuteilung durch die Teamleitung",
        }[self.value]


class HandoverState(StrEnum):
    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"

    @property
    def label(self) -> str:
        return {
            "OFFERED": "angeboten",
            "ACCEPTED": "angenommen",
            "REFUSED": "abgelehnt",
            "WITHDRAWN": "zurückgezogen",
            "LAPSED": "verfallen",
        }[self.value]


class EventKind(StrEnum):
    """Special events of domain 9.3 that are no act of the lifecycle. No hint at security: that stays in prison."""

    TRANSFERRED = "TRANSFERRED"
    OPEN_PRISON = "OPEN_PRISON"
    CLOSED_PRISON = "CLOSED_PRISON"
    WORK_RELEASE = "WORK_RELEASE"
    RELAXATION_ENDED = "RELAXATION_ENDED"
    POSTPONED = "POSTPONED"
    REIMPRISONED = "REIMPRISONED"
    VOLUNTARY_RETURN = "VOLUNTARY_RETURN"
    UNAVAILABLE = "UNAVAILABLE"

    @property
    def label(self) -> str:
        return {
            "TRANSFERRED": "in eine andere Anstalt verlegt",
            "OPEN_PRISON": "in den offenen Vollzug gewechselt",
            "CLOSED_PRISON": "in den geschlossenen Vollzug gewechselt",
            "WORK_RELEASE": "Freigang oder freies Beschäftigungsverhältnis erlaubt",
            "RELAXATION_ENDED": "vollzugsöffnende Maßnahme entfallen",
            "POSTPONED": "Aussetzung des Strafrestes abgelehnt",
            "REIMPRISONED": "wieder inhaftiert",
            "VOLUNTARY_RETURN": "freiwillig in der Anstalt aufgenommen (§ 62 StVollzG NRW)",
            "UNAVAILABLE": "derzeit nicht erreichbar",
        }[self.value]


class Stance(StrEnum):
    """What the prison says on suspending the rest of the sentence (§ 57 StGB, § 88 JGG)."""

    UNKNOWN = "UNKNOWN"
    NONE = "NONE"
    FOR = "FOR"
    AGAINST = "AGAINST"

    @property
    def label(self) -> str:
        return {
            "UNKNOWN": "nicht bekannt",
            "NONE": "noch keine",
            "FOR": "befürwortet",
            "AGAINST": "nicht befürwortet",
        }[self.value]


class Supervision(StrEnum):
    UNKNOWN = "UNKNOWN"
    NONE = "NONE"
    PROBATION = "PROBATION"
    CONDUCT = "CONDUCT"
    BOTH = "BOTH"

    @property
    def label(self) -> str:
        return {
            "UNKNOWN": "nicht bekannt",
            "NONE": "keine",
            "PROBATION": "Bewährungshilfe",
            "CONDUCT": "Führungsaufsicht",
            "BOTH": "Führungsaufsicht und Bewährungshilfe",
        }[self.value]
