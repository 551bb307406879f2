"""A person is proposed for INA: from a prison list, or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from ina.access.enums import Basis
from ina.access.operations import grants
from ina.access.operations.dossiers import open_dossier
from ina.accounts.models import Membership
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.base.periods import period
from ina.cases import policies
from ina.cases.enums import Act, ControllerKind, HypothesisKind, HypothesisStatus, Residence, RowState, Sex
from ina.cases.events import PersonReferred
from ina.cases.models import (
    Assignment,
    Case,
    CaseAct,
    Controller,
    CustodyPeriod,
    Participant,
    PrisonListImport,
    PrisonListRow,
    ReleaseDateHypothesis,
)
from ina.cases.operations.worklist import refresh
from ina.institutions.models import Institution


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of somebody when they are proposed. Nothing that cannot be known in custody is mandatory."""

    surname: str
    given_name: str
    birth_name: str = ""
    aliases: str = ""
    sex: str = Sex.UNKNOWN
    born_on: date | None = None
    birth_place: str = ""
    nationality: str = ""
    booking_number: str = ""
    custody_kind: str = ""
    enforcement_status: str = ""
    authority: str = ""
    authority_reference: str = ""
    release_on: date | None = None
    release_kind: str = HypothesisKind.OTHER
    release_source: str = ""
    residence_postcode: str = ""
    residence_town: str = ""
    residence_district: str = ""

    def stored(self) -> dict:
        """As JSON for the staging table."""
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in vars(self).items()
            if value
        }

    @classmethod
    def restored(cls, data: dict) -> Person:
        days = {name: date.fromisoformat(data[name]) for name in ("born_on", "release_on") if data.get(name)}
        return cls(**{"surname": "", "given_name": ""} | data | days)


@operation("cases.refer_person", may=policies.may_refer_person)
def refer_person(
    *, actor: Actor, person: Person, prison_id: int, referred_on: date, source: str, remark: str = "", now: datetime
) -> Case:
    """Propose one person: opens their dossier and first case; the referring case manager becomes accountable.

    The team lead and the social service of the prison see it from now on. Publishes PersonReferred.
    """
    if referred_on > day_of(now):
        raise Invalid("Der Tag der Meldung liegt in der Zukunft.", "referred_on")
    if person.booking_number and known_bookings(prison_id, [person.booking_number]):
        raise Invalid("Unter dieser Buchnummer gibt es in dieser Anstalt schon einen Fall.", "booking_number")
    membership = _membership(actor)
    return _open_case(membership, person, prison_id, referred_on, source, remark, now)


@operation("cases.stage_prison_list", may=policies.may_import_prison_list)
def stage_prison_list(
    *, actor: Actor, prison_id: int, file_name: str, people: Sequence[tuple[int, Person]], counts: dict, now: datetime
) -> PrisonListImport:
    """Keep the rows of a list until somebody has ticked those who are to be proposed. ``people``: (row, person)."""
    holder = actor.own_holder  # type: ignore[attr-defined]
    prison_list = PrisonListImport.objects.create(
        holder_id=holder,
        membership_id=actor.membership_id,
        prison_id=prison_id,
        file_name=file_name[-200:],
        uploaded_at=now,
        counts=counts,
    )
    known = known_bookings(prison_id, [person.booking_number for _, person in people])
    seen: set[str] = set()
    rows = []
    for number, person in people:
        state = RowState.NEW
        if person.booking_number in known:
            state = RowState.KNOWN
        elif person.booking_number and person.booking_number in seen:
            state = RowState.DUPLICATE
        seen.add(person.booking_number)
        rows.append(
            PrisonListRow(
                holder_id=holder,
                prison_list=prison_list,
                row=number,
                booking_number=person.booking_number,
                state=state,
                data=person.stored(),
            )
        )
    PrisonListRow.objects.bulk_create(rows, batch_size=1000)
    note(rows=len(rows), prison=prison_id)
    return prison_list


@operation("cases.refer_from_list", may=policies.may_use_import, on=PrisonListImport)
def refer_from_list(
    prison_list: PrisonListImport, *, actor: Actor, rows: Sequence[int], referred_on: date, now: datetime
) -> list[Case]:
    """Propose the ticked rows (numbers as in the file). A row that is known meanwhile is left out, not doubled."""
    if referred_on > day_of(now):
        raise Invalid("Der Tag der Meldung liegt in der Zukunft.", "referred_on")
    membership = _membership(actor)
    ticked = list(
        PrisonListRow.objects.visible_to(actor)
        .select_for_update()
        .filter(prison_list=prison_list, row__in=rows, state=RowState.NEW)
        .order_by("row")
    )
    if not ticked:
        raise Invalid("Bitte kreuzen Sie mindestens eine Person an, die noch nicht gemeldet ist.", "rows")
    known = known_bookings(prison_list.prison_id, [row.booking_number for row in ticked])
    cases = []
    for row in ticked:
        if row.booking_number in known:
            row.state = RowState.KNOWN
        else:
            person = Person.restored(row.data)
            cases.append(_open_case(membership, person, prison_list.prison_id, referred_on, "SOCIAL_SERVICE", "", now))
            row.state = RowState.REFERRED
    PrisonListRow.objects.bulk_update(ticked, ["state"])
    note(referred=len(cases), dossiers=[case.dossier_id for case in cases])
    return cases


