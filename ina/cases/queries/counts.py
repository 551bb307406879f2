"""Live numbers of a team and of a prison, from SQL functions that count without looking at each row's wall.

They answer numbers only, and only to whoever holds the team or the house (migration 0013).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.together import Read, SqlRead
from ina.cases.enums import Phase, State
from ina.cases.lifecycle import phase_of
from ina.cases.models import Worklist
from ina.cases.rules.seen import Pace, cuts, prepared_until
from ina.reference.queries import known_parameters, values_of

# How far ahead the desk looks for releases: a matter of display, no deadline.
HORIZON = timedelta(days=90)
PARAMETERS = ("release_preparation_lead", "contact_early_phase", "contact_interval_early", "contact_interval_later")

# In the order in which the function counts them.
PHASES = (Phase.REFERRAL, Phase.CUSTODY, Phase.PREPARATION, Phase.AFTERCARE)
DATED = Read(lambda given: values_of(PARAMETERS))
TEAM = SqlRead(
    "SELECT * FROM cases_count_team(%(team_id)s, %(today)s, %(prepared_until)s, %(horizon)s, %(early_since)s,"
    " %(seen_early)s, %(seen_later)s)"
)
UNIT = SqlRead("SELECT * FROM cases_count_unit(%(unit_id)s, %(today)s, %(prepared_until)s, %(horizon)s)")
OVERDUE = SqlRead("SELECT * FROM cases_count_overdue(%(team_id)s, %(today)s)")
WAITING = SqlRead("SELECT * FROM cases_count_waiting(%(team_id)s, %(today)s)")


@dataclass(frozen=True)
class Count:
    """Open cases that one position leads, or nobody (None). ``releases``: planned within HORIZON; ``unseen``: not seen
    for long (``rules.seen``)."""

    responsible_id: int | None
    by_phase: Mapping[Phase, int]
    releases: int
    unseen: int

    @property
    def cases(self) -> int:
        return sum(self.by_phase.values())


@dataclass(frozen=True)
class UnitCount:
    """Open cases of a prison in one state and phase. ``undated``: without a day of release."""

    state: State
    phase: Phase
    cases: int
    releases: int
    undated: int


@dataclass(frozen=True)
class Waiting:
    """What waits in a team for somebody's answer: offers (``late``: some of the standing ones), lapsed ones that
    nothing followed, questions whether two files are about the same person."""

    standing: int = 0
    late: int = 0
    lapsed: int = 0
    asked: int = 0


def pace_of(dated: Mapping[str, Any]) -> Pace:
    return Pace(dated["contact_early_phase"], dated["contact_interval_early"], dated["contact_interval_later"])


def days_of(dated: Mapping[str, Any], today: date) -> dict[str, date]:
    """What the questions of this module and of ``desk`` take beside who asks. dated: values of PARAMETERS of today."""
    cut = cuts(pace_of(dated), today)
    return {
        "today": today,
        "horizon": today + HORIZON,
        "prepared_until": prepared_until(dated["release_preparation_lead"], today),
        "early_since": cut.early_since,
        "seen_early": cut.seen_early,
        "seen_later": cut.seen_later,
    }


def team_counts(rows: Iterable[tuple]) -> list[Count]:
    """The open cases of a team, from the rows of TEAM."""
    return [
        Count(responsible, dict(zip(PHASES, phases, strict=True)), releases, unseen)
        for responsible, *phases, releases, unseen in rows
    ]


def unit_counts(rows: Iterable[tuple], today: date) -> list[UnitCount]:
    """The open cases of a prison, from the rows of UNIT."""
    return [
        UnitCount(State(state), _phase(state, released, prepared, today), *numbers)
        for state, released, prepared, *numbers in rows
    ]


def count_phases(actor: Actor, *, today: date) -> Counter[Phase]:
    """How many open cases of the actor's team, prison or own are in which phase today."""
    dated = known_parameters(PARAMETERS, on=today)
    days = days_of(dated, today)
    if actor.role == Role.TEAM_LEAD:
        team_id = team_of(actor)
        return phases_of_team(team_counts(TEAM.rows(team_id=team_id, **days))) if team_id else Counter()
    if actor.role == Role.PRISON_SOCIAL:
        rows = UNIT.rows(unit_id=actor.institution_id, **days)  # type: ignore[attr-defined]
        return phases_of_unit(unit_counts(rows, today))
    rows = Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung")
    own = rows.of_responsible(actor.membership_id).still_open().visible_to(actor)
    columns = own.values_list("state", "is_released", "planning_key")
    return Counter(_phase(state, released, key <= days["prepared_until"], today) for state, released, key in columns)


def phases_of_team(counts: list[Count]) -> Counter[Phase]:
    found: Counter[Phase] = Counter()
    for count in counts:
        found.update(count.by_phase)
    return +found


def phases_of_unit(counts: list[UnitCount]) -> Counter[Phase]:
    found: Counter[Phase] = Counter()
    for count in counts:
        found[count.phase] += count.cases
    return found


def team_of(actor: Actor) -> int | None:
    """The team that the actor leads."""
    return getattr(actor, "team_id", None) if actor.role == Role.TEAM_LEAD else None


def _phase(state: str, released: bool, prepared: bool, today: date) -> Phase:
    return phase_of(State(state), today, today, today if prepared else None, released=released)
