"""Something happened: told to modules above after the commit. Events are frozen dataclasses with ids only."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

log = logging.getLogger("ina.events")
_subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type, handler: Callable[[Any], None]) -> None:
    """Call in ``apps.ready``. What must never be lost is deferred as a job inside the operation instead."""
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def publish(event: Any) -> None:
    """Deliver ``event`` when the surrounding transaction has committed; a failing subscriber is logged, not raised."""
    transaction.on_commit(lambda: _deliver(event))


def _deliver(event: Any) -> None:
    for handler in _subscribers[type(event)]:
        try:
            with transaction.atomic():
                handler(event)
        except Exception:
            log.exception("A subscriber of %s failed", type(event).__name__)
