"""What the night does with the agenda: it reminds. Called by the clock, by the nightly log-in (``ina_batch``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections, transaction

from ina.agenda import statements
from ina.agenda.rules import latest_day_with
from ina.base.clock import day_of
from ina.reference.queries import parameter

CHUNK = 5000


@dataclass(frozen=True)
class Reminded:
    """How many items ask for attention, for how many nobody is responsible, and the reminders written by step."""

    items: int = 0
    of_nobody: int = 0
    due: int = 0
    overdue: int = 0
    escalated: int = 0

    def __add__(self, other: Reminded) -> Reminded:
        return Reminded(**{name: value + getattr(other, name) for name, value in vars(self).items()})


def remind(now: datetime) -> Reminded:
    """Write reminders for all open items that ask by today: once on the day, once when late, once to the team's lead.

    The day is Germany's, so that nights of the clock change are nights like others. To the responsible, or to whoever
    stands in for them today. What a night missed the next one catches up on: a reminder belongs to the day on which
    its item asked, not to the run. Each chunk is a transaction of its own: killed anywhere and started again, it writes
    nothing twice.
    """
    today = day_of(now)
    escalated = latest_day_with(parameter("escalation_after", on=today), today)
    bounds: dict[str, Any] = {"today": today, "escalated": escalated, "limit": CHUNK}
    total, day, last = Reminded(), date.min, 0
    while True:
        with transaction.atomic(using="batch"), connections["batch"].cursor() as cursor:
            cursor.execute(statements.REMIND, bounds | {"day": day, "id": last})
            reached, item, *counts = cursor.fetchone()
        total += Reminded(*counts)
        if counts[0] < CHUNK:
            return total
        day, last = reached, item
