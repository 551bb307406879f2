"""What people do with items of a case: add, change, put off, complete, drop, open again."""

from __future__ import annotations

from datetime import date, datetime

from ina.access.models import Dossier
from ina.agenda import policies
from ina.agenda.changed import tell
from ina.agenda.enums import Anchor, ItemState, Origin
from ina.agenda.models import Item
from ina.agenda.operations.course import PART_OF_OPERATION, reopen
from ina.agenda.queries import anchor_days, list_people
from ina.agenda.rules import day_in_reach, parse_offset
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.reference.queries import parameter


@operation("agenda.add_item", may=policies.may_add_item, on=Dossier)
def add_item(
    dossier: Dossier,
    *,
    actor: Actor,
    case_number: int,
    title: str,
    detail: str = "",
    due_on: date | None = None,
    anchor: Anchor = Anchor.FIXED,
    offset: str = "",
    before: bool = True,
    responsible_id: int | None,
    deputy_id: int | None = None,
    now: datetime,
) -> Item:
    """A task of one's own, due on a day, or so long („3 Wochen“) before or after an anchor of the case.

    responsible_id: a position that sees the file (``queries.list_people``); None: nobody yet. Raises Refused when the
    case has ended, Invalid.
    """
    policies.may_add_to_case(actor, dossier, case_number).require()
    item = Item(
        dossier=dossier,
        case_number=case_number,
        title=_title(title),
        detail=detail.strip(),
        origin=Origin.TYPED,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    if Anchor(anchor) is Anchor.FIXED:
        _state_day(item, due_on)
    else:
        _count_from(item, actor, Anchor(anchor), offset, before)
    _appoint(item, responsible_id, deputy_id, now)
    item.clean_fields(exclude=["dossier", "responsible", "deputy", "recorded_by"])
    item.save(force_insert=True)
    note(case=case_number, due=str(item.due_on))
    tell(item.dossier_id, item.case_number)
    return item


@operation("agenda.change_item", may=policies.may_change_item, on=Item)
def change_item(
    item: Item,
    *,
    actor: Actor,
    title: str,
    detail: str = "",
    due_on: date | None = None,
    offset: str = "",
    before: bool = True,
    responsible_id: int | None,
    deputy_id: int | None = None,
    now: datetime,
) -> None:
    """Other words, another day, another responsible.

    An item that counts from an anchor goes on doing so: give an offset to change it, nothing to leave it. Only a task
    of one's own can be given a stated day instead. A snooze falls away when the due day moves.
    """
    due_before = item.due_on
    item.title, item.detail = _title(title), detail.strip()
    if offset.strip():
        if item.anchor == Anchor.FIXED:
            raise Invalid("Diese Aufgabe hat einen festen Tag.", "offset")
        _count_from(item, actor, Anchor(item.anchor), offset, before)
    elif due_on is not None and due_on != item.due_on:
        if item.origin == Origin.AUTOMATIC and item.anchor != Anchor.FIXED:
            raise Invalid(
                f"Diese Aufgabe rechnet ab dem Tag „{Anchor(item.anchor).label}“. Ändern Sie den Abstand, oder stellen"
                " Sie sie zurück.",
                "due_on",
            )
        _state_day(item, due_on)
    _appoint(item, responsible_id, deputy_id, now)
    if item.due_on != due_before:
        item.shown_on, item.snoozed_until, item.snooze_reason = item.due_on, None, ""
    elif item.snoozed_until is not None:
        item.shown_on = item.snoozed_until
    item.clean_fields(exclude=["dossier", "responsible", "deputy", "recorded_by", "closed_by"])
    item.validate_constraints()
    _save(item)
    note(case=item.case_number, due=str(item.due_on), responsible=item.responsible_id)


@operation("agenda.complete_item", may=policies.may_complete_item, on=Item)
def complete_item(item: Item, *, actor: Actor, on: date, now: datetime) -> None:
    """It was done on a day, today at the latest."""
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", "on")
    item.state = ItemState.DONE
    item.closed_on, item.closed_at, item.closed_by_id = on, now, actor.membership_id
    _save(item)
    note(case=item.case_number, on=str(on))


@operation("agenda.drop_item", may=policies.may_drop_item, on=Item)
def drop_item(item: Item, *, actor: Actor, because: str, now: datetime) -> None:
    """It is not needed or not possible; the reason is kept. It is not created again."""
    item.state = ItemState.DROPPED
    item.because = _reason(because, "because")
    item.closed_on, item.closed_at, item.closed_by_id = day_of(now), now, actor.membership_id
    item.clean_fields(exclude=["dossier", "responsible", "deputy", "recorded_by", "closed_by"])
    _save(item)
    note(case=item.case_number)


@operation("agenda.snooze_item", may=policies.may_snooze_item, on=Item)
def snooze_item(item: Item, *, actor: Actor, until: date, reason: str, now: datetime) -> None:
    """It asks again on a later day. The due day stays what it is; how far it can be put off is a dated parameter."""
    today = day_of(now)
    latest = parameter("snooze_max", on=today).after(today)
    if until <= today:
        raise Invalid("Bitte wählen Sie einen Tag in der Zukunft.", "until")
    if until > latest:
        raise Invalid(f"Zurückstellen geht längstens bis {latest:%d.%m.%Y}.", "until")
    if item.snoozed_until is None and until <= item.due_on:
        raise Invalid(f"Diese Aufgabe fragt ohnehin erst am {item.due_on:%d.%m.%Y}.", "until")
    item.snoozed_until = item.shown_on = until
    item.snooze_reason = _reason(reason, "reason")
    item.clean_fields(exclude=["dossier", "responsible", "deputy", "recorded_by", "closed_by"])
    _save(item)
    note(case=item.case_number, until=str(until))


@operation("agenda.reopen_item", may=policies.may_reopen_item, on=Item)
def reopen_item(item: Item, *, actor: Actor, now: datetime) -> None:
    """It was not done, is needed after all, or is not put off any longer: it asks again, by the day that holds now.

    Raises Invalid while its anchor has no day.
    """
    days = anchor_days(actor, item.dossier_id, item.case_number)
    if item.anchor != Anchor.FIXED and Anchor(item.anchor) not in days:
        raise Invalid(f"Der Tag „{Anchor(item.anchor).label}“ steht noch nicht fest.")
    rows = Item.objects.unscoped(because=PART_OF_OPERATION).filter(pk=item.pk)
    reopen(rows, item.dossier_id, item.case_number, now)
    note(case=item.case_number)


def _save(item: Item) -> None:
    item.version += 1
    item.save()
    tell(item.dossier_id, item.case_number)


def _title(typed: str) -> str:
    if not typed.strip():
        raise Invalid("Bitte schreiben Sie, was zu tun ist.", "title")
    return typed.strip()


def _reason(typed: str, field: str) -> str:
    if not typed.strip():
        raise Invalid("Bitte nennen Sie den Grund.", field)
    return typed.strip()


def _state_day(item: Item, due_on: date | None) -> None:
    if due_on is None:
        raise Invalid("Bitte nennen Sie einen Tag.", "due_on")
    if not day_in_reach(due_on):
        raise Invalid(f"Mit dem {due_on:%d.%m.%Y} lässt sich nicht rechnen.", "due_on")
    item.anchor, item.offset_count, item.offset_unit = Anchor.FIXED, None, ""
    item.due_on = item.shown_on = due_on


def _count_from(item: Item, actor: Actor, anchor: Anchor, typed: str, before: bool) -> None:
    day = anchor_days(actor, item.dossier_id, item.case_number).get(anchor)
    if day is None:
        raise Invalid(f"Der Tag „{anchor.label}“ steht noch nicht fest. Bitte nennen Sie einen Tag.", "anchor")
    try:
        distance = parse_offset(typed, before=before)
    except ValueError as error:
        raise Invalid(str(error), "offset") from error
    item.anchor, item.offset_count, item.offset_unit = anchor, distance.count, distance.unit
    item.due_on = item.shown_on = distance.after(day)
    item.stopped_days = 0


def _appoint(item: Item, responsible_id: int | None, deputy_id: int | None, now: datetime) -> None:
    """Only positions that see the file can be asked; whoever is named already may stay."""
    named = {"responsible": responsible_id, "deputy": deputy_id}
    new = {field: pk for field, pk in named.items() if pk is not None and pk != getattr(item, f"{field}_id")}
    if new:
        people = list_people(item.dossier_id, day_of(now))
        for field, pk in new.items():
            if pk not in people:
                raise Invalid("Diese Person sieht die Akte nicht.", field)
    if deputy_id is not None and deputy_id == responsible_id:
        raise Invalid("Niemand vertritt sich selbst.", "deputy")
    item.responsible_id, item.deputy_id = responsible_id, deputy_id
