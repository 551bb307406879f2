"""The list of cases: keys first, from the list table alone; then the people of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

from ina.accounts.enums import Role
from ina.accounts.models import Deputyship
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.names import sort_key, upper_bound
from ina.cases.enums import Phase, State
from ina.cases.lifecycle import label_of, phase_of
from ina.cases.models import Participant, Worklist
from ina.reference.queries import parameters

NEVER = date.fromisoformat(Worklist.NEVER)
PAGE = 50
# Counted exactly up to here: enough for any team; each row counted costs a look at the wall (8 µs, measured).
COUNT_LIMIT = 500


@dataclass(frozen=True)
class CaseRow:
    """A line in a list of cases."""

    number: str
    case_number: int
    name: str
    born_on: date | None
    prison: str
    responsible: str
    state: State
    phase: Phase
    label: str
    planning_date: date | None
    last_contact_on: date | None
    preparation_starts: date | None
    aftercare_ends: date | None
    cursor: str


@dataclass(frozen=True)
class CasePage:
    """A page of the list. ``total`` is exact up to COUNT_LIMIT; ``more`` says that there are more than that."""

    rows: list[CaseRow]
    total: int
    more: bool
    next_cursor: str | None


ORDERS = {"entlassung": "planning_key", "name": "name_key"}
LINE = (
    "case_id",
    "case_number",
    "dossier_id",
    "state",
    "is_released",
    "planning_key",
    "last_contact_on",
    "name_key",
    "unit__short_name",
    "responsible__user__display_name",
)


def list_cases(
    actor: Actor,
    *,
    today: date,
    ended: bool = False,
    state: State | None = None,
    name: str = "",
    booking_number: str = "",
    order: str = "entlassung",
    cursor: str = "",
    deputy_for: int | None = None,
) -> CasePage:
    """The cases in the actor's scope: own (and those they deputise for), the team's, or the prison's.

    order: key of ORDERS. name: beginning of surname and given name. booking_number: whole. cursor: of the last row
    before this page.
    """
    rows = _scope(actor, today, deputy_for).filter(is_open=not ended)
    if state is not None:
        rows = rows.filter(state=state)
    if key := sort_key(name.replace("\x00", "").strip()):
        rows = rows.filter(name_key__gte=key, name_key__lt=upper_bound(key))
        order = "name"  # the index that finds them gives their order
    if booking_number:
        # A Buchnummer is one of a prison: asked together, its index answers.
        rows = rows.filter(
            case__custody_periods__prison=F("unit"),
            case__custody_periods__booking_number=booking_number.replace("\x00", "").strip(),
            case__custody_periods__voided_at=None,
        )
    visible = rows.visible_to(actor)
    total = visible.order_by()[: COUNT_LIMIT + 1].count()
    column = ORDERS[order]
    if cursor:
        visible = visible.after(column, *_read_cursor(column, cursor))
    # Keys first, from the list table alone; then the people of this page. Joined, planning costs more than reading.
    found = list(visible.order_by(column, "case_id").values_list(*LINE, named=True)[: PAGE + 1])
    people = _people_of(actor, [line.dossier_id for line in found[:PAGE]])
    leads = parameters(("release_preparation_lead", "aftercare_duration"), on=today)
    page = [
        _case_row(line, people[line.dossier_id], column, today, leads)
        for line in found[:PAGE]
        if line.dossier_id in people
    ]
    return CasePage(
        rows=page,
        total=min(total, COUNT_LIMIT),
        more=total > COUNT_LIMIT,
        next_cursor=page[-1].cursor if len(found) > PAGE else None,
    )


def count_phases(actor: Actor, *, today: date) -> Counter[Phase]:
    """How many open cases of the actor's scope are in which phase today: the phases are computed, never stored."""
    rows = _scope(actor, today).still_open().visible_to(actor)
    groups = rows.order_by().values_list("state", "is_released", "planning_key").annotate(cases=Count("pk"))
    lead = parameters(("release_preparation_lead",), on=today)["release_preparation_lead"]
    found: Counter[Phase] = Counter()
    for state, released, key, cases in groups:
        planned = None if key == NEVER else key
        starts = lead.before(planned) if planned else None
        found[phase_of(State(state), planned, today, starts, released=released)] += cases
    return found


def _people_of(actor: Actor, dossier_ids: list[int]) -> dict:
    rows = Participant.objects.visible_to(actor).filter(dossier_id__in=dossier_ids)
    columns = ("dossier_id", "dossier__number", "surname", "given_name", "born_on")
    return {row.dossier_id: row for row in rows.values_list(*columns, named=True)}


def names_in_list(actor: Actor, dossier_ids: Iterable[int]) -> dict[int, str]:
    """Names of people as lists show them, by their dossier; who is not visible is missing."""
    rows = Participant.objects.visible_to(actor).filter(dossier_id__in=set(dossier_ids))
    return {row.dossier_id: row.listed_name for row in rows}


def _scope(actor: Actor, today: date, deputy_for: int | None = None):
    """Narrow by an indexed column to where the actor works; the wall does the rest."""
    rows = Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung")
    if actor.role == Role.TEAM_LEAD:
        return rows.of_team(actor.team_id) if actor.team_id else rows.none()  # type: ignore[attr-defined]
    if actor.role == Role.PRISON_SOCIAL:
        return rows.of_unit(actor.institution_id)  # type: ignore[attr-defined]
    if deputy_for is not None and deputy_for in {principal.pk for principal in principals_of(actor, today)}:
        return rows.of_responsible(deputy_for)
    return rows.of_responsible(actor.membership_id)


def principals_of(actor: Actor, today: date) -> list:
    """The positions that the actor deputises for today."""
    if not getattr(actor, "deputises", False):
        return []
    running = Deputyship.objects.filter(
        deputy_id=actor.membership_id, ended_at=None, starts_on__lte=today, ends_on__gte=today
    ).select_related("principal__user")
    return [deputyship.principal for deputyship in running]


def _case_row(line, person, column: str, today: date, leads) -> CaseRow:
    planned = None if line.planning_key == NEVER else line.planning_key
    state = State(line.state)
    preparation_starts = leads["release_preparation_lead"].before(planned) if planned else None
    phase = phase_of(state, planned, today, preparation_starts, released=line.is_released)
    return CaseRow(
        number=person.dossier__number,
        case_number=line.case_number,
        name=", ".join(part for part in (person.surname, person.given_name) if part),
        born_on=person.born_on,
        prison=line.unit__short_name,
        responsible=line.responsible__user__display_name or "",
        state=state,
        phase=phase,
        label=label_of(state, phase),
        planning_date=planned,
        last_contact_on=line.last_contact_on,
        preparation_starts=preparation_starts,
        aftercare_ends=leads["aftercare_duration"].after(planned) if planned else None,
        cursor=f"{line.case_id}~{getattr(line, column)}",
    )


def _read_cursor(column: str, cursor: str):
    """(value, case id) of the place; NotVisible when somebody made one up."""
    match = re.fullmatch(r"([0-9]{1,18})~([^\x00]{1,300})", cursor)
    if match is None:
        raise NotVisible()
    case_id, value = match.groups()
    try:
        return (date.fromisoformat(value) if column == "planning_key" else value), int(case_id)
    except ValueError as error:
        raise NotVisible() from error
