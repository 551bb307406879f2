"""Whom to call, and in which order, when a date of release moves. Source: domain 9.2. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class CallRole(StrEnum):
    """Who is called, in the order of what saves a release.

    The person first: nothing is arranged about people before they know. Then the social service of the prison, which
    holds identity papers, release certificate and money, and, when little time is left, the colleagues who stand in.
    Then in the order of the ten items of domain 9.2: a bed, the Jobcenter (the day of receipt counts), health
    insurance, medication, probation. Work and training last: they lose an appointment, the others lose the release.
    """

    PARTICIPANT = "PARTICIPANT"
    PRISON_SOCIAL = "PRISON_SOCIAL"
    COLLEAGUE = "COLLEAGUE"
    HOUSING = "HOUSING"
    JOBCENTER = "JOBCENTER"
    HEALTH_INSURANCE = "HEALTH_INSURANCE"
    MEDICAL = "MEDICAL"
    PROBATION = "PROBATION"
    AGENCY = "AGENCY"
    EMPLOYER = "EMPLOYER"
    TRAINING = "TRAINING"
    OTHER = "OTHER"

    @property
    def rank(self) -> int:
        return list(CallRole).index(self)

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    CallRole.PARTICIPANT: "Teilnehmer/in",
    CallRole.PRISON_SOCIAL: "Sozialdienst der JVA",
    CallRole.COLLEAGUE: "Vertretung, Leitung",
    CallRole.HOUSING: "Wohnung oder Unterkunft",
    CallRole.JOBCENTER: "Jobcenter",
    CallRole.HEALTH_INSURANCE: "Krankenkasse",
    CallRole.MEDICAL: "Ärztliche Versorgung, Therapie",
    CallRole.PROBATION: "Bewährungshilfe, Führungsaufsicht",
    CallRole.AGENCY: "Agentur für Arbeit",
    CallRole.EMPLOYER: "Betrieb",
    CallRole.TRAINING: "Bildungsträger",
    CallRole.OTHER: "weitere Stelle",
}
# These two always come before what is overdue with others: without them no other call can be answered.
FIRST = (CallRole.PARTICIPANT, CallRole.PRISON_SOCIAL)


@dataclass(frozen=True)
class Call:
    """One call. ``blocked_because``: why it may not be made yet (no consent). ``overdue``: a date with them is lost."""

    role: CallRole
    whom: str
    reason: str
    blocked_because: str = ""
    overdue: bool = False


def calls_order(calls: Iterable[Call]) -> list[Call]:
    """Person, social service, then what the new date makes overdue, then the rest by rank; blocked calls at the end.

    A blocked call stays in the list: its next step is the consent, not forgetting it.
    """

    def place(call: Call) -> tuple[bool, bool, bool, int, str]:
        first = call.role in FIRST
        return bool(call.blocked_because), not first, not (call.overdue or first), call.role.rank, call.whom.casefold()

    return sorted(calls, key=place)
