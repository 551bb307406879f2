"""The people of the demo are proposed, one after the other: their files get their numbers in this order."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from ina.access.context import acting_as
from ina.base.actor import Person
from ina.cases.enums import HypothesisKind, Sex
from ina.cases.operations import referrals
from ina.ops import demo_words as words
from ina.ops.demo_casting import LIFE, PREVENTIVE, YOUTH
from ina.ops.demo_days import Days
from ina.ops.demo_logins import DUESSELDORF, GELSENKIRCHEN, MOERS, WILLICH, WUPPERTAL
from ina.ops.demo_people import SEED, Invented
from ina.ops.demo_staff import Staff
from ina.ops.demo_stories import Stage

LISTED_AS = {YOUTH: "Jugendstrafe", PREVENTIVE: "Sicherungsverwahrung"}
# As prison lists write it.
ENFORCED = {HypothesisKind.SENTENCE_END: "TE", HypothesisKind.TWO_THIRDS: "2/3"}
AUTHORITIES = {
    DUESSELDORF: "StA Düsseldorf",
    MOERS: "StA Kleve",
    WUPPERTAL: "StA Wuppertal",
    GELSENKIRCHEN: "StA Essen",
    WILLICH: "StA Krefeld",
}
SOURCES = ("SOCIAL_SERVICE", "SOCIAL_SERVICE", "PRISON_CONFERENCE", "SELF", "SOCIAL_SERVICE", "PROBATION")


@dataclass(frozen=True)
class Told:
    """A life whose file is open. ``number``: of the file; ``actor``: who leads the case, or has referred it."""

    actor: Person
    case_id: int
    dossier_id: int
    number: str
    participant_id: int
    person: Invented


def refer(person: Invented, staff: Staff, today: date) -> Told:
    """By whoever leads the case from then on; those that nobody leads yet, by the prison's social service."""
    days, actor = Days(today, person.number), staff(person.life.lead)
    referred = days.working(days.day(person.life.referred))
    by_prison = person.life.group.stage is Stage.UNALLOCATED
    with acting_as(actor):
        case = referrals.refer_person(
            actor=actor,
            person=_described(person),
            prison_id=staff.institution(person.prison),
            referred_on=referred,
            source="SOCIAL_SERVICE" if by_prison else SOURCES[person.number % len(SOURCES)],
            referred_by="Hanna Voss, Sozialdienst" if by_prison else "",
            reason="hat in der Sprechstunde nach Arbeit gefragt" if by_prison else "",
            wish=words.AIMS[person.number % len(words.AIMS)].own if by_prison else "",
            now=days.at(referred),
        )
        participant_id = case.dossier.participant.pk
    return Told(actor, case.pk, case.dossier_id, case.dossier.number, participant_id, person)


def claimed(person: Invented) -> tuple[date, HypothesisKind] | None:
    """The day of release that was known at the referral: where it moves later on, another one."""
    life, release = person.life, person.release_on
    if release is None:
        return None
    if life.happens("date moved"):
        return release + timedelta(days=62 + 7 * (person.number % 9)), HypothesisKind.SENTENCE_END
    if person.length == LIFE:
        return release, HypothesisKind.COURT_DECISION
    if life.happens("postponed"):
        return release, HypothesisKind.SENTENCE_END
    if life.group.ending == "THERAPY_LONG_TERM":
        return release, HypothesisKind.THERAPY_35
    chance = random.Random(f"{SEED}-claim-{person.number}")
    return release, HypothesisKind.SENTENCE_END if chance.random() < 0.6 else HypothesisKind.TWO_THIRDS


def _described(person: Invented) -> referrals.Person:
    origin, town, claim = person.origin, person.town, claimed(person)
    return referrals.Person(
        surname=person.surname,
        given_name=person.given_name,
        birth_name=person.birth_name,
        aliases=person.aliases,
        sex=Sex(person.sex),
        born_on=person.born_on,
        birth_place=person.birth_place,
        nationality=origin.nationality if origin else "",
        language=origin.language if origin else "de",
        needs_interpreter=bool(origin and origin.interpreter),
        booking_number=person.booking_number,
        custody_kind=LISTED_AS.get(person.custody, "Freiheitsstrafe"),
        enforcement_status=ENFORCED.get(claim[1], "") if claim else "",
        authority=AUTHORITIES[person.prison],
        custody_since=person.begins_on,
        release_on=claim[0] if claim else None,
        release_kind=claim[1] if claim else HypothesisKind.OTHER,
        release_source="Vollstreckungsblatt" if person.number % 3 else "Gefangenenliste",
        residence_town=town.name if town else "",
        residence_district=town.district if town else "",
    )
