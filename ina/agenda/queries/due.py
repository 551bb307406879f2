"""What somebody is asked for across their cases, and what they were reminded of. Visible rows only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from ina.access.models import Dossier
from ina.accounts.models import Deputyship
from ina.agenda.enums import Anchor, ItemState, ReminderStep, Urgency
from ina.agenda.kinds import kind_of
from ina.agenda.models import Item, Reminder
from ina.agenda.rules import reckoned, urgency_of
from ina.base.actor import Actor
from ina.base.errors import NotVisible

PAGE = 50


@dataclass(frozen=True)
class DueRow:
    """An item in the list of somebody, across their cases."""

    dossier_id: int
    number: str
    case_number: int
    place: int
    title: str
    why: str
    due_on: date
    shown_on: date
    urgency: Urgency
    responsible: str
    for_somebody: bool
    page: str
    cursor: str


def list_due(actor: Actor, until: date, *, today: date, cursor: str = "", limit: int = PAGE) -> list[DueRow]:
    """What asks the actor by this day, the most urgent first: own items, those of whom they stand in for today, and
    those that name them as deputy. cursor: of the last row of the page before."""
    if actor.membership_id is None:
        return []
    mine = [actor.membership_id, *_principals(actor, today)]
    rows = (
        Item.objects.visible_to(actor, Dossier)
        .filter(Q(responsible_id__in=mine) | Q(deputy_id=actor.membership_id), state=ItemState.OPEN)
        .filter(shown_on__lte=until)
    )
    if cursor:
        day, pk = _read_cursor(cursor)
        rows = rows.filter(Q(shown_on__gt=day) | Q(shown_on=day, pk__gt=pk), shown_on__gte=day)
    siblings = Item.objects.visible_to(actor).filter(
        dossier_id=OuterRef("dossier_id"), case_number=OuterRef("case_number"), pk__lte=OuterRef("pk")
    )
    place = siblings.order_by().values("dossier_id").annotate(count=Count("pk")).values("count")
    rows = rows.annotate(
        place=Subquery(place), responsible_name=F("responsible__user__display_name"), number=F("dossier__number")
    )
    return [due_row(row, actor, today) for row in rows.order_by("shown_on", "pk")[:limit]]


def _principals(actor: Actor, today: date) -> list[int]:
    if not getattr(actor, "deputises", False):
        return []
    running = Deputyship.objects.filter(
        deputy_id=actor.membership_id, ended_at=None, starts_on__lte=today, ends_on__gte=today
    )
    return list(running.values_list("principal_id", flat=True))


def _read_cursor(cursor: str) -> tuple[date, int]:
    match = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})~([0-9]{1,18})", cursor)
    try:
        assert match
        return date.fromisoformat(match[1]), int(match[2])
    except (AssertionError, ValueError):
        raise NotVisible() from None


@dataclass(frozen=True)
class News:
    """How many items somebody was reminded of and has not seen: due today, overdue, overdue for long in the team."""

    today: int = 0
    overdue: int = 0
    escalated: int = 0

    @property
    def any(self) -> bool:
        return bool(self.today or self.overdue or self.escalated)


def count_reminders(actor: Actor, today: date) -> News:
    """Each item once, however often somebody was reminded of it."""
    mine, escalated = ~Q(step=ReminderStep.ESCALATED), Q(step=ReminderStep.ESCALATED)
    counted = (
        _reminders(actor, actor.membership_id)
        .filter(seen_at=None)
        .aggregate(
            today=Count("item", distinct=True, filter=mine & Q(on=today)),
            overdue=Count("item", distinct=True, filter=mine & Q(on__lt=today)),
            escalated=Count("item", distinct=True, filter=escalated),
        )
    )
    return News(**counted)


def _reminders(actor: Actor, membership_id: int | None):
    """Of a position, about items that are still open and ask since the day of the reminder."""
    return Reminder.objects.visible_to(actor, Dossier).filter(
        membership_id=membership_id, item__state=ItemState.OPEN, item__shown_on=F("on")
    )


def reminders_of(actor: Actor, membership_id: int | None):
    """The same with what a list tells about each."""
    return (
        _reminders(actor, membership_id)
        .annotate(responsible_name=F("item__responsible__user__display_name"))
        .select_related("item", "dossier")
    )


@dataclass(frozen=True)
class ReminderRow:
    """Something that somebody was reminded of."""

    dossier_id: int
    number: str
    case_number: int
    step: ReminderStep
    title: str
    shown_on: date
    responsible: str


def list_reminders(
    actor: Actor, limit: int = PAGE, *, steps: tuple[ReminderStep, ...] = tuple(ReminderStep), seen: bool = False
) -> list[ReminderRow]:
    """Reminders of the actor's position about items that are still open, the longest overdue first.

    seen: also those that were seen already.
    """
    rows = reminders_of(actor, actor.membership_id).filter(step__in=steps).order_by("on", "pk")
    if not seen:
        rows = rows.filter(seen_at=None)
    return reminders_from(rows[:limit])


def reminders_from(rows: Iterable[Any]) -> list[ReminderRow]:
    """From rows of ``reminders_of``."""
    return [
        ReminderRow(
            dossier_id=row.dossier_id,
            number=row.dossier.number,
            case_number=row.item.case_number,
            step=ReminderStep(row.step),
            title=row.item.title,
            shown_on=row.item.shown_on,
            responsible=row.responsible_name or "",
        )
        for row in rows
    ]


def due_row(row: Any, actor: Actor, today: date) -> DueRow:
    """From an item that brings ``place``, ``number`` and ``responsible_name``."""
    kind = kind_of(row.kind)
    return DueRow(
        dossier_id=row.dossier_id,
        number=row.number,
        case_number=row.case_number,
        place=row.place,
        title=row.title,
        why=reckoned(Anchor(row.anchor), row.offset),
        due_on=row.due_on,
        shown_on=row.shown_on,
        urgency=urgency_of(ItemState(row.state), row.shown_on, row.snoozed_until, today),
        responsible=row.responsible_name or "",
        for_somebody=row.responsible_id != actor.membership_id,
        page=kind.page if kind else "",
        cursor=f"{row.shown_on}~{row.pk}",
    )
