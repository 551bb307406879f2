"""Users and their positions, as read by the edges. No wall here: see the module's docstring."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ina.accounts.models import Membership, User


def running_memberships(user: User, on: date) -> list[Membership]:
    """The positions of a user on a day, oldest first."""
    return list(
        Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), user=user, starts_on__lte=on)
        .select_related("institution", "place", "team")
        .order_by("starts_on", "pk")
    )


def active_membership(user: User, chosen: int | None, on: date) -> Membership | None:
    """The position that the user acts in: the chosen one if it runs, else the first; None without any."""
    positions = running_memberships(user, on)
    return next((position for position in positions if position.pk == chosen), positions[0] if positions else None)
