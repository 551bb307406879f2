"""Whose calendar stands behind an address, and whether somebody has one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac

from ina.access.queries import actor_for
from ina.base.actor import Actor, Person
from ina.monitoring import policies
from ina.monitoring.models import CalendarFeed
from ina.monitoring.queries.appointments import AppointmentRow, list_appointments

BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=26)


def address_hash(address: str) -> str:
    return salted_hmac("monitoring.feed.address", address, algorithm="sha256").hexdigest()


def feed_opened_at(actor: Actor) -> datetime | None:
    """When the open feed of the actor's position was set up; None without one."""
    rows = CalendarFeed.objects.filter(membership_id=actor.membership_id, closed_at=None)
    return rows.values_list("opened_at", flat=True).first()


def reader_behind(address: str, today: date) -> Person | None:
    """As whom an address reads; None: unknown, closed, or the position or account has ended."""
    row = (
        CalendarFeed.objects.filter(address_hash=address_hash(address), closed_at=None)
        .select_related("membership__user")
        .first()
    )
    if row is None or not row.membership.runs_on(today) or not row.membership.user.is_active:
        return None
    actor = actor_for(row.membership)
    return actor if policies.may_list_appointments(actor) else None


def fed_appointments(actor: Actor, today: date) -> list[AppointmentRow]:
    """What a calendar outside is told of: the last weeks and half a year ahead."""
    return list_appointments(actor, today - BACK, today + AHEAD)
