"""Items of one case, its days, and who can be asked. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F

from ina.agenda.enums import Anchor, ItemState, Origin, Urgency
from ina.agenda.kinds import kind_of
from ina.agenda.models import Item, Timing
from ina.agenda.rules import offset_words, reckoned, urgency_of
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.reference.rules import Duration

PART_OF_OPERATION = "Teil einer Operation oder Policy, die den Fall schon geladen hat"


@dataclass(frozen=True)
class ItemRow:
    """An item of a case. ``place``: counted in the order of entry, which names it in addresses. ``why``: what its due
    day counts from."""

    place: int
    kind: str
    page: str
    short_list: bool
    title: str
    detail: str
    due_on: date
    shown_on: date
    state: ItemState
    urgency: Urgency
    anchor: Anchor
    offset: str
    distance: Duration | None
    why: str
    automatic: bool
    responsible: str
    responsible_id: int | None
    deputy: str
    deputy_id: int | None
    snoozed_until: date | None
    snooze_reason: str
    closed_on: date | None
    closed_by: str
    because: str
    comes_back: bool
    version: int

    def days_late(self, today: date) -> int:
        return max((today - self.shown_on).days, 0) if self.state is ItemState.OPEN else 0


ITEMS = Read(
    lambda given: (
        Item.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id, case_number=given.case_number)
        .annotate(
            responsible_name=F("responsible__user__display_name"),
            deputy_name=F("deputy__user__display_name"),
            closer_name=F("closed_by__user__display_name"),
        )
        .order_by("pk")
    )
)


def list_items(actor: Actor, dossier_id: int, case_number: int, today: date) -> tuple[ItemRow, ...]:
    """All items of a case: open ones by the day on which they ask, then closed ones, the latest first."""
    return items_from(ITEMS.rows(actor=actor, dossier_id=dossier_id, case_number=case_number), today)


def items_from(rows: Iterable[Item], today: date) -> tuple[ItemRow, ...]:
    """``list_items`` from the rows of ``ITEMS``."""
    found = [_item_row(row, place, today) for place, row in enumerate(rows, 1)]
    asking = sorted((row for row in found if row.state is ItemState.OPEN), key=lambda row: (row.shown_on, row.place))
    closed = [row for row in found if row.state is not ItemState.OPEN]
    return (*asking, *sorted(closed, key=lambda row: (row.closed_on or date.min, row.place), reverse=True))


def item_numbered(actor: Actor, dossier_id: int, case_number: int, place: int) -> Item:
    """The item that was entered as so-and-so-manieth of its case. NotVisible when hidden or absent."""
    if place < 1:
        raise NotVisible()
    rows = Item.objects.visible_to(actor).filter(dossier_id=dossier_id, case_number=case_number).order_by("pk")
    found = list(rows[place - 1 : place])
    if not found:
        raise NotVisible()
    return found[0]


@dataclass(frozen=True)
class Next:
    """When a case asks for attention next, and the kind of item that does; None and empty when nothing is open."""

    on: date | None = None
    kind: str = ""

    @property
    def step(self) -> str:
        """The step of the work to which that item belongs; empty for a free task."""
        kind = kind_of(self.kind)
        return kind.step if kind else ""


def next_item(dossier_id: int, case_number: int) -> Next:
    """The open item that asks first; for the list row of a case, inside its operations."""
    rows = Item.objects.unscoped(because=PART_OF_OPERATION).filter(dossier_id=dossier_id, case_number=case_number)
    found = rows.filter(state=ItemState.OPEN).order_by("shown_on", "pk").values_list("shown_on", "kind").first()
    return Next(*found) if found else Next()


def has_ended(dossier_id: int, case_number: int) -> bool:
    """Whether the case has a day of closing."""
    rows = Timing.objects.unscoped(because=PART_OF_OPERATION).filter(dossier_id=dossier_id, case_number=case_number)
    return rows.filter(anchor=Anchor.CLOSING).exists()


def anchor_days(actor: Actor, dossier_id: int, case_number: int) -> dict[Anchor, date]:
    """The days that items of a case can count from."""
    rows = Timing.objects.visible_to(actor).filter(dossier_id=dossier_id, case_number=case_number)
    return {Anchor(anchor): on for anchor, on in rows.values_list("anchor", "on")}


# Positions on whose own grants, or on those of their team or prison, the plan of a file is open today.
CIRCLE = """
SELECT DISTINCT position.id, person.display_name
FROM access_circle(%(dossier)s) seen
JOIN access_holder holder ON holder.id = seen.holder_id
JOIN accounts_membership position ON position.id = holder.membership_id
    OR (position.institution_id = holder.institution_id AND position.role = 'PRISON_SOCIAL')
    OR (position.team_id = holder.team_id AND position.role = 'TEAM_LEAD')
JOIN accounts_user person ON person.id = position.user_id
WHERE seen.valid @> now() AND seen.compartments & %(plan)s <> 0 AND person.is_active
  AND position.starts_on <= %(today)s AND coalesce(position.ends_on >= %(today)s, true)
ORDER BY person.display_name, position.id
"""


def list_people(dossier_id: int, today: date) -> dict[int, str]:
    """Who can be responsible for an item of this file: positions that see its plan today, with their names."""
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE, {"dossier": dossier_id, "plan": int(Item.Personal.compartment), "today": today})
        return dict(cursor.fetchall())


def _item_row(row: Any, place: int, today: date) -> ItemRow:
    state, kind = ItemState(row.state), kind_of(row.kind)
    return ItemRow(
        place=place,
        kind=row.kind,
        page=kind.page if kind else "",
        short_list=kind is not None and kind.short_list,
        title=row.title,
        detail=row.detail,
        due_on=row.due_on,
        shown_on=row.shown_on,
        state=state,
        urgency=urgency_of(state, row.shown_on, row.snoozed_until, today),
        anchor=Anchor(row.anchor),
        offset=offset_words(row.offset) if row.offset else "",
        distance=row.offset,
        why=reckoned(Anchor(row.anchor), row.offset, row.stopped_days),
        automatic=row.origin == Origin.AUTOMATIC,
        responsible=row.responsible_name or "",
        responsible_id=row.responsible_id,
        deputy=row.deputy_name or "",
        deputy_id=row.deputy_id,
        snoozed_until=row.snoozed_until,
        snooze_reason=row.snooze_reason,
        closed_on=row.closed_on,
        closed_by=row.closer_name or "",
        because=row.because,
        comes_back=bool(row.halt),
        version=row.version,
    )
