"""Who wants to know, inside the transaction, that open items of a case have changed (its list row shows the next)."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int, int], None]
_listeners: list[Listener] = []


def on_change(function: Listener) -> None:
    """Call in ``apps.ready``; ``function(dossier_id, case_number)`` is called after each change of open items."""
    if function not in _listeners:
        _listeners.append(function)


def tell(dossier_id: int, case_number: int) -> None:
    for listener in _listeners:
        listener(dossier_id, case_number)
