"""Opening a person's file, and keeping somebody out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from ina.access import policies
from ina.access.enums import Basis
from ina.access.models import Block, Dossier
from ina.access.operations import grants
from ina.accounts.models import User
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import operation


def open_dossier(*, holder_id: int, basis: Basis, basis_id: int | None, now: datetime, is_demo: bool) -> Dossier:
    """A new, empty file and the first grant on it; part of an operation of ``cases``.

    The grant comes first: a row that its writer may not see cannot be inserted (stack T4).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('access_dossier', 'id')), nextval('access_dossier_number')"
        )
        dossier_id, number = cursor.fetchone()
    grants.give(dossier_id=dossier_id, holder_id=holder_id, basis=basis, basis_id=basis_id, starts=now, case_number=1)
    opened_on = day_of(now)
    return Dossier.objects.create(
        pk=dossier_id, number=f"{opened_on.year}-{number:05d}", opened_on=opened_on, is_demo=is_demo
    )


@operation("access.block_person", may=policies.may_block_person, on=Dossier)
def block_person(dossier: Dossier, *, actor: Actor, user_id: int, reason: str, now: datetime) -> Block:
    """Somebody is biased (relative, former colleague, neighbour): never sees this file from now on."""
    if user_id == actor.user_id:
        raise Invalid("Für sich selbst bitten Sie die Teamleitung um die Sperre.", "user")
    return Block.objects.create(
        dossier=dossier, user=User.objects.get(pk=user_id), reason=reason.strip(), blocked_at=now
    )


@operation("access.lift_block", may=policies.may_lift_block, on=Block)
def lift_block(block: Block, *, actor: Actor, now: datetime) -> None:
    """The conflict of interest has ended. The row stays as evidence."""
    block.lifted_at = now
    block.save(update_fields=["lifted_at"])
