"""Prison lists: kept until somebody has ticked who is to be proposed, then forgotten. Being listed opens no file.

Who a row is about is told by prison and Buchnummer. Lists of one prison are worked on one after the other, so that two
people who tick the same row open one file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation, untraced
from ina.cases import policies
from ina.cases.enums import HypothesisStatus, ListPurpose, ListWork, RowState
from ina.cases.models import Case, PrisonListImport, PrisonListRow, ReleaseDateHypothesis
from ina.cases.operations.referrals import Opening, Person, open_cases, position_of
from ina.cases.queries.lists import (
    LIST_SOURCE,
    Release,
    differences,
    files_of,
    known_bookings,
    rows_in_chunks,
)

SOURCE = "SOCIAL_SERVICE"  # code of referral_sources
CHUNK = 500
# What depends on the day on which a file was read, or on how it was read, says nothing about the person.
NOT_OF_THE_ROW = frozenset({"release_on", "release_kind", "release_source", "fingerprint"})
PAST = "lag schon zurück, als die Liste eingelesen wurde"


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """One row: its number in the file, the person, every day of release that it names, earliest first."""

    row: int
    person: Person
    releases: tuple[Release, ...] = ()

    def with_fingerprint(self) -> ListedPerson:
        """The same, with a hash over all that the row says."""
        said = {name: value for name, value in self.person.stored().items() if name not in NOT_OF_THE_ROW}
        days = sorted([one.on.isoformat(), str(one.kind)] for one in self.releases)
        content = json.dumps([said, days], ensure_ascii=False, sort_keys=True)
        return replace(self, person=replace(self.person, fingerprint=hashlib.sha256(content.encode()).hexdigest()))

    def stored(self) -> dict:
        """As JSON for the staging table."""
        return self.person.stored() | {"releases": [[one.on.isoformat(), str(one.kind)] for one in self.releases]}

    @classmethod
    def restored(cls, row: PrisonListRow) -> ListedPerson:
        releases = tuple(Release(date.fromisoformat(on), kind) for on, kind in row.data.get("releases", ()))
        return cls(row=row.row, person=Person.restored(row.data), releases=releases)


@operation("cases.keep_list", may=policies.may_take_over)
def keep_list(
    *, actor: Actor, prison_id: int, file_name: str, content: bytes, purpose: ListPurpose, now: datetime
) -> PrisonListImport:
    """Keep a large file until it is read in the background (``stage_prison_list`` with the list's id)."""
    if purpose is ListPurpose.PRISON_LIST:
        policies.may_import_prison_list(actor).require()
    note(prison=prison_id, size=len(content))
    return new_list(actor, prison_id, file_name, purpose, now, content=content, work=ListWork.READING)


@operation("cases.stage_prison_list", may=policies.may_import_prison_list)
def stage_prison_list(
    *, actor: Actor, prison_id: int, file_name: str, people: Sequence[ListedPerson], counts: dict, now: datetime
) -> PrisonListImport:
    """Keep the rows of a list until somebody has ticked those who are to be proposed.

    Each row is new, changed (known, and the list says something else than it last did), known, or doubled in the file.
    """
    prison_list = new_list(actor, prison_id, file_name, ListPurpose.PRISON_LIST, now)
    stage_rows(prison_list, actor, people, counts, now)
    return prison_list


@operation("cases.fill_prison_list", may=policies.may_use_import, on=PrisonListImport)
def fill_prison_list(
    prison_list: PrisonListImport, *, actor: Actor, people: Sequence[ListedPerson], counts: dict, now: datetime
) -> None:
    """A kept file has been read in the background, or cannot be (``counts["problem"]``); it is not kept any longer."""
    if prison_list.work != ListWork.READING:
        untraced(because="der Auftrag lief schon einmal")
        return
    stage_rows(prison_list, actor, people, counts, now)


@operation("cases.begin_referring", may=policies.may_use_import, on=PrisonListImport)
def begin_referring(prison_list: PrisonListImport, *, actor: Actor, now: datetime) -> None:
    """All new rows are going to be proposed in the background; until then nobody ticks any. Refused while it works."""
    if prison_list.work:
        raise Invalid("Diese Liste wird gerade bearbeitet.")
    prison_list.work = ListWork.APPLYING
    prison_list.save(update_fields=["work"])


@operation("cases.stop_referring", may=policies.may_use_import, on=PrisonListImport)
def stop_referring(prison_list: PrisonListImport, *, actor: Actor, problem: str, now: datetime) -> None:
    """The background could not propose them, because ``problem`` (a sentence): nothing was done, rows can be ticked."""
    prison_list.counts = prison_list.counts | {"problem": problem}
    done_with(prison_list)


def stage_rows(
    prison_list: PrisonListImport, actor: Actor, people: Sequence[ListedPerson], counts: dict, now: datetime
) -> None:
    """Measure the rows against what is known, and keep them; part of an operation."""
    rows = [each.with_fingerprint() for each in people]
    known = known_bookings(prison_list.prison_id, [each.person.booking_number for each in rows])
    files = files_of(
        actor,
        [
            found.stay_id
            for each in rows
            if (found := known.get(each.person.booking_number))
            and found.stay_id
            and found.fingerprint != each.person.fingerprint
        ],
    )
    seen: set[str] = set()
    staged = []
    for each in rows:
        number, state, house = each.person.booking_number, RowState.NEW, ""
        if number and booking_key(number) in seen:
            state = RowState.DUPLICATE
        elif found := known.get(number):
            file = files.get(found.stay_id or 0)
            is_list = prison_list.purpose == ListPurpose.PRISON_LIST
            is_changed = is_list and found.is_running and found.fingerprint != each.person.fingerprint
            if is_changed and file is not None:
                is_changed = bool(differences(file, each.person, each.releases, day_of(now)))
            state, house = RowState.CHANGED if is_changed else RowState.KNOWN, found.house
        seen.add(booking_key(number))
        staged.append(_row(prison_list, each.row, number, state, each.stored(), house))
    PrisonListRow.objects.bulk_create(staged, batch_size=2000)
    finish_reading(prison_list, counts)
    note(rows=len(staged), prison=prison_list.prison_id)


@operation("cases.refer_from_list", may=policies.may_use_import, on=PrisonListImport)
def refer_from_list(
    prison_list: PrisonListImport, *, actor: Actor, rows: Sequence[int] | None, referred_on: date, now: datetime
) -> list[Case]:
    """Propose the ticked rows (numbers as in the file; None: all that are new) of a prison list.

    Somebody who was referred meanwhile is left out, not doubled; doing it again does nothing. All or nothing.
    """
    require_prison_list(prison_list)
    if referred_on > day_of(now):
        raise Invalid("Der Tag der Meldung liegt in der Zukunft.", "referred_on")
    if rows is not None and not rows:
        raise Invalid("Bitte kreuzen Sie mindestens eine Person an.", "rows")
    membership = position_of(actor)
    prison_id = prison_list.prison_id
    cases: list[Case] = []
    for waiting in chunks_not_known(prison_list, actor, rows):
        listed = [ListedPerson.restored(row) for row in waiting]
        made = open_cases(membership, [each.person for each in listed], prison_id, Opening(1, referred_on, SOURCE), now)
        add_further_claims(made, listed, referred_on, membership.pk, now)
        mark(waiting, RowState.REFERRED)
        cases += made
    note(referred=len(cases), dossiers=[case.dossier_id for case in cases])
    done_with(prison_list)
    return cases


@operation("cases.discard_prison_list", may=policies.may_use_import, on=PrisonListImport)
def discard_prison_list(prison_list: PrisonListImport, *, actor: Actor, now: datetime) -> None:
    """Done with the list: persons who were not proposed are forgotten."""
    PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list).delete()
    prison_list.finished_at = now
    prison_list.content = None
    prison_list.work = ""
    prison_list.counts = {key: value for key, value in prison_list.counts.items() if key not in ("errors", "problem")}
    prison_list.save(update_fields=["finished_at", "content", "work", "counts"])


