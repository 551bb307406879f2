"""Whose eyes the database sees with, for the rest of the transaction."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connections

from ina.base.actor import Actor

ENTER = "SELECT access_enter(%s, %s, %s, %s)"
LEAVE = (
    "SELECT set_config('ina.holders', %s, true), set_config('ina.blocked', %s, true), "
    "set_config('ina.actor', %s, true), set_config('ina.check', %s, true)"
)
# Who may read the whole trail for a check (§ 35 Abs. 3 JVollzDSG NRW).
CHECKING_ROLES = frozenset({"DATA_PROTECTION"})


@contextmanager
def acting_as(actor: Actor, *, using: str = "default"):
    """Set the actor's holders for the wall and restore what was before; only inside a transaction.

    ``SET LOCAL`` outlives the release of a savepoint, so setting alone is not safe: an anonymous request after
    somebody else's would see their rows (stack T3). Nobody's request sets nothing and sees nothing.
    """
    before = enter(actor, using=using)
    connection = connections[using]
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(LEAVE, before)


def enter(actor: Actor, *, using: str = "default") -> list[str]:
    """Set the actor until the end of the transaction; answers what was set before.

    Alone only where the transaction ends with the actor, as in a request; everywhere else use ``acting_as``.
    """
    connection = connections[using]
    assert connection.in_atomic_block, "an actor needs a transaction"
    checking = "on" if actor.role in CHECKING_ROLES else ""
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [",".join(map(str, actor.holders)), actor.user_id, actor.label, checking])
        return cursor.fetchone()[0]
