"""What the lead of a team looks at: who leads how much, and which cases nobody leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.cases.enums import HandoverState, Phase, State
from ina.cases.lifecycle import label_of, phase_of
from ina.cases.models import Handover, Participant, Worklist
from ina.cases.queries.handovers import NEVER, HandoverRow, handover_row, handover_rows
from ina.reference.queries import parameters

PARAMETERS = ("release_preparation_lead", "caseload_weights", "caseload_low", "caseload_high")
# Before the admission a case weighs what it weighs in custody: talks, information, papers.
WEIGHED_AS = {Phase.REFERRAL: "custody"}


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
class Load:
    """How much somebody of the team leads. weight: by phase (dated parameter ``caseload_weights``); ``verdict`` says
    where it lies to what is usual for a full-time position. away_until: somebody stands in until then."""

    membership_id: int
    username: str
    name: str
    place: str
    cases: int
    weight: Decimal
    verdict: str
    deputies: str
    away_until: date | None


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
    dated = parameters(PARAMETERS, on=today)
    members = {
        one.pk: one
        for one in Membership.objects.filter(team_id=team_id, role=Role.CASE_MANAGER)
        .select_related("user", "place", "institution")
        .order_by("user__display_name", "pk")
    }
    running = {pk: one for pk, one in members.items() if one.runs_on(today)}
    lines = list(
        Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung")
        .of_team(team_id)
        .still_open()
        .visible_to(actor)
        .select_related("unit", "responsible__user", "dossier")
        .order_by("planning_key", "case_id")
    )
    shown = [line for line in lines if of and line.responsible and line.responsible.user.username == of]
    unled = [line for line in lines if line.responsible is None or not line.responsible.runs_on(today)]
    people = _people(actor, [line.dossier_id for line in [*shown, *unled]])
    return TeamBoard(
        loads=_loads(running, lines, _standing_in(running, today), dated, today),
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
    return state, phase_of(state, planned, today, starts), planned


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


def _standing_in(members: dict[int, Membership], today: date) -> dict[int, list[Deputyship]]:
    found: dict[int, list[Deputyship]] = {}
    rows = Deputyship.objects.filter(
        principal_id__in=list(members), ended_at=None, starts_on__lte=today, ends_on__gte=today
    )
    for row in rows.select_related("deputy__user").order_by("ends_on", "pk"):
        found.setdefault(row.principal_id, []).append(row)
    return found


def _loads(members, lines, standing_in, dated, today: date) -> list[Load]:
    weights = dated["caseload_weights"]
    counts: dict[int, int] = dict.fromkeys(members, 0)
    weight: dict[int, Decimal] = dict.fromkeys(members, Decimal(0))
    for line in lines:
        if line.responsible_id in members:
            _, phase, _ = _phase(line, dated, today)
            counts[line.responsible_id] += 1
            weight[line.responsible_id] += Decimal(str(weights.get(WEIGHED_AS.get(phase, phase.value.lower()), 0)))
    found = []
    for pk, one in members.items():
        deputies = standing_in.get(pk, [])
        found.append(
            Load(
                membership_id=pk,
                username=one.user.username,
                name=one.user.display_name,
                place=str(one.place or one.institution),
                cases=counts[pk],
                weight=weight[pk],
                verdict=_verdict(weight[pk], dated["caseload_low"], dated["caseload_high"]),
                deputies=", ".join(each.deputy.user.display_name for each in deputies),
                away_until=deputies[-1].ends_on if deputies else None,
            )
        )
    return found


def _verdict(weight: Decimal, low: int, high: int) -> str:
    if weight > high:
        return "über dem Üblichen"
    return "unter dem Üblichen" if weight < low else "üblich"


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
