"""A person is proposed for INA: opens their file and first case, or a new case in the file they have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Max

from ina.access.enums import Basis
from ina.access.models import Dossier
from ina.access.operations import grants
from ina.access.operations.dossiers import open_dossiers
from ina.accounts.enums import Role
from ina.accounts.models import Membership, Team
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.base.periods import period
from ina.cases import policies
from ina.cases.enums import Act, AliasKind, ControllerKind, HypothesisKind, HypothesisStatus, Residence, Sex
from ina.cases.events import PersonReferred
from ina.cases.models import (
    Alias,
    Assignment,
    Case,
    CaseAct,
    Controller,
    CustodyPeriod,
    Participant,
    ReferralSheet,
    ReleaseDateHypothesis,
)
from ina.cases.operations import deadlines
from ina.cases.operations.person_keys import remember_keys
from ina.cases.operations.worklist import NewRow, add_rows
from ina.cases.queries.people import sheet_of
from ina.institutions.models import Institution
from ina.reference.queries import code_labels


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of somebody when they are proposed. One name is enough; nothing else must be known in custody.

    ``aliases``: names separated by semicolons.
    """

    surname: str = ""
    given_name: str = ""
    birth_name: str = ""
    aliases: str = ""
    sex: str = Sex.UNKNOWN
    born_on: date | None = None
    birth_place: str = ""
    nationality: str = ""
    language: str = "de"
    needs_interpreter: bool = False
    booking_number: str = ""
    custody_kind: str = ""
    enforcement_status: str = ""
    authority: str = ""
    authority_reference: str = ""
    department: str = ""
    custody_since: date | None = None
    release_on: date | None = None
    release_kind: str = HypothesisKind.OTHER
    release_source: str = ""
    residence_postcode: str = ""
    residence_town: str = ""
    residence_district: str = ""
    # What a prison's list said of the person, as a hash (``CustodyPeriod.list_fingerprint``).
    fingerprint: str = ""

    def stored(self) -> dict:
        """As JSON for the staging table."""
        return {
            name: value.isoformat() if isinstance(value, date) else value if isinstance(value, bool) else str(value)
            for name, value in vars(self).items()
            if value
        }

    @classmethod
    def restored(cls, data: dict) -> Person:
        days = {name: date.fromisoformat(data[name]) for name in DAYS if data.get(name)}
        return cls(**{name: data[name] for name in FIELDS if name in data} | days)


FIELDS = tuple(field.name for field in fields(Person))
DAYS = ("born_on", "custody_since", "release_on")
OF_PARTICIPANT = (
    "surname",
    "given_name",
    "birth_name",
    "sex",
    "born_on",
    "birth_place",
    "nationality",
    "language",
    "needs_interpreter",
    "residence_postcode",
    "residence_town",
    "residence_district",
)
OF_CUSTODY = ("booking_number", "custody_kind", "enforcement_status", "authority", "authority_reference", "department")


@operation("cases.refer_person", may=policies.may_refer_person)
def refer_person(
    *,
    actor: Actor,
    person: Person,
    prison_id: int,
    referred_on: date,
    source: str,
    referred_by: str = "",
    reason: str = "",
    wish: str = "",
    remark: str = "",
    now: datetime,
) -> Case:
    """Propose one person: opens their dossier and first case.

    A case manager who refers leads the case from now on: screening has begun. Referred by the prison's social service
    it waits on the list of the team that works there, until its lead allocates it. Publishes PersonReferred.
    """
    _require_day_and_source(referred_on, source, now)
    membership = position_of(actor)
    if membership.role == Role.PRISON_SOCIAL and prison_id != membership.institution_id:
        raise Invalid("Der Sozialdienst meldet Personen der eigenen Anstalt.", "prison")
    case = open_case(membership, person, prison_id, referred_on, source, remark, now)
    if referred_by.strip() or reason.strip() or wish.strip():
        sheet = ReferralSheet(
            dossier_id=case.dossier_id,
            case=case,
            referred_by=referred_by.strip(),
            reason=reason.strip(),
            wish=wish.strip(),
            recorded_at=now,
            recorded_by_id=actor.membership_id,
        )
        sheet.clean_fields(exclude=["dossier", "case", "recorded_by"])
        sheet.save(force_insert=True)
    return case


