"""Own files are corrected by a newer prison list: people one by one, the rest a few hundred at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import AliasKind, HypothesisStatus, RowState
from ina.cases.events import ReleaseDateChanged
from ina.cases.lifecycle import BEFORE_ADMISSION
from ina.cases.models import Alias, Case, CustodyPeriod, PrisonListImport, Worklist
from ina.cases.models import ReleaseDateHypothesis as Hypothesis
from ina.cases.operations.consequences import settle
from ina.cases.operations.people import correct_participant
from ina.cases.operations.person_keys import refresh_keys
from ina.cases.operations.prison_lists import (
    CHUNK,
    ListedPerson,
    done_with,
    mark,
    one_at_a_time,
    require_prison_list,
)
from ina.cases.queries import as_claim
from ina.cases.queries.lists import (
    LIST_SOURCE,
    Difference,
    ListedFile,
    differences,
    files_of,
    known_bookings,
    listed_claims,
    rows_in_chunks,
)
from ina.cases.rules.release import planning_date

SUPERSEDED = "in neuer Liste anders"
WHY = "Teil einer Operation, die die Akten schon geladen hat"


@dataclass
class Correction:
    """One file, the row about it, and where they differ."""

    file: ListedFile
    listed: ListedPerson
    changed: Sequence[Difference]

    def of(self, table: str) -> list[Difference]:
        return [each for each in self.changed if each.table == table]


@operation("cases.correct_from_list", may=policies.may_use_import, on=PrisonListImport)
def correct_from_list(
    prison_list: PrisonListImport, *, actor: Actor, rows: Sequence[int] | None, now: datetime
) -> list[int]:
    """Correct the actor's own files by the ticked rows that have changed (None: all of them). Answers the dossiers.

    A new day of release is a new claim, and what an earlier list said of that kind is dropped; nothing that the list
    leaves empty is taken away. Files that somebody else leads stay as they are. Publishes ReleaseDateChanged.
    """
    require_prison_list(prison_list)
    if rows is not None and not rows:
        raise Invalid("Bitte kreuzen Sie mindestens eine Person an.", "rows")
    one_at_a_time(prison_list.prison_id)
    dossiers: list[int] = []
    for chunk in rows_in_chunks(actor, prison_list, RowState.CHANGED, rows, CHUNK):
        known = known_bookings(prison_list.prison_id, [row.booking_number for row in chunk])
        files = files_of(actor, [found.stay_id for found in known.values() if found.stay_id])
        corrections, done = [], []
        for row in chunk:
            found = known.get(row.booking_number)
            file = files.get((found and found.stay_id) or 0)
            if file is not None:
                listed = ListedPerson.restored(row)
                changed = differences(file, listed.person, listed.releases, day_of(now))
                corrections.append(Correction(file, listed, changed))
                done.append(row)
        _correct(corrections, actor, now)
        mark(done, RowState.UPDATED)
        dossiers += [each.file.case.dossier_id for each in corrections]
    note(corrected=len(dossiers), dossiers=dossiers)
    done_with(prison_list)
    return dossiers


def _correct(corrections: Sequence[Correction], actor: Actor, now: datetime) -> None:
    for each in corrections:
        if values := {one.field: one.new for one in each.of("person")}:
            correct_participant(actor=actor, participant_id=each.file.participant.pk, now=now, **values)
    Alias.objects.bulk_create(
        Alias(
            dossier_id=each.file.case.dossier_id,
            kind=AliasKind.ALIAS,
            name=one.new,
            recorded_at=now,
            recorded_by_id=actor.membership_id,
        )
        for each in corrections
        for one in each.of("alias")
    )
    for each in corrections:
        if each.of("alias"):
            refresh_keys(actor, each.file.case.dossier_id)
    _correct_stays(corrections)
    _state_claims([each for each in corrections if each.of("claim")], actor, now)


def _correct_stays(corrections: Sequence[Correction]) -> None:
    stays = []
    for each in corrections:
        stay = each.file.stay
        for one in each.of("stay"):
            setattr(stay, one.field, one.new)
        stay.list_fingerprint = each.listed.person.fingerprint
        stay.version += 1
        stay.clean_fields(exclude=["dossier", "case", "prison", "voided_by"])
        stays.append(stay)
    columns = {one.field for each in corrections for one in each.of("stay")}
    CustodyPeriod.objects.bulk_update(stays, [*sorted(columns), "list_fingerprint", "version"], batch_size=CHUNK)


def _state_claims(corrections: Sequence[Correction], actor: Actor, now: datetime) -> None:
    """New claims, and what follows. Before admission that is the planning date of the list row and nothing else."""
    list_rows = {
        row.case_id: row
        for row in Worklist.objects.visible_to(actor).filter(case__in=[each.file.case for each in corrections])
    }
    early, late = [], []
    for each in corrections:
        if list_rows[each.file.case.pk].state in BEFORE_ADMISSION:
            early.append(each)
        elif policies.may_state_release_date(actor, each.file.case):
            late.append(each)
    dropped: list[Hypothesis] = []
    stated: list[Hypothesis] = []
    for each in (*early, *late):
        old = [claim for one in each.of("claim") for claim in listed_claims(each.file, one.field)]
        new = [_claim(each.file.case, one.field, one.new, actor, now) for one in each.of("claim")]
        each.file.claims = [claim for claim in each.file.claims if claim not in old] + new
        dropped += old
        stated += new
    Hypothesis.objects.unscoped(because=WHY).filter(pk__in=[claim.pk for claim in dropped]).update(
        dropped_from=F("status"),
        status=HypothesisStatus.DROPPED,
        dropped_at=now,
        dropped_because=SUPERSEDED,
        version=F("version") + 1,
    )
    Hypothesis.objects.bulk_create(stated)
    cases = Case.objects.visible_to(actor).select_for_update().order_by("pk")
    for case in cases.filter(pk__in=[each.file.case.pk for each in late]):
        settle(case, now=now)
    moved = []
    for each in early:
        row = list_rows[each.file.case.pk]
        planned = planning_date(as_claim(claim) for claim in each.file.claims)
        row.planning_key = planned or date.fromisoformat(Worklist.NEVER)
        moved.append(row)
    Worklist.objects.bulk_update(moved, ["planning_key"], batch_size=CHUNK)
    ids = [each.file.case.pk for each in (*early, *late)]
    Case.objects.visible_to(actor).filter(pk__in=ids).update(version=F("version") + 1)
    for each in (*early, *late):
        publish(ReleaseDateChanged(dossier_id=each.file.case.dossier_id, case_id=each.file.case.pk))


def _claim(case: Case, kind: str, on: date, actor: Actor, now: datetime) -> Hypothesis:
    return Hypothesis(
        dossier_id=case.dossier_id,
        case=case,
        on=on,
        kind=kind,
        status=HypothesisStatus.PLAUSIBLE,
        source=LIST_SOURCE,
        asserted_on=day_of(now),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
