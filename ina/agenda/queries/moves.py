"""What a moved date would do to the items of a case. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Value

from ina.agenda.enums import Anchor, Halt, ItemState
from ina.agenda.kinds import Kind, kind_of, kinds_of
from ina.agenda.models import Item
from ina.agenda.querysets import due_from
from ina.agenda.rules import Planned, day_in_reach, planned_items
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.reference.queries import known_parameters


@dataclass(frozen=True)
class Move:
    """What happens to an item when its anchor gets another day. was None: it is new, or comes back; will None: it
    waits until there is a day. ``late_now``, ``late_then``: overdue before, overdue after."""

    item_id: int | None
    kind: str
    title: str
    was: date | None
    will: date | None
    responsible: str
    late_now: bool
    late_then: bool
    short_list: bool

    @property
    def stays(self) -> bool:
        return self.was == self.will


def preview_anchor(
    actor: Actor,
    *,
    dossier_id: int,
    case_number: int,
    anchor: Anchor,
    on: date | None,
    today: date,
    responsible: str = "",
) -> tuple[Move, ...]:
    """What ``course.set_anchor`` would do, in the order in which people must be called: what would be overdue first,
    the longest overdue before the others; then by the new day.

    One query, however many items, beside that for the parameters of kinds. responsible: who would get new items.
    Raises Invalid for a day that nothing can be counted from.
    """
    if on is not None and not day_in_reach(on):
        raise Invalid(f"Mit dem {on:%d.%m.%Y} lässt sich nicht rechnen.", "on")
    rows = Item.objects.visible_to(actor).filter(dossier_id=dossier_id, case_number=case_number, anchor=anchor)
    rows = rows.annotate(responsible_name=F("responsible__user__display_name"))
    if on is not None:
        rows = rows.annotate(will=due_from(Value(on), [on]))
    moves, known = [], set()
    for item in rows.order_by("pk"):
        known.add(item.kind)
        if item.state == ItemState.OPEN or (on is not None and item.halt == Halt.UNDATED):
            moves.append(_move(item, on, today))
    if on is not None:
        moves += [
            _new_move(planned, on, today, responsible)
            for planned in new_items(anchor, on, today)
            if planned.kind.key not in known
        ]
    return tuple(sorted(moves, key=order_of_calls))


def order_of_calls(move: Move) -> tuple:
    """In which order people must be called about what moves."""
    return move.will or date.max, move.was or date.max, move.title


def _move(item: Any, on: date | None, today: date) -> Move:
    asks = item.state == ItemState.OPEN
    will = item.will if on is not None else None
    # A snooze holds as long as the due day does.
    shown = item.shown_on if will == item.due_on and asks else will
    kind = kind_of(item.kind)
    return Move(
        item_id=item.pk,
        kind=item.kind,
        title=item.title,
        was=item.due_on if asks else None,
        will=will,
        responsible=item.responsible_name or "",
        late_now=asks and item.shown_on < today,
        late_then=shown is not None and shown < today,
        short_list=kind is not None and kind.short_list,
    )


def _new_move(planned: Planned, on: date, today: date, responsible: str) -> Move:
    will = planned.offset.after(on)
    return Move(
        item_id=None,
        kind=planned.kind.key,
        title=planned.title,
        was=None,
        will=will,
        responsible=responsible,
        late_now=False,
        late_then=will < today,
        short_list=planned.kind.short_list,
    )


def new_items(anchor: Anchor, on: date, today: date) -> list[Planned]:
    """What an anchor on this day asks for, were nothing there yet: by the parameters that hold on it.

    Raises NoSuchFact for a parameter without a value, Invalid for one that is no offset.
    """
    kinds = [kind for kind in kinds_of(anchor) if not (kind.until_release and on < today)]
    keys = {kind.parameter for kind in kinds if kind.parameter}
    values = known_parameters(keys, on=on) if keys else {}
    return [planned for kind in kinds for planned in _planned_of(kind, values)]


def _planned_of(kind: Kind, values) -> list[Planned]:
    try:
        return planned_items(kind, values[kind.parameter] if kind.parameter else None)
    except ValueError as error:
        raise Invalid(f"{kind.label}: {error}") from error
