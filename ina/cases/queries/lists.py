"""Uploaded lists that wait for a decision, each belonging to its uploader, and what they say that files do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from ina.accounts.enums import Role
from ina.accounts.models import Membership
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.enums import HypothesisKind, HypothesisStatus, RowState, Sex
from ina.cases.models import Alias, Case, CustodyPeriod, Participant, PrisonListImport, PrisonListRow
from ina.cases.models import ReleaseDateHypothesis as Hypothesis

if TYPE_CHECKING:
    from ina.cases.operations.referrals import Person

# What a claim says of its source when it came with a list.
LIST_SOURCE = "Gefangenenliste"
# What a list knows of somebody, and the columns that hold it.
OF_PERSON = ("surname", "given_name", "birth_name", "sex", "born_on", "birth_place", "nationality")
OF_STAY = {
    "custody_kind": "custody_kind",
    "enforcement_status": "enforcement_status",
    "authority": "authority",
    "authority_reference": "authority_reference",
    "department": "department",
    "custody_since": "starts_on",
}


@dataclass(frozen=True)
class Release:
    """One day on which a list says that somebody might be released; ``kind`` is a HypothesisKind."""

    on: date
    kind: str


@dataclass(frozen=True)
class KnownBooking:
    """A Buchnummer that is known: what a list last said of it (hash), and the stay, or who else leads the case."""

    fingerprint: str
    is_running: bool
    stay_id: int | None
    house: str


@dataclass
class ListedFile:
    """What the file of somebody in a list says now, as far as lists can change it."""

    stay: CustodyPeriod
    case: Case
    participant: Participant
    aliases: frozenset[str]
    claims: list[Hypothesis]


@dataclass(frozen=True)
class Difference:
    """A field in which a new list differs from the file. ``table``: person, stay, alias or claim."""

    table: str
    field: str
    label: str
    old: Any
    new: Any


def get_import(actor: Actor, import_id: int) -> PrisonListImport:
    """An upload of the actor's own, without the file itself. NotVisible else."""
    found = (
        PrisonListImport.objects.visible_to(actor)
        .filter(pk=import_id)
        .select_related("prison")
        .defer("content")
        .first()
    )
    if found is None:
        raise NotVisible()
    return found


def kept_content(actor: Actor, import_id: int) -> bytes:
    """The file that waits to be read in the background; empty when it has been read. NotVisible."""
    found = PrisonListImport.objects.visible_to(actor).filter(pk=import_id).values_list("content", flat=True).first()
    return bytes(found or b"")


def list_open_imports(actor: Actor, purpose: str) -> list[PrisonListImport]:
    """The actor's uploads that still wait for a decision, newest first."""
    return list(
        PrisonListImport.objects.visible_to(actor)
        .filter(finished_at=None, purpose=purpose)
        .select_related("prison")
        .defer("content")
        .order_by("-uploaded_at")[:20]
    )


def count_import_rows(actor: Actor, prison_list: PrisonListImport) -> Counter[RowState]:
    """How many rows are in which state."""
    rows = PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list)
    return Counter(RowState(state) for state in rows.values_list("state", flat=True))


def list_import_rows(
    actor: Actor, prison_list: PrisonListImport, *, states: Collection[str] = (), page: int = 1, size: int = 100
) -> list[PrisonListRow]:
    """One page of the rows, in the order of the file; ``states``: only these."""
    rows = PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list).order_by("row")
    if states:
        rows = rows.filter(state__in=states)
    return list(rows[(page - 1) * size : page * size])


def rows_in_chunks(
    actor: Actor, prison_list: PrisonListImport, state: RowState, rows: Sequence[int] | None, size: int
) -> Iterator[list[PrisonListRow]]:
    """The rows in a state, all of them or those with these numbers, so many at a time."""
    waiting = PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list, state=state).order_by("row")
    if rows is not None:
        waiting = waiting.filter(row__in=rows)
    last = 0
    while chunk := list(waiting.filter(row__gt=last)[:size]):
        yield chunk
        last = chunk[-1].row


