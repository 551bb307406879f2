"""Background jobs with an actor.

A job carries ids, never personal data (its arguments stand in a table without a wall). Who started it is restored when
it runs: a position that has ended by then, or a grant that has gone, stops it. Jobs run at least once (a killed worker
leaves its job to the next one), so what they do must bear being done again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from procrastinate.contrib.django import app

from ina.access.context import acting_as
from ina.access.queries import actor_for
from ina.accounts.models import Membership
from ina.base.actor import Actor, System
from ina.base.clock import now, today
from ina.base.errors import Refused


def job(name: str, **options) -> Callable:
    """Register ``function(*, actor, now, **ids)`` as a background job; start it with ``.start(actor=…, **ids)``."""

    def decorate(function: Callable) -> Callable:
        @app.task(name=name, **options)
        @wraps(function)
        def run(*, actor: dict, **ids):
            with transaction.atomic():
                who = restore(actor)
                with acting_as(who):
                    function(actor=who, now=now(), **ids)

        def start(*, actor: Actor, **ids) -> int:
            return run.defer(actor=describe(actor), **ids)

        run.start = start
        return run

    return decorate


def describe(actor: Actor) -> dict:
    """The actor as ids."""
    if isinstance(actor, System):
        return {"system": actor.name}
    if actor.membership_id is None:
        raise ValueError("a job needs an actor in a position")
    return {"membership": actor.membership_id}


def restore(described: dict) -> Actor:
    """The actor as they are now. Raises Refused when their position has ended or their account is closed."""
    if "system" in described:
        return System(described["system"])
    membership = (
        Membership.objects.select_related("user").filter(pk=described["membership"], user__is_active=True).first()
    )
    if membership is None or not membership.runs_on(today()):
        raise Refused("Die Stelle, von der dieser Auftrag kam, gibt es nicht mehr.")
    return actor_for(membership)
