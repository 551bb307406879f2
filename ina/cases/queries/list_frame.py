"""What stands around a list of cases: whom the reader stands in for, what can be chosen in the filter, kept views, and
the parameters that say how far a case is. One statement, prepared: the list itself has its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.base.together import Read, SqlRead, read_together
from ina.cases.models import SavedView
from ina.institutions.models import Institution
from ina.reference.queries import known_on, values_of


@dataclass(frozen=True)
class Choice:
    """Somebody, or a prison. ``key`` may stand in an address; ``pk`` never leaves."""

    pk: int
    key: str
    label: str


@dataclass(frozen=True)
class KeptView:
    """A saved view; query: the fields of the filter by their names."""

    name: str
    query: Mapping[str, str]


@dataclass(frozen=True)
class ListFrame:
    """principals: whom the reader stands in for today. prisons: of the own scope, empty where there is but one house.
    colleagues: who leads cases in the reader's team, for its lead. dated: parameters of the day."""

    principals: tuple[Choice, ...]
    prisons: tuple[Choice, ...]
    colleagues: tuple[Choice, ...]
    views: tuple[KeptView, ...]
    dated: Mapping[str, Any]


DATED = Read(lambda given: values_of(("release_preparation_lead", "aftercare_duration")))
VIEWS = SqlRead(
    "SELECT name, query::text FROM cases_savedview WHERE holder_id = ANY (%(holders)s) ORDER BY saved_at, id"
)
PRINCIPALS = Read(
    lambda given: (
        Deputyship.objects.filter(
            deputy_id=given.membership_id, ended_at=None, starts_on__lte=given.today, ends_on__gte=given.today
        )
        .order_by("principal__user__display_name", "principal_id")
        .values_list("principal_id", "principal__user__username", "principal__user__display_name")
    )
)
# Where the cases lie that somebody leads, or stands in for: a few dozen rows, so that the wall may look at each.
OWN_PRISONS = SqlRead(
    "SELECT i.id, i.key, i.short_name FROM institutions_institution i WHERE i.id IN (SELECT w.unit_id"
    " FROM cases_worklist w WHERE w.is_open AND w.responsible_id = ANY (ARRAY(SELECT %(membership_id)s UNION ALL"
    " SELECT d.principal_id FROM accounts_deputyship d WHERE d.deputy_id = %(membership_id)s AND d.ended_at IS NULL"
    " AND %(today)s BETWEEN d.starts_on AND d.ends_on))) ORDER BY i.name_key, i.id"
)
# A team has thousands of cases; its prisons are those where its people work.
TEAM_PRISONS = Read(
    lambda given: (
        Institution.objects.filter(
            pk__in=Membership.objects.filter(team_id=given.team_id, role=Role.CASE_MANAGER).values("place_id")
        )
        .order_by("name_key", "pk")
        .values_list("pk", "key", "short_name")
    )
)
# As one row of three arrays: of a large team each row read by itself would cost as much as the list.
COLLEAGUES = SqlRead(
    "SELECT array_agg(m.id ORDER BY u.display_name, m.id), array_agg(u.username ORDER BY u.display_name, m.id),"
    " array_agg(u.display_name ORDER BY u.display_name, m.id)"
    " FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
    " WHERE m.team_id = %(team_id)s AND m.role = 'CASE_MANAGER' AND u.is_active"
    " AND m.starts_on <= %(today)s AND coalesce(m.ends_on >= %(today)s, true) HAVING count(*) > 0"
)


def get_list_frame(actor: Actor, today: date) -> ListFrame:
    """For whoever reads lists of cases."""
    reads: list[Read] = [DATED, VIEWS]
    if getattr(actor, "deputises", False):
        reads.append(PRINCIPALS)
    prisons: Read = OWN_PRISONS
    if actor.role == Role.TEAM_LEAD:
        prisons = TEAM_PRISONS
        reads.append(COLLEAGUES)
    if actor.role != Role.PRISON_SOCIAL:
        reads.append(prisons)
    team_id = getattr(actor, "team_id", None)
    found = read_together(reads, actor=actor, today=today, membership_id=actor.membership_id, team_id=team_id)
    return ListFrame(
        principals=_choices(found.get(PRINCIPALS, ())),
        prisons=_choices(found.get(prisons, ())),
        colleagues=_choices(row for columns in found.get(COLLEAGUES, ()) for row in zip(*columns, strict=True)),
        views=tuple(KeptView(name, json.loads(query)) for name, query in found[VIEWS]),
        dated=known_on(found[DATED], today),
    )


def _choices(rows) -> tuple[Choice, ...]:
    return tuple(Choice(*row) for row in rows)


def view_named(actor: Actor, name: str) -> int | None:
    """The id of the own view with this name."""
    own = SavedView.objects.visible_to(actor).filter(holder_id=getattr(actor, "own_holder", None))
    return own.filter(name=name).values_list("pk", flat=True).first()