@operation("cases.refer_again", may=policies.may_refer_again, on=Dossier)
def refer_again(
    dossier: Dossier,
    *,
    actor: Actor,
    prison_id: int,
    booking_number: str = "",
    referred_on: date,
    source: str,
    remark: str = "",
    now: datetime,
) -> Case:
    """Somebody comes back: a new case in the file they have, without shame; what worked before stays in sight.

    Refused while a case of theirs is open. Publishes PersonReferred.
    """
    _require_day_and_source(referred_on, source, now)
    former = list(Case.objects.visible_to(actor).filter(dossier=dossier).order_by("number"))
    last_day = (
        CaseAct.objects.visible_to(actor).standing().filter(case=former[-1]).aggregate(on=Max("happened_on"))["on"]
    )
    if referred_on < last_day:
        raise Invalid(f"Der Tag liegt vor dem Ende des letzten Falls ({last_day:%d.%m.%Y}).", "referred_on")
    membership = position_of(actor)
    prison = Institution.objects.select_related("holder").get(pk=prison_id)
    number = former[-1].number + 1
    # A stay that a case left open (declined, not taken in) ends for it here: the new case carries it on.
    CustodyPeriod.objects.visible_to(actor).standing().filter(dossier=dossier, ends_on=None).update(ends_on=referred_on)
    grants.give(dossier_id=dossier.pk, holder_id=prison.holder.pk, basis=Basis.PRISON, starts=now, case_number=number)
    note(case=number)
    aliases = Alias.objects.visible_to(actor).standing().filter(dossier=dossier).order_by("pk")
    return add_cases(
        [dossier],
        [Person(booking_number=booking_number, aliases=";".join(alias.name for alias in aliases))],
        [Participant.objects.visible_to(actor).get(dossier=dossier)],
        Opening(number, referred_on, source, remark, follows=former[-1]),
        membership,
        prison,
        team_of(membership, prison),
        now,
    )[0]


def open_case(
    membership: Membership, person: Person, prison_id: int, referred_on: date, source: str, remark: str, now: datetime
) -> Case:
    """A new file with its first case; part of an operation."""
    return open_cases(membership, [person], prison_id, Opening(1, referred_on, source, remark), now)[0]


@dataclass(frozen=True)
class Opening:
    """How a case begins: which one of the person, when, proposed by whom."""

    number: int
    on: date
    source: str
    remark: str = ""
    follows: Case | None = None


def open_cases(
    membership: Membership, people: Sequence[Person], prison_id: int, opening: Opening, now: datetime
) -> list[Case]:
    """New files with their first cases, in so many statements for one as for hundreds; part of an operation."""
    prison = Institution.objects.select_related("holder").get(pk=prison_id)
    team = team_of(membership, prison)
    leads = membership.role == Role.CASE_MANAGER
    holders = {membership.holder.pk: Basis.ASSIGNMENT} if leads else {}
    if team is not None:
        holders[team.holder.pk] = Basis.TEAM
    holders[prison.holder.pk] = Basis.PRISON
    dossiers = open_dossiers(
        len(people),
        holders=holders,
        deputies_of=membership.pk if leads else None,
        now=now,
        is_demo=membership.user.is_demo,
    )
    participants = [
        Participant(
            dossier=dossier,
            **{name: getattr(person, name) for name in OF_PARTICIPANT},
            residence_state=Residence.CANDIDATE if _names_a_residence(person) else Residence.UNKNOWN,
        )
        for dossier, person in zip(dossiers, people, strict=True)
    ]
    for participant in participants:
        participant.clean_fields(exclude=["dossier"])
    Participant.objects.bulk_create(participants)
    aliases = [
        Alias(dossier=dossier, kind=AliasKind.ALIAS, name=name[:160], recorded_at=now, recorded_by=membership)
        for dossier, person in zip(dossiers, people, strict=True)
        for name in names_in(person.aliases)
    ]
    if aliases:
        Alias.objects.bulk_create(aliases)
    remember_keys({dossier.pk: sheet_of(person) for dossier, person in zip(dossiers, people, strict=True)})
    return add_cases(dossiers, people, participants, opening, membership, prison, team, now)


def names_in(aliases: str) -> list[str]:
    """Names that stand in one text, separated by semicolons or lines, each once."""
    return list(dict.fromkeys(name for part in re.split(r"[;\n]", aliases) if (name := part.strip())))