@operation("cases.discard_prison_list", may=policies.may_use_import, on=PrisonListImport)
def discard_prison_list(prison_list: PrisonListImport, *, actor: Actor, now: datetime) -> None:
    """Done with the list: persons who were not proposed are forgotten."""
    PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list).delete()
    prison_list.finished_at = now
    prison_list.counts = {key: value for key, value in prison_list.counts.items() if key != "errors"}
    prison_list.save(update_fields=["finished_at", "counts"])


def known_bookings(prison_id: int, numbers: Sequence[str]) -> set[str]:
    """Which Buchnummern of a prison belong to an open custody of somebody already proposed, visible or not.

    Answers numbers only: whose they are stays behind the wall.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_known_bookings(%s, %s)", [prison_id, [number for number in numbers if number]])
        return {row[0] for row in cursor.fetchall()}


def _names_a_residence(person: Person) -> bool:
    return bool(person.residence_postcode or person.residence_town or person.residence_district)


def _membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user", "team__holder", "holder", "institution").get(
        pk=actor.membership_id
    )


def _open_case(
    membership: Membership, person: Person, prison_id: int, referred_on: date, source: str, remark: str, now: datetime
) -> Case:
    prison = Institution.objects.select_related("holder").get(pk=prison_id)
    dossier = open_dossier(
        holder_id=membership.holder.pk,
        basis=Basis.ASSIGNMENT,
        basis_id=None,
        now=now,
        is_demo=membership.user.is_demo,
    )
    key = {"dossier_id": dossier.pk}
    grants.give_to_deputies(dossier_id=dossier.pk, principal=membership, now=now, case_number=1)
    if membership.team:
        grants.give(
            dossier_id=dossier.pk, holder_id=membership.team.holder.pk, basis=Basis.TEAM, starts=now, case_number=1
        )
    grants.give(dossier_id=dossier.pk, holder_id=prison.holder.pk, basis=Basis.PRISON, starts=now, case_number=1)
    participant = Participant(
        **key,
        surname=person.surname,
        given_name=person.given_name,
        birth_name=person.birth_name,
        aliases=person.aliases,
        sex=person.sex,
        born_on=person.born_on,
        birth_place=person.birth_place,
        nationality=person.nationality,
        residence_postcode=person.residence_postcode,
        residence_town=person.residence_town,
        residence_district=person.residence_district,
        residence_state=Residence.CANDIDATE if _names_a_residence(person) else Residence.UNKNOWN,
    )
    participant.clean_fields(exclude=["dossier"])
    participant.save(force_insert=True)
    case = Case.objects.create(**key, number=1, opened_on=referred_on, source=source)
    CaseAct.objects.create(
        **key,
        case=case,
        act=Act.REFERRED,
        happened_on=referred_on,
        recorded_at=now,
        recorded_by=membership,
        reason=source,
        remark=remark,
    )
    Assignment.objects.create(**key, case=case, membership=membership, period=period(referred_on))
    Controller.objects.create(
        **key, case=case, kind=ControllerKind.JUSTICE, institution=prison, period=period(referred_on)
    )
    custody = CustodyPeriod(
        **key,
        case=case,
        prison=prison,
        booking_number=person.booking_number,
        custody_kind=person.custody_kind,
        enforcement_status=person.enforcement_status,
        authority=person.authority,
        authority_reference=person.authority_reference,
    )
    try:
        with transaction.atomic():
            custody.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(
            "Unter dieser Buchnummer gibt es in dieser Anstalt schon einen Fall.", "booking_number"
        ) from error
    if person.release_on:
        ReleaseDateHypothesis.objects.create(
            **key,
            case=case,
            on=person.release_on,
            kind=person.release_kind,
            status=HypothesisStatus.PLAUSIBLE,
            source=person.release_source or "Gefangenenliste",
            asserted_on=referred_on,
            recorded_at=now,
            recorded_by=membership,
        )
    refresh(case)
    publish(PersonReferred(dossier_id=dossier.pk, case_id=case.pk))
    return case
