"""What the lead of a team looks at: who leads how much, and which cases nobody leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ina.accounts.enums import Role
from ina.accounts.models import Membership
from ina.base.actor import Actor
from ina.base.together import read_together
from ina.cases.enums import HandoverState, Phase, State
from ina.cases.lifecycle import label_of, phase_of
from ina.cases.models import Handover, Participant, Worklist
from ina.cases.queries import counts, loads
from ina.cases.queries.handovers import NEVER, HandoverRow, handover_row, handover_rows
from ina.cases.queries.loads import Load
from ina.reference.queries import parameters


@dataclass(frozen=True)
class TeamCase:
    """An open case of the team, as a line to be ticked."""

    case_id: int
    number: str
    case_number: int
    name: str
    prison: str
    label: str
    planning_date: date | None
    responsible: str
    responsible_id: int | None


@dataclass(frozen=True)
class TeamBoard:
    """The team on a day. unled: cases that nobody is accountable for, with why. offers: standing offers of the team's
    cases, and lapsed ones that nothing followed. shown: the cases of the person that was asked for."""

    loads: list[Load]
    unled: list[tuple[TeamCase, str]]
    offers: list[HandoverRow]
    shown: list[TeamCase]
    low: int
    high: int


def team_board(actor: Actor, *, today: date, of: str = "") -> TeamBoard:
    """Everything for the lead of a team. of: the user name whose cases are to be listed."""
    # A lead without a team leads nobody; 0 is no team, while None would mean everybody without one.
    team_id: Any = getattr(actor, "team_id", None) or 0
    dated = parameters((*loads.PARAMETERS, *counts.PARAMETERS), on=today)
    reads = [loads.MEMBERS, loads.STAND_INS, *((counts.TEAM, counts.OVERDUE) if team_id else ())]
    found = read_together(reads, team_id=team_id, **counts.days_of(dated, today))
    gone = loads.gone_from(found[loads.MEMBERS], today)
    led = loads.loads_from(
        found[loads.MEMBERS],
        found[loads.STAND_INS],
        counts.team_counts(found.get(counts.TEAM, ())),
        dict(found.get(counts.OVERDUE, ())),
        today=today,
        dated=dated,
    )
    chosen = [row[0] for row in found[loads.MEMBERS] if of and row[1] == of]
    lines = list(
        Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung")
        .of_team(team_id)
        .still_open()
        .filter(Q(responsible_id=None) | Q(responsible_id__in=[*gone, *chosen]))
        .visible_to(actor)
        .select_related("unit", "responsible__user", "dossier")
        .order_by("planning_key", "case_id")
    )
    shown = [line for line in lines if line.responsible_id in chosen]
    unled = [line for line in lines if line.responsible is None or not line.responsible.runs_on(today)]
    people = _people(actor, [line.dossier_id for line in [*shown, *unled]])
    return TeamBoard(
        loads=led.rows,
        unled=[(_case(line, people, dated, today), _why(line)) for line in unled],
        offers=_offers(actor, team_id, today),
        shown=[_case(line, people, dated, today) for line in shown],
        low=dated["caseload_low"],
        high=dated["caseload_high"],
    )


def team_members(actor: Actor, today: date) -> list[Membership]:
    """The positions of the actor's team that lead cases on a day, by name."""
    rows = Membership.objects.running_on(today).filter(
        team_id=getattr(actor, "team_id", None), role=Role.CASE_MANAGER, user__is_active=True
    )
    return list(rows.exclude(team=None).select_related("user").order_by("user__display_name", "pk"))


def _why(line) -> str:
    if line.responsible is None:
        return "Zugang, noch niemandem zugeteilt"
    return f"Stelle von {line.responsible.user.display_name} endete am {line.responsible.ends_on:%d.%m.%Y}"


def _phase(line, dated, today: date) -> tuple[State, Phase, date | None]:
    planned = None if line.planning_key == NEVER else line.planning_key
    starts = dated["release_preparation_lead"].before(planned) if planned else None
    state = State(line.state)
    return state, phase_of(state, planned, today, starts, released=line.is_released), planned


def _people(actor: Actor, dossier_ids: list[int]) -> dict:
    rows = Participant.objects.visible_to(actor).filter(dossier_id__in=dossier_ids)
    return {person.dossier_id: str(person) for person in rows}


def _case(line, people: dict, dated, today: date) -> TeamCase:
    state, phase, planned = _phase(line, dated, today)
    return TeamCase(
        case_id=line.case_id,
        number=line.dossier.number,
        case_number=line.case_number,
        name=people.get(line.dossier_id, ""),
        prison=str(line.unit),
        label=label_of(state, phase),
        planning_date=planned,
        responsible=line.responsible.user.display_name if line.responsible else "",
        responsible_id=line.responsible_id,
    )


def _offers(actor: Actor, team_id: int | None, today: date) -> list[HandoverRow]:
    rows = handover_rows(actor).filter(
        case__worklist__team_id=team_id,
        case__worklist__is_open=True,
        state__in=[HandoverState.OFFERED, HandoverState.LAPSED],
    )
    found = list(rows.order_by("answer_by", "pk")[:100])
    newest: dict[int, int] = {}
    later = Handover.objects.visible_to(actor).filter(case_id__in=[row.case_id for row in found])
    for case_id, pk in later.order_by("pk").values_list("case_id", "pk"):
        newest[case_id] = pk
    return [handover_row(row, today) for row in found if newest[row.case_id] == row.pk]