def add_cases(
    dossiers: Sequence[Dossier],
    people: Sequence[Person],
    participants: Sequence[Participant],
    opening: Opening,
    membership: Membership,
    prison: Institution,
    team: Team | None,
    now: datetime,
) -> list[Case]:
    """A case in each of these files, with all that hangs on it."""
    leads = membership.role == Role.CASE_MANAGER
    cases = [
        Case(
            dossier=dossier,
            number=opening.number,
            opened_on=opening.on,
            source=opening.source,
            team=team,
            follows=opening.follows,
        )
        for dossier in dossiers
    ]
    Case.objects.bulk_create(cases)

    def of_each(table, **values) -> None:
        table.objects.bulk_create(table(dossier_id=case.dossier_id, case=case, **values) for case in cases)

    recorded = {"happened_on": opening.on, "recorded_at": now, "recorded_by": membership}
    CaseAct.objects.bulk_create(
        CaseAct(dossier_id=case.dossier_id, case=case, act=act, **recorded, **more)
        for case in cases
        for act, more in (
            (Act.REFERRED, {"reason": opening.source, "remark": opening.remark}),
            *(((Act.TAKEN_UP, {}),) if leads else ()),
        )
    )
    if leads:
        of_each(Assignment, membership=membership, period=period(opening.on))
    of_each(Controller, kind=ControllerKind.JUSTICE, institution=prison, period=period(opening.on))
    stays = [
        CustodyPeriod(
            dossier_id=case.dossier_id,
            case=case,
            prison=prison,
            starts_on=person.custody_since,
            list_fingerprint=person.fingerprint,
            **{name: getattr(person, name) for name in OF_CUSTODY},
        )
        for case, person in zip(cases, people, strict=True)
    ]
    for stay in stays:
        stay.clean_fields(exclude=["dossier", "case", "prison"])
    CustodyPeriod.objects.bulk_create(stays)
    ReleaseDateHypothesis.objects.bulk_create(
        ReleaseDateHypothesis(
            dossier_id=case.dossier_id,
            case=case,
            on=person.release_on,
            kind=person.release_kind,
            status=HypothesisStatus.PLAUSIBLE,
            source=person.release_source or "Gefangenenliste",
            asserted_on=opening.on,
            recorded_at=now,
            recorded_by=membership,
        )
        for case, person in zip(cases, people, strict=True)
        if person.release_on
    )
    due = deadlines.begin_many(cases, opening.on, responsible_id=membership.pk if leads else None, now=now)
    add_rows(
        NewRow(
            case,
            participant,
            prison.pk,
            membership if leads else None,
            person.release_on,
            person.release_kind,
            due,
            names_in(person.aliases),
        )
        for case, participant, person in zip(cases, participants, people, strict=True)
    )
    for case in cases:
        publish(PersonReferred(dossier_id=case.dossier_id, case_id=case.pk))
    return cases


def team_of(membership: Membership, prison: Institution) -> Team | None:
    """Whose list a new case stands on: the team of the case manager, else the one that works in the prison.

    Raises Invalid when the prison's social service refers and nobody works there: the referral would get lost.
    """
    if membership.role == Role.CASE_MANAGER:
        return membership.team
    working_there = (
        Team.objects.select_related("holder")
        .filter(
            ended_on=None,
            memberships__place=prison,
            memberships__role=Role.CASE_MANAGER,
            memberships__ends_on=None,
        )
        .order_by("pk")
        .first()
    )
    if working_there is None:
        raise Invalid("In dieser Anstalt arbeitet noch kein Team des Übergangsmanagements.", "prison")
    return working_there


def position_of(actor: Actor) -> Membership:
    return Membership.objects.select_related("user", "team__holder", "holder", "institution").get(
        pk=actor.membership_id
    )


def _require_day_and_source(referred_on: date, source: str, now: datetime) -> None:
    if referred_on > day_of(now):
        raise Invalid("Der Tag der Meldung liegt in der Zukunft.", "referred_on")
    if source not in code_labels("referral_sources", on=referred_on):
        raise Invalid("Bitte wählen Sie, über wen der Zugang kam.", "source")


def _names_a_residence(person: Person) -> bool:
    return bool(person.residence_postcode or person.residence_town or person.residence_district)