def finish_reading(prison_list: PrisonListImport, counts: dict) -> None:
    """The file has been read, or cannot be (``counts["problem"]`` says why); part of an operation."""
    prison_list.counts = counts
    prison_list.content = None
    prison_list.work = ""
    prison_list.save(update_fields=["counts", "content", "work"])


def add_further_claims(
    cases: Sequence[Case], listed: Sequence[ListedPerson], asserted_on: date, membership_id: int, now: datetime
) -> None:
    """All days of release that the rows name beside the planned one; what was past already is kept as dropped."""
    claims = []
    for case, each in zip(cases, listed, strict=True):
        planned = (each.person.release_on, str(each.person.release_kind))
        for release in each.releases:
            if (release.on, str(release.kind)) == planned:
                continue
            is_past = planned[0] is not None and release.on < planned[0]
            claims.append(
                ReleaseDateHypothesis(
                    dossier_id=case.dossier_id,
                    case=case,
                    on=release.on,
                    kind=str(release.kind),
                    status=HypothesisStatus.DROPPED if is_past else HypothesisStatus.PLAUSIBLE,
                    source=each.person.release_source or LIST_SOURCE,
                    asserted_on=asserted_on,
                    recorded_at=now,
                    recorded_by_id=membership_id,
                    dropped_at=now if is_past else None,
                    dropped_from=HypothesisStatus.PLAUSIBLE if is_past else "",
                    dropped_because=PAST if is_past else "",
                )
            )
    ReleaseDateHypothesis.objects.bulk_create(claims)


