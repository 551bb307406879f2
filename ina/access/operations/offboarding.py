"""Somebody leaves today: everything of theirs ends, and their cases are covered in the same breath."""

from __future__ import annotations

from datetime import date, datetime

from ina.access import policies as access_policies
from ina.access.operations.deputies import appoint_deputy, end_deputyship
from ina.accounts import policies
from ina.accounts.models import Deputyship, User
from ina.accounts.operations.people import leave
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.operation import note, operation


@operation("access.off_board_person", may=policies.may_off_board, on=User)
def off_board_person(
    user: User, *, actor: Actor, now: datetime, deputies: dict[int, int], until: date | None = None
) -> None:
    """End positions, sessions, invitations and log-in of an account today; appoint emergency deputies.

    deputies: position of the person who leaves → position of the deputy, until the day ``until``. The deputies are
    appointed first, by the same rule as always (team lead or the carrier's own administration). Deputyships that the
    person held for others end as well, where the actor may end them.
    """
    for principal_id, deputy_id in sorted(deputies.items()):
        appoint_deputy(
            actor=actor,
            now=now,
            membership_id=principal_id,
            deputy_id=deputy_id,
            starts_on=day_of(now),
            ends_on=until,
            reason="Ausscheiden",
        )
    held = Deputyship.objects.filter(deputy__user=user, ended_at=None, ends_on__gte=day_of(now))
    for deputyship in held.select_related("principal"):
        if access_policies.may_end_deputyship(actor, deputyship):
            end_deputyship(actor=actor, now=now, deputyship_id=deputyship.pk)
    note(positions=leave(user, now), deputies=len(deputies))
