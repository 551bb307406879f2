"""The list of cases: keys first, from the list table alone; then the people of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Value

from ina.accounts.models import Deputyship
from ina.agenda.querysets import NextTitle
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.enums import HypothesisKind, HypothesisStatus, Phase, State, Step
from ina.cases.lifecycle import label_of, phase_of
from ina.cases.models import Participant, Worklist
from ina.cases.queries.finding import Found, find_booked, find_cases
from ina.cases.queries.list_frame import ListFrame, get_list_frame
from ina.cases.queries.narrowed import COLUMNS, NEVER, narrowed, restricted
from ina.cases.rules.narrowing import ListOrder, Narrowing

PAGE = 50
# Counted exactly up to here: enough for any team; each row counted costs a look at the wall (8 µs, measured).
COUNT_LIMIT = 500


@dataclass(frozen=True)
class CaseRow:
    """A line in a list of cases. planning_kind, planning_status: of the claim behind the planning date; None after the
    release. due_on: when the next open item asks; next_title: what it asks for, empty for whom the plan is not open.
    because: why a search found them, where the name does not say it."""

    number: str
    case_number: int
    name: str
    prison: str
    responsible: str
    state: State
    phase: Phase
    label: str
    step: Step
    is_released: bool
    planning_date: date | None
    planning_kind: HypothesisKind | None
    planning_status: HypothesisStatus | None
    due_on: date | None
    next_title: str
    last_contact_on: date | None
    preparation_starts: date | None
    aftercare_ends: date | None
    cursor: str
    because: str = ""


@dataclass(frozen=True)
class CasePage:
    """A page of the list. ``total`` is exact up to COUNT_LIMIT; ``more`` says that there are more than that."""

    rows: list[CaseRow]
    total: int
    more: bool
    next_cursor: str | None


class Line(NamedTuple):
    """A row of the list table, by the names of its columns."""

    case_id: int
    case_number: int
    dossier_id: int
    state: str
    step: str
    is_released: bool
    planning_key: date
    planning_kind: str
    planning_status: str
    due_key: date
    last_contact_on: date | None
    name_key: str
    unit__short_name: str
    responsible__user__display_name: str | None
    next_title: str | None


def _one_of(dossiers: Any) -> Func:
    """Django would write a list out, one place for each; a prepared statement has one place for all."""
    given = Value(dossiers, output_field=ArrayField(BigIntegerField()))
    return Func(F("dossier_id"), given, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField())


PEOPLE = Read(
    lambda given: (
        Participant.objects.visible_to(given.actor)
        .filter(_one_of(given.dossiers))
        .values_list("dossier_id", "dossier__number", "surname", "given_name")
    )
)


def list_cases(
    actor: Actor,
    *,
    today: date,
    wanted: Narrowing | None = None,
    frame: ListFrame | None = None,
    name: str = "",
    booking_number: str = "",
    cursor: str = "",
) -> CasePage:
    """The cases in the actor's scope: own (and those they deputise for), the team's, or the prison's.

    frame: where the caller has it already. cursor: of the last row before this page. name, booking_number: searched for
    (``finding``) among open and ended cases and those of everybody they stand in for; one page, the best hits first.
    """
    wanted, frame = wanted or Narrowing(), frame or get_list_frame(actor, today)
    if name.strip() or booking_number.strip():
        return _found_page(actor, today, wanted, frame, name, booking_number)
    rows, column = asked(actor, wanted, frame, today)
    shown = rows.after(column, *_read_cursor(column, cursor)) if cursor else rows
    found = list(shown[: PAGE + 1])
    page = rows_of_page(actor, found[:PAGE], column, today, frame.dated)
    # A list that fits on its first page is counted by having been read. Else the wall alone counts: it looks at each
    # row anyway, and a second look at five hundred would cost as much again.
    fits = not cursor and len(found) <= PAGE
    total = len(found) if fits else narrowed(actor, wanted, frame, today)[: COUNT_LIMIT + 1].count()
    return CasePage(
        rows=page,
        total=min(total, COUNT_LIMIT),
        more=total > COUNT_LIMIT,
        next_cursor=page[-1].cursor if len(found) > PAGE else None,
    )


def asked(actor: Actor, wanted: Narrowing, frame: ListFrame, today: date) -> tuple[Any, str]:
    """The lines (``Line``) of all visible rows in their order, and the column of the order: keys first, from the list
    table alone; the people come after (``rows_of_page``). Joined, planning costs more than reading."""
    column = COLUMNS[wanted.ordered_by]
    rows = narrowed(actor, wanted, frame, today).visible_to(actor).order_by(column, "case_id")
    return rows.annotate(next_title=NextTitle(actor)).values_list(*Line._fields), column


def _found_page(
    actor: Actor, today: date, wanted: Narrowing, frame: ListFrame, name: str, booking_number: str
) -> CasePage:
    principals = [principal.pk for principal in frame.principals]
    if booking_number:
        found = find_booked(actor, booking_number, principals=principals)
    else:
        found = find_cases(actor, name, ended=wanted.ended, principals=principals)
    rows = Worklist.objects.visible_to(actor).filter(case_id__in=found.case_ids)
    lines = restricted(rows, wanted, frame, today).annotate(next_title=NextTitle(actor)).values_list(*Line._fields)
    place = {case_id: number for number, case_id in enumerate(found.case_ids)}
    ordered = sorted(lines, key=lambda line: place[line[0]])
    page = rows_of_page(actor, ordered, COLUMNS[ListOrder.NAME], today, frame.dated, found)
    return CasePage(rows=page, total=len(page), more=found.more, next_cursor=None)


def rows_of_page(
    actor: Actor,
    lines: Sequence[tuple],
    column: str,
    today: date,
    dated: Mapping[str, Any],
    found: Found | None = None,
) -> list[CaseRow]:
    """The rows with the names of their people; somebody whose identity is not open is left out. found: of a search."""
    if not lines:
        return []
    read = [Line(*line) for line in lines]
    people = {row[0]: row for row in PEOPLE.rows(actor=actor, dossiers=[line.dossier_id for line in read])}
    return [
        _case_row(line, people[line.dossier_id], column, today, dated, found)
        for line in read
        if line.dossier_id in people
    ]


def names_in_list(actor: Actor, dossier_ids: Iterable[int]) -> dict[int, str]:
    """Names of people as lists show them, by their dossier; who is not visible is missing."""
    rows = Participant.objects.visible_to(actor).filter(dossier_id__in=set(dossier_ids))
    return {row.dossier_id: row.listed_name for row in rows}


def principals_of(actor: Actor, today: date) -> list:
    """The positions that the actor deputises for today."""
    if not getattr(actor, "deputises", False):
        return []
    running = Deputyship.objects.filter(
        deputy_id=actor.membership_id, ended_at=None, starts_on__lte=today, ends_on__gte=today
    ).select_related("principal__user")
    return [deputyship.principal for deputyship in running]


def _case_row(
    line: Line, person: tuple, column: str, today: date, dated: Mapping[str, Any], found: Found | None
) -> CaseRow:
    planned = None if line.planning_key == NEVER else line.planning_key
    state = State(line.state)
    preparation_starts = dated["release_preparation_lead"].before(planned) if planned else None
    phase = phase_of(state, planned, today, preparation_starts, released=line.is_released)
    _, number, surname, given_name = person
    return CaseRow(
        number=number,
        case_number=line.case_number,
        name=", ".join(part for part in (surname, given_name) if part),
        prison=line.unit__short_name,
        responsible=line.responsible__user__display_name or "",
        state=state,
        phase=phase,
        label=label_of(state, phase),
        step=Step(line.step),
        is_released=line.is_released,
        planning_date=planned,
        planning_kind=HypothesisKind(line.planning_kind) if line.planning_kind else None,
        planning_status=HypothesisStatus(line.planning_status) if line.planning_status else None,
        due_on=None if line.due_key == NEVER else line.due_key,
        next_title=line.next_title or "",
        last_contact_on=line.last_contact_on,
        preparation_starts=preparation_starts,
        aftercare_ends=dated["aftercare_duration"].after(planned) if planned else None,
        because=found.because(line.case_id, surname, given_name) if found else "",
        cursor=f"{line.case_id}~{getattr(line, column)}",
    )


def _read_cursor(column: str, cursor: str):
    """(value, case id) of the place; NotVisible when somebody made one up."""
    match = re.fullmatch(r"([0-9]{1,18})~([^\x00]{1,300})", cursor)
    if match is None:
        raise NotVisible()
    case_id, value = match.groups()
    try:
        return (value if column == "name_key" else date.fromisoformat(value)), int(case_id)
    except ValueError as error:
        raise NotVisible() from error
