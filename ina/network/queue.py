"""What waits for the mail server, delivered by the clock.

Each one in a transaction of its own, with the eyes and the rights of whoever released it as they are now. Who has left,
or sees the file no longer, sends nothing any more: then whoever leads the case today does, and without one it waits.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import connections, transaction

from ina.access.context import acting_as
from ina.access.jobs import restore
from ina.base.clock import day_of
from ina.base.errors import DomainError
from ina.network.operations import deliver_waiting

log = logging.getLogger("ina.network")
DUE = """
SELECT d.id, d.released_by_id, (
    SELECT a.membership_id FROM cases_assignment a WHERE a.case_id = d.case_id AND a.period @> %s::date LIMIT 1)
FROM network_disclosure d
WHERE d.released_at IS NOT NULL AND d.delivered_at IS NULL AND d.stopped_at IS NULL AND d.again_at <= %s
ORDER BY d.again_at LIMIT %s
"""
AT_ONCE = 200


def deliver_due(now: datetime) -> int:
    """Answers how many went out. What fails is said in the file and tried again; one failure hinders no other."""
    with connections["batch"].cursor() as cursor:
        cursor.execute(DUE, [day_of(now), now, AT_ONCE])
        waiting = cursor.fetchall()
    return sum(_deliver(disclosure_id, dict.fromkeys(filter(None, who)), now) for disclosure_id, *who in waiting)


def _deliver(disclosure_id: int, memberships: Iterable[int], now: datetime) -> bool:
    """By the first of these who may."""
    for membership_id in memberships:
        done = deliver_one(disclosure_id, membership_id, now)
        if done is not None:
            return done
    return False


def deliver_one(disclosure_id: int, membership_id: int, now: datetime) -> bool | None:
    """Whether it went out; None when this position may not send it."""
    try:
        with transaction.atomic():
            actor = restore({"membership": membership_id})
            with acting_as(actor):
                return deliver_waiting(actor=actor, disclosure_id=disclosure_id, now=now)
    except DomainError as error:
        log.warning("disclosure %s stays here: %s", disclosure_id, type(error).__name__)
        return None
