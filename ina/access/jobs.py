"""Background jobs with an actor.

A job carries ids, never personal data (its arguments stand in a table without a wall). Who started it is restored when
it runs: a position that has ended by then, or a grant that has gone, stops it. Jobs run at least once (a killed worker
leaves its job to the next one), so what they do must bear being done again. Guards of modules above are asked before a
job is started and again before it runs (after a death nothing is written to or about anybody).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from ina.access.context import acting_as
from ina.access.queries import actor_for
from ina.accounts.models import Membership
from ina.base.actor import Actor, System
from ina.base.clock import now, today
from ina.base.errors import Refused

# Asked with the ids of a job: why it must not run (German), or nothing. Filled in ``apps.ready``.
Guard = Callable[[Mapping[str, Any]], str]
_guards: list[Guard] = []
logger = logging.getLogger(__name__)


def register_guard(guard: Guard) -> None:
    if guard not in _guards:
        _guards.append(guard)


def hindrance(ids: Mapping[str, Any]) -> str:
    """The first reason of a guard against a job about these ids; empty when there is none."""
    return next((why for guard in _guards if (why := guard(ids))), "")


def job(name: str, **options) -> Callable:
    """Register ``function(*, actor, now, **ids)`` as a background job; start it with ``.start(actor=…, **ids)``.

    Starting raises Refused with the reason of a guard. A job that waited meanwhile is skipped, and the log says so.
    """

    def decorate(function: Callable) -> Callable:
        @app.task(name=name, **options)
        @wraps(function)
        def run(*, actor: dict, **ids):
            with transaction.atomic():
                who = restore(actor)
                with acting_as(who):
                    if why := hindrance(ids):
                        logger.info("job %s skipped for %s: %s", name, ids, why)
                        return
                    function(actor=who, now=now(), **ids)

        def start(*, actor: Actor, **ids) -> int:
            if why := hindrance(ids):
                raise Refused(why)
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
