"""What asks somebody today and this week, in groups with numbers. Visible rows only.

First the keys of all that asks (an index of the position answers them), then the few that are shown, in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When

from ina.access.models import Dossier
from ina.agenda.enums import ItemState
from ina.agenda.kinds import paged_kinds
from ina.agenda.models import Item
from ina.agenda.queries.due import DueRow, due_row
from ina.base.actor import Actor

# Numbers are exact up to here; who has more overdue than that needs no exact number.
MOST_COUNTED = 500


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


def due_board(actor: Actor, *, members: list[int], today: date, until: date, most: int) -> DueBoard:
    """Of the items of these positions, and those that name the actor as deputy. most: rows of each group."""
    if actor.membership_id is None:
        return DueBoard()
    rows = Item.objects.visible_to(actor, Dossier).filter(
        Q(responsible_id__in=members) | Q(deputy_id=actor.membership_id), state=ItemState.OPEN, shown_on__lte=until
    )
    keys = list(rows.order_by("shown_on", "pk").values_list("pk", "shown_on")[: MOST_COUNTED + 1])
    groups: tuple[list[int], list[int], list[int]] = ([], [], [])
    for pk, shown_on in keys[:MOST_COUNTED]:
        groups[0 if shown_on < today else 1 if shown_on == today else 2].append(pk)
    wanted = [pk for group in groups for pk in group[:most]]
    shown = {pk: due_row(row, actor, today) for pk, row in _in_full(actor, wanted).items()} if wanted else {}
    late, now, later = (tuple(shown[pk] for pk in group[:most] if pk in shown) for group in groups)
    return DueBoard(late, now, later, *(len(group) for group in groups), more=len(keys) > MOST_COUNTED)


def count_late_items(actor: Actor, dossier_ids: Iterable[int], *, today: date) -> Counter[tuple[int, int]]:
    """How many open items of these files ask since before today, whoever is asked; by dossier and case number."""
    rows = Item.objects.visible_to(actor).filter(
        dossier_id__in=set(dossier_ids), state=ItemState.OPEN, shown_on__lt=today
    )
    return Counter(rows.values_list("dossier_id", "case_number"))


def _in_full(actor: Actor, pks: list[int]) -> dict[int, Item]:
    siblings = Item.objects.visible_to(actor).filter(
        dossier_id=OuterRef("dossier_id"), case_number=OuterRef("case_number"), pk__lte=OuterRef("pk")
    )
    place = Subquery(siblings.order_by().values("dossier_id").annotate(count=Count("pk")).values("count"))
    rows = Item.objects.visible_to(actor, Dossier).filter(pk__in=pks)
    # Counting the items before it is the dearest part: only for those that are reached by their place.
    rows = rows.annotate(
        place=Case(When(kind__in=paged_kinds(), then=Value(0)), default=place, output_field=IntegerField()),
        responsible_name=F("responsible__user__display_name"),
        number=F("dossier__number"),
    )
    return {row.pk: row for row in rows}
