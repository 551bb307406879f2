"""What waits for the mail server, delivered by the clock.

Each one in a transaction of its own, with the eyes and the rights of whoever released it as they are now: who has left,
or sees the file no longer, sends nothing any more.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connections, transaction

from ina.access.context import acting_as
from ina.access.jobs import restore
from ina.base.errors import DomainError
from ina.network.operations import deliver_waiting

log = logging.getLogger("ina.network")
DUE = """
SELECT id, released_by_id FROM network_disclosure
WHERE released_at IS NOT NULL AND delivered_at IS NULL AND stopped_at IS NULL AND again_at <= %s
ORDER BY again_at LIMIT %s
"""
AT_ONCE = 200


def deliver_due(now: datetime) -> int:
    """Answers how many went out. What fails is said in the file and tried again; one failure hinders no other."""
    with connections["batch"].cursor() as cursor:
        cursor.execute(DUE, [now, AT_ONCE])
        waiting = cursor.fetchall()
    return sum(deliver_one(disclosure_id, membership_id, now) for disclosure_id, membership_id in waiting)


def deliver_one(disclosure_id: int, membership_id: int, now: datetime) -> bool:
    """Whether it went out."""
    try:
        with transaction.atomic():
            actor = restore({"membership": membership_id})
            with acting_as(actor):
                return deliver_waiting(actor=actor, disclosure_id=disclosure_id, now=now)
    except DomainError as error:
        log.warning("disclosure %s stays here: %s", disclosure_id, type(error).__name__)
        return False