def known_bookings(prison_id: int, numbers: Iterable[str]) -> dict[str, KnownBooking]:
    """Which Buchnummern of a prison belong to somebody already proposed, visible or not, by the number as asked.

    Says whose they are only where the caller leads the case; else the house.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, fingerprint, is_running, mine, house FROM cases_known_bookings(%s, %s)",
            [prison_id, [number for number in numbers if number]],
        )
        return {
            number: KnownBooking(fingerprint, is_running, stay_id, house or "")
            for number, fingerprint, is_running, stay_id, house in cursor.fetchall()
        }


def files_of(actor: Actor, stay_ids: Iterable[int]) -> dict[int, ListedFile]:
    """Files by the id of a stay in prison, in as many statements for one as for hundreds."""
    stays = CustodyPeriod.objects.visible_to(actor).filter(pk__in=list(stay_ids)).select_related("case")
    files = {stay.dossier_id: stay for stay in stays}
    people = Participant.objects.visible_to(actor).in_bulk(list(files), field_name="dossier_id")
    aliases: dict[int, set[str]] = defaultdict(set)
    for dossier_id, name in (
        Alias.objects.visible_to(actor).standing().filter(dossier__in=files).values_list("dossier_id", "name")
    ):
        aliases[dossier_id].add(name)
    claims: dict[int, list[Hypothesis]] = defaultdict(list)
    for claim in (
        Hypothesis.objects.visible_to(actor)
        .standing()
        .filter(case__in=[stay.case_id for stay in files.values()])
        .exclude(status=HypothesisStatus.DROPPED)
        .order_by("on", "pk")
    ):
        claims[claim.case_id].append(claim)
    return {
        stay.pk: ListedFile(stay, stay.case, people[dossier_id], frozenset(aliases[dossier_id]), claims[stay.case_id])
        for dossier_id, stay in files.items()
        if dossier_id in people
    }


def who_may_lead(actor: Actor, on: date) -> list[Membership]:
    """Who can be named as responsible for cases that are taken over: the case managers of a team lead's team, and a
    case manager themself."""
    people = Membership.objects.running_on(on).filter(role=Role.CASE_MANAGER)
    if actor.role == Role.TEAM_LEAD:
        people = people.filter(team_id=getattr(actor, "team_id", None), team__isnull=False)
    else:
        people = people.filter(pk=actor.membership_id)
    return list(people.select_related("user", "team__holder", "holder", "institution").order_by("user__display_name"))


def differences(file: ListedFile, person: Person, releases: Sequence[Release], today: date) -> list[Difference]:
    """Where a list says something else than the file. What it leaves empty it does not take away.

    A day of release that is past is no news; a day that somebody else named already neither.
    """
    found = []
    for table, row, columns in (
        ("person", file.participant, dict(zip(OF_PERSON, OF_PERSON, strict=True))),
        ("stay", file.stay, OF_STAY),
    ):
        for field, column in columns.items():
            new, old = getattr(person, field), getattr(row, column)
            if new and new != old and new != Sex.UNKNOWN:
                meant: Any = row._meta.get_field(column)
                label = str(meant.verbose_name)
                found.append(Difference(table, column, label, _shown(column, old), _shown(column, new)))
    known = file.aliases
    for name in dict.fromkeys(part.strip() for part in person.aliases.split(";")):
        if name and name[:160] not in known:
            found.append(Difference("alias", "name", "weiterer Name", "", name[:160]))
    for release in releases:
        if release.on >= today and not any((c.on, c.kind) == (release.on, release.kind) for c in file.claims):
            label = f"Entlassung: {HypothesisKind(release.kind).label}"
            old = [claim.on for claim in listed_claims(file, release.kind)]
            found.append(Difference("claim", release.kind, label, old[0] if old else "", release.on))
    return found


def listed_claims(file: ListedFile, kind: str) -> list[Hypothesis]:
    """The claims of a kind that came with earlier lists and still stand."""
    return [claim for claim in file.claims if claim.kind == kind and claim.source == LIST_SOURCE]


def differences_of_rows(
    actor: Actor, prison_id: int, rows: Iterable[tuple[Any, Person, Sequence[Release]]], today: date
) -> Mapping[Any, list[Difference]]:
    """Differences by the key that comes with each person; those whose case somebody else leads are left out."""
    rows = list(rows)
    known = known_bookings(prison_id, [person.booking_number for _, person, _ in rows])
    stays = {key: known[person.booking_number].stay_id for key, person, _ in rows if person.booking_number in known}
    files = files_of(actor, [stay for stay in stays.values() if stay])
    return {
        key: differences(files[stay], person, releases, today)
        for key, person, releases in rows
        if (stay := stays.get(key)) in files
    }


def _shown(column: str, value: Any) -> Any:
    return Sex(value) if column == "sex" else value
