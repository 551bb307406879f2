"""Closed vocabularies of referrals to partners. Source: domain section 9.5 (ServiceReferral)."""

from enum import StrEnum


class ReferralState(StrEnum):
    """Where a referral to a partner stands, after its last act."""

    PROPOSED = "PROPOSED"
    CONSENTED = "CONSENTED"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    WAITLIST = "WAITLIST"
    REFUSED = "REFUSED"
    NO_ANSWER = "NO_ANSWER"
    STARTED = "STARTED"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        return {
            "PROPOSED": "vorgeschlagen",
            "CONSENTED": "Person einverstanden",
            "SENT": "angefragt",
            "ACCEPTED": "zugesagt",
            "WAITLIST": "Warteliste",
            "REFUSED": "abgelehnt",
            "NO_ANSWER": "keine Antwort",
            "STARTED": "begonnen",
            "ENDED": "beendet",
        }[self.value]


class ReferralAct(StrEnum):
    """What is stored of a referral: dated acts. In this file only: nothing is transmitted to the partner."""

    PROPOSED = "PROPOSED"
    CONSENTED = "CONSENTED"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    WAITLISTED = "WAITLISTED"
    REFUSED = "REFUSED"
    UNANSWERED = "UNANSWERED"
    REMINDED = "REMINDED"
    STARTED = "STARTED"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        return {
            "PROPOSED": "vorgeschlagen",
            "CONSENTED": "Person ist einverstanden",
            "SENT": "Stelle angefragt",
            "ACCEPTED": "Stelle hat zugesagt",
            "WAITLISTED": "auf der Warteliste der Stelle",
            "REFUSED": "Stelle hat abgelehnt",
            "UNANSWERED": "Stelle hat nicht geantwortet",
            "REMINDED": "Stelle erinnert",
            "STARTED": "erster Termin wahrgenommen",
            "ENDED": "beendet",
        }[self.value]


class OfferPhase(StrEnum):
    """When an offer helps: in custody, while release is prepared, after release. Source: domain section 9.1."""

    CUSTODY = "CUSTODY"
    PREPARATION = "PREPARATION"
    AFTERCARE = "AFTERCARE"

    @property
    def label(self) -> str:
        return {
            "CUSTODY": "in Haft",
            "PREPARATION": "Entlassvorbereitung",
            "AFTERCARE": "Nachsorge",
        }[self.value]


class Delivery(StrEnum):
    """How a disclosure reaches the partner."""

    INBOX = "INBOX"
    LINK = "LINK"
    LETTER = "LETTER"

    @property
    def label(self) -> str:
        return {
            "INBOX": "in den Eingang der Stelle (sie hat ein Konto)",
            "LINK": "über einen Link (Stelle ohne Konto)",
            "LETTER": "als Brief",
        }[self.value]


class DisclosureState(StrEnum):
    """Where a disclosure stands; follows from its days."""

    PREPARED = "PREPARED"
    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    STOPPED = "STOPPED"

    @property
    def label(self) -> str:
        return {
            "PREPARED": "vorbereitet, nicht verschickt",
            "WAITING": "wartet auf die Zustellung",
            "DELIVERED": "zugestellt",
            "STOPPED": "gestoppt",
        }[self.value]


class Reply(StrEnum):
    """What a partner answers to a disclosure."""

    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    ASK = "ASK"

    @property
    def label(self) -> str:
        return {"ACCEPT": "Wir übernehmen", "DECLINE": "Wir können nicht helfen", "ASK": "Wir haben eine Frage"}[
            self.value
        ]

    @property
    def told(self) -> str:
        """As the sender reads it."""
        return {"ACCEPT": "Zusage", "DECLINE": "Absage", "ASK": "Rückfrage"}[self.value]


class AgreementState(StrEnum):
    """Where an agreement with a partner stands on a day, in the order in which lists show them."""

    DECIDE = "DECIDE"
    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    TERMINATED = "TERMINATED"
    COMING = "COMING"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        return {
            "DECIDE": "läuft aus oder ist zu kündigen",
            "DRAFT": "Entwurf",
            "RUNNING": "gilt",
            "TERMINATED": "gilt noch, gekündigt",
            "COMING": "gilt noch nicht",
            "ENDED": "beendet",
        }[self.value]


class GroupKind(StrEnum):
    """Kinds of meetings of the network."""

    GROUP = "GROUP"
    CONFERENCE = "CONFERENCE"
    ROUND_TABLE = "ROUND_TABLE"

    @property
    def label(self) -> str:
        return {"GROUP": "Arbeitskreis", "CONFERENCE": "Netzwerkkonferenz", "ROUND_TABLE": "Runder Tisch"}[self.value]


class OverrideState(StrEnum):
    """Where an emergency override stands on a day; follows from its days."""

    ASKED = "ASKED"
    LAPSED = "LAPSED"
    REFUSED = "REFUSED"
    RUNNING = "RUNNING"
    OVER = "OVER"

    @property
    def label(self) -> str:
        return {
            "ASKED": "wartet auf die zweite Person",
            "LAPSED": "nicht am selben Tag bestätigt, verfallen",
            "REFUSED": "abgelehnt",
            "RUNNING": "gilt",
            "OVER": "vorbei",
        }[self.value]


class RefusalReason(StrEnum):
    """Why a partner did not take somebody on, as it said."""

    FULL = "FULL"
    CRITERIA = "CRITERIA"
    AREA = "AREA"
    TOO_EARLY = "TOO_EARLY"
    COSTS = "COSTS"
    SAFETY = "SAFETY"
    OTHER = "OTHER"
    NOT_SAID = "NOT_SAID"

    @property
    def label(self) -> str:
        return {
            "FULL": "kein Platz frei",
            "CRITERIA": "Voraussetzungen nicht erfüllt",
            "AREA": "nicht zuständig für den Ort",
            "TOO_EARLY": "zu früh vor der Entlassung",
            "COSTS": "Kosten nicht geklärt",
            "SAFETY": "Schutz anderer Personen",
            "OTHER": "anderer Grund",
            "NOT_SAID": "kein Grund genannt",
        }[self.value]
