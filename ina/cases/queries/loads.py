"""How much each position of a team leads, from the live numbers (``counts``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Membership
from ina.base.together import Read
from ina.cases.enums import Phase
from ina.cases.queries.counts import Count

PARAMETERS = ("caseload_weights", "caseload_low", "caseload_high")
COLUMNS = ("pk", "user__username", "user__display_name", "place__short_name", "institution__short_name")
# Before the admission a case weighs what it weighs in custody: talks, information, papers.
WEIGHED_AS = {Phase.REFERRAL: "custody"}


@dataclass(frozen=True)
class Load:
    """How much somebody of the team leads. weight: by phase (dated parameter ``caseload_weights``); ``verdict`` says
    where it lies to what is usual for a full-time position. late: items that are overdue; releases, unseen: cases, as
    in ``counts.Count``. away_until: somebody stands in until then."""

    membership_id: int
    username: str
    name: str
    place: str
    cases: int
    weight: Decimal
    verdict: str
    late: int
    releases: int
    unseen: int
    deputies: str
    away_until: date | None


@dataclass(frozen=True)
class Loads:
    """By name. total: positions of the team that lead cases today."""

    rows: list[Load]
    total: int


MEMBERS = Read(
    lambda given: (
        Membership.objects.filter(team_id=given.team_id)
        .order_by("user__display_name", "pk")
        .values_list(*COLUMNS, "role", "starts_on", "ends_on")
    )
)
STAND_INS = Read(
    lambda given: (
        Deputyship.objects.filter(
            principal__team_id=given.team_id, ended_at=None, starts_on__lte=given.today, ends_on__gte=given.today
        )
        .order_by("ends_on", "pk")
        .values_list("principal_id", "deputy__user__display_name", "ends_on")
    )
)


def loads_from(
    members: Iterable[tuple],
    stand_ins: Iterable[tuple],
    counts: Iterable[Count],
    late: Mapping[int, int],
    *,
    today: date,
    dated: Mapping[str, Any],
    most: int | None = None,
) -> Loads:
    """members, stand_ins: rows of MEMBERS, STAND_INS; counts, late: of the same team (``counts.TEAM``, ``OVERDUE``).

    most: only so many positions, those with the most overdue items. dated: values of PARAMETERS that hold today.
    """
    running = [row[:5] for row in members if row[5] == Role.CASE_MANAGER and _runs(row, today)]
    shown = {row[0] for row in sorted(running, key=lambda row: -late.get(row[0], 0))[:most]}
    deputies: dict[int, list[tuple[str, date]]] = {}
    for principal_id, name, ends_on in stand_ins:
        deputies.setdefault(principal_id, []).append((name, ends_on))
    led = {each.responsible_id: each for each in counts}
    nothing = Count(None, {}, 0, 0)
    found = [
        _load(row, led.get(row[0], nothing), late.get(row[0], 0), deputies.get(row[0], []), dated)
        for row in running
        if row[0] in shown
    ]
    return Loads(found, len(running))


def gone_from(members: Iterable[tuple], today: date) -> list[int]:
    """Positions of the team whose time is over or has not begun: what they lead nobody leads. From rows of MEMBERS."""
    return [row[0] for row in members if not _runs(row, today)]


def _runs(row: tuple, today: date) -> bool:
    starts_on, ends_on = row[6:]
    return starts_on <= today and (ends_on is None or today <= ends_on)


def _load(row: tuple, count: Count, late: int, deputies: list[tuple[str, date]], dated: Mapping[str, Any]) -> Load:
    pk, username, name, place, house = row
    weights = dated["caseload_weights"]
    weight = sum(
        (
            cases * Decimal(str(weights.get(WEIGHED_AS.get(phase, phase.value.lower()), 0)))
            for phase, cases in count.by_phase.items()
        ),
        Decimal(0),
    )
    return Load(
        membership_id=pk,
        username=username,
        name=name,
        place=place or house,
        cases=count.cases,
        weight=weight,
        verdict=_verdict(weight, dated["caseload_low"], dated["caseload_high"]),
        late=late,
        releases=count.releases,
        unseen=count.unseen,
        deputies=", ".join(deputy for deputy, _ in deputies),
        away_until=deputies[-1][1] if deputies else None,
    )


def _verdict(weight: Decimal, low: int, high: int) -> str:
    if weight > high:
        return "über dem Üblichen"
    return "unter dem Üblichen" if weight < low else "üblich"
