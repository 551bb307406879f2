"""Opening and closing the address of one's own calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from ina.base.actor import Actor
from ina.base.operation import note, operation
from ina.monitoring import policies
from ina.monitoring.models import CalendarFeed
from ina.monitoring.queries.feeds import address_hash


@operation("monitoring.open_feed", may=policies.may_list_appointments)
def open_feed(*, actor: Actor, now: datetime) -> str:
    """The last part of a new address, shown once and never again. The former one stops working."""
    _close(actor, now)
    address = secrets.token_urlsafe(24)
    CalendarFeed.objects.create(membership_id=actor.membership_id, address_hash=address_hash(address), opened_at=now)
    note()
    return address


@operation("monitoring.close_feed", may=policies.may_list_appointments)
def close_feed(*, actor: Actor, now: datetime) -> int:
    """Nobody can fetch it any more, from this moment. Answers how many were closed: none or one."""
    closed = _close(actor, now)
    note(closed=closed)
    return closed


def _close(actor: Actor, now: datetime) -> int:
    rows = CalendarFeed.objects.filter(membership_id=actor.membership_id, closed_at=None)
    return rows.update(closed_at=now)
