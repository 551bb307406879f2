"""What asks somebody today and this week, in groups with numbers. Visible rows only.

First the keys of all that asks (an index of the position answers them), then the few that are shown, in full.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When

from ina.access.models import Dossier
from ina.agenda.enums import ItemState, ReminderStep
from ina.agenda.kinds import paged_kinds
from ina.agenda.models import Item
from ina.agenda.queries.due import DueRow, due_row, reminders_of
from ina.base.actor import Actor
from ina.base.together import Read, one_of

# Numbers are exact up to here; who has more overdue than that needs no exact number.
MOST_COUNTED = 500
MOST_TOLD = 12


@dataclass(frozen=True)
class DueBoard:
    """Overdue, due today, due later until the day that was asked for: the first of each, and how many there are.

    A row whose kind names a page has no ``place``: that page needs none. ``more``: there are more than counted.
    """

    late: tuple[DueRow, ...] = ()
    today: tuple[DueRow, ...] = ()
    later: tuple[DueRow, ...] = ()
    late_count: int = 0
    today_count: int = 0
    later_count: int = 0
    more: bool = False

    @property
    def rows(self) -> tuple[DueRow, ...]:
        return (*self.late, *self.today, *self.later)


def _of_positions(given):
    asked = Q(one_of("responsible_id", given.members)) | Q(deputy_id=given.membership_id)
    return Item.objects.visible_to(given.actor, Dossier).filter(asked, state=ItemState.OPEN, shown_on__lte=given.until)


def _in_full(given):
    siblings = Item.objects.visible_to(given.actor).filter(
        dossier_id=OuterRef("dossier_id"), case_number=OuterRef("case_number"), pk__lte=OuterRef("pk")
    )
    place = Subquery(siblings.order_by().values("dossier_id").annotate(count=Count("pk")).values("count"))
    rows = Item.objects.visible_to(given.actor, Dossier).filter(one_of("pk", given.items))
    # Counting the items before it is the dearest part: only for those that are reached by their place.
    return rows.annotate(
        place=Case(When(kind__in=paged_kinds(), then=Value(0)), default=place, output_field=IntegerField()),
        responsible_name=F("responsible__user__display_name"),
        number=F("dossier__number"),
    )


# What asks these positions until a day, or names the actor as deputy; some of it in full.
KEYS = Read(
    lambda given: (
        _of_positions(given).order_by("shown_on", "pk").values_list("pk", "shown_on", "dossier_id")[: MOST_COUNTED + 1]
    )
)
IN_FULL = Read(_in_full)
# Open items of some files that ask since before today, whoever is asked.
LATE = Read(
    lambda given: (
        Item.objects.visible_to(given.actor)
        .filter(one_of("dossier_id", given.dossiers), state=ItemState.OPEN, shown_on__lt=given.today)
        .values_list("dossier_id", "case_number")
    )
)
# What went to the actor as the lead of a team, and what they have not seen yet.
ESCALATED = Read(
    lambda given: (
        reminders_of(given.actor, given.membership_id)
        .filter(step=ReminderStep.ESCALATED, seen_at=None)
        .order_by("on", "pk")[:MOST_TOLD]
    )
)


@dataclass(frozen=True)
class DueKeys:
    """The keys of what asks, in three groups: overdue, today, later."""

    groups: tuple[list[int], list[int], list[int]]
    shown: list[int]
    dossiers: set[int]
    more: bool


def keys_from(rows: list[tuple[int, date, int]], today: date, most: int) -> DueKeys:
    """rows: of KEYS. most: how many of each group are shown (``IN_FULL``)."""
    groups: tuple[list[int], list[int], list[int]] = ([], [], [])
    owners = {pk: dossier_id for pk, _, dossier_id in rows}
    for pk, shown_on, _ in rows[:MOST_COUNTED]:
        groups[0 if shown_on < today else 1 if shown_on == today else 2].append(pk)
    shown = [pk for group in groups for pk in group[:most]]
    return DueKeys(groups, shown, {owners[pk] for pk in shown}, len(rows) > MOST_COUNTED)


def board_from(keys: DueKeys, items: Iterable[Item], actor: Actor, today: date) -> DueBoard:
    """items: of IN_FULL, for the keys that are shown."""
    found = {item.pk: due_row(item, actor, today) for item in items}
    late, now, later = (tuple(found[pk] for pk in group if pk in found) for group in keys.groups)
    counts = [len(group) for group in keys.groups]
    return DueBoard(late, now, later, counts[0], counts[1], counts[2], more=keys.more)
