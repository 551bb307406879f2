"""Opening a person's file, and keeping somebody out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from ina.access import policies
from ina.access.enums import Basis
from ina.access.models import Block, Dossier
from ina.access.rules import compartments_for
from ina.accounts.models import User
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import operation

SHORTEST_REASON, LONGEST_REASON = 10, 200


def open_dossiers(
    how_many: int, *, holders: dict[int, Basis], deputies_of: int | None, now: datetime, is_demo: bool
) -> list[Dossier]:
    """New, empty files and the first grants on them, in one call; part of an operation of ``cases``.

    holders: who sees them from the first moment, and why. deputies_of: the position whose running deputies see them
    too. The grants come first: a row that its writer may not see cannot be inserted (stack T4).
    """
    opened_on = day_of(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM access_open_dossiers(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                how_many,
                now,
                is_demo,
                list(holders),
                [str(basis) for basis in holders.values()],
                [int(compartments_for(basis)) for basis in holders.values()],
                deputies_of,
                int(compartments_for(Basis.DEPUTYSHIP)),
            ],
        )
        return [
            Dossier(pk=dossier_id, number=number, opened_on=opened_on, is_demo=is_demo)
            for dossier_id, number in cursor.fetchall()
        ]


@operation("access.block_person", may=policies.may_block_person, on=Dossier)
def block_person(dossier: Dossier, *, actor: Actor, user_id: int, reason: str, now: datetime) -> Block:
    """Somebody is biased (relative, former colleague, neighbour): never sees this file from now on."""
    if user_id == actor.user_id:
        raise Invalid("Für sich selbst bitten Sie die Teamleitung um die Sperre.", "user")
    return Block.objects.create(
        dossier=dossier, user=User.objects.get(pk=user_id), reason=reason.strip(), blocked_at=now
    )


@operation("access.shield_file", may=policies.may_shield_file, on=Dossier)
def shield_file(dossier: Dossier, *, actor: Actor, reason: str, now: datetime) -> None:
    """A prominent or otherwise known person, a relative of staff: no search outside the own caseload tells of the file,
    and who leads it is named to nobody; for double files the team's lead is asked. ``reason``: shown to whoever reads
    the file."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(f"Bitte nennen Sie den Grund (mindestens {SHORTEST_REASON} Zeichen).", "reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid(f"Höchstens {LONGEST_REASON} Zeichen.", "reason")
    dossier.is_shielded, dossier.shielded_because = True, reason.strip()
    dossier.save(update_fields=["is_shielded", "shielded_because"])


@operation("access.unshield_file", may=policies.may_unshield_file, on=Dossier)
def unshield_file(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """The reason has gone: the file is found again as any other."""
    dossier.is_shielded, dossier.shielded_because = False, ""
    dossier.save(update_fields=["is_shielded", "shielded_because"])


@operation("access.lift_block", may=policies.may_lift_block, on=Block)
def lift_block(block: Block, *, actor: Actor, now: datetime) -> None:
    """The conflict of interest has ended. The row stays as evidence."""
    block.lifted_at = now
    block.save(update_fields=["lifted_at"])