def booking_key(number: str) -> str:
    """Spaces and capitals do not make another Buchnummer (as ``cases_booking_key`` in the database)."""
    return "".join(number.lower().split())


def chunks_not_known(
    prison_list: PrisonListImport, actor: Actor, rows: Sequence[int] | None
) -> Iterator[list[PrisonListRow]]:
    """New rows, so many at a time, without those that somebody else referred meanwhile; part of an operation."""
    one_at_a_time(prison_list.prison_id)
    for chunk in rows_in_chunks(actor, prison_list, RowState.NEW, rows, CHUNK):
        known = known_bookings(prison_list.prison_id, [row.booking_number for row in chunk])
        mark([row for row in chunk if row.booking_number in known], RowState.KNOWN)
        if new := [row for row in chunk if row.booking_number not in known]:
            yield new


def require_prison_list(prison_list: PrisonListImport) -> None:
    """Raises Invalid for a list of running cases."""
    if prison_list.purpose != ListPurpose.PRISON_LIST:
        raise Invalid("Diese Datei ist eine Liste laufender Fälle, keine Gefangenenliste.")


def one_at_a_time(prison_id: int) -> None:
    """Whoever works on a list of the same prison waits until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('cases_prisonlist', %s))", [prison_id])


def new_list(actor: Actor, prison_id: int, file_name: str, purpose: ListPurpose, now: datetime, **more):
    return PrisonListImport.objects.create(
        holder_id=actor.own_holder,  # type: ignore[attr-defined]
        membership_id=actor.membership_id,
        prison_id=prison_id,
        file_name=file_name[-200:],
        uploaded_at=now,
        purpose=purpose,
        **more,
    )


def _row(prison_list, number: int, booking_number: str, state: RowState, data: dict, house: str = "") -> PrisonListRow:
    return PrisonListRow(
        holder_id=prison_list.holder_id,
        prison_list=prison_list,
        row=number,
        booking_number=booking_number,
        state=state,
        data=data,
        house=house,
    )


def mark(rows: Sequence[PrisonListRow], state: RowState) -> None:
    if rows:
        PrisonListRow.objects.unscoped(because="Zeilen der Liste, die diese Operation geladen hat").filter(
            pk__in=[row.pk for row in rows]
        ).update(state=state)


def done_with(prison_list: PrisonListImport) -> None:
    """Nothing is being done with the list in the background any more; part of an operation."""
    if prison_list.work:
        prison_list.work = ""
        prison_list.save(update_fields=["work", "counts"])
