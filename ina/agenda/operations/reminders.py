"""Reminders are written by the night (``nightly``) and seen by people."""

from __future__ import annotations

from datetime import datetime

from ina.agenda import policies
from ina.agenda.models import Reminder
from ina.base.actor import Actor
from ina.base.operation import note, operation


@operation("agenda.see_reminders", may=policies.may_see_reminders)
def see_reminders(*, actor: Actor, now: datetime) -> int:
    """The actor has seen all reminders of their position. Answers how many were new."""
    seen = (
        Reminder.objects.visible_to(actor).filter(membership_id=actor.membership_id, seen_at=None).update(seen_at=now)
    )
    note(reminders=seen)
    return seen
