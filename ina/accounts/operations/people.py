"""The account itself: name and mail, in and out of use, factors reset, leaving the same day."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator

from ina.accounts import policies
from ina.accounts.models import User
from ina.accounts.operations.sessions import end_sessions
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.operation import note, operation


@operation("accounts.rename_person", may=policies.may_rename_person, on=User)
def rename_person(user: User, *, actor: Actor, now: datetime, display_name: str, email: str) -> None:
    """Name and mail. The user name stays: it stands on papers. Raises Conflict, Invalid."""
    user.display_name = display_name.strip()
    user.email = email.strip()
    user.full_clean()
    _save(user, "display_name", "email")


@operation("accounts.deactivate_account", may=policies.may_deactivate_account, on=User)
def deactivate_account(user: User, *, actor: Actor, now: datetime) -> None:
    """No log-in from this moment on, running sessions included. Positions stay as they are."""
    shut(user, now)


@operation("accounts.reactivate_account", may=policies.may_reactivate_account, on=User)
def reactivate_account(user: User, *, actor: Actor, now: datetime) -> None:
    """In use again. Ended positions stay ended; give new ones."""
    user.is_active = True
    _save(user, "is_active")


@operation("accounts.reset_factors", may=policies.may_reset_factors, on=User)
def reset_factors(user: User, *, actor: Actor, now: datetime) -> None:
    """All second factors are gone (lost phone and lost codes); sessions end. The next log-in sets up new ones."""
    factors = Authenticator.objects.filter(user=user)
    note(user=user.pk, types=sorted(factors.values_list("type", flat=True)), sessions=end_sessions(user, now=now))
    factors.delete()


def leave(user: User, now: datetime) -> list[int]:
    """Everything of an account that ends when somebody leaves today; part of ``access.off_board_person``.

    Answers the ids of the positions that ended. Positions that would have begun later end with today too.
    """
    today = day_of(now)
    ended = []
    for membership in user.memberships.not_ended_on(today).select_for_update():
        membership.starts_on = min(membership.starts_on, today)
        membership.ends_on = today
        membership.version += 1
        membership.save(update_fields=["starts_on", "ends_on", "version"])
        ended.append(membership.pk)
    user.invitations.open().update(revoked_at=now)
    if user.is_active:
        shut(user, now)
    return ended


def shut(user: User, now: datetime) -> None:
    user.is_active = False
    _save(user, "is_active")
    user.invitations.open().update(revoked_at=now)
    note(user=user.pk, sessions=end_sessions(user, now=now))


def _save(user: User, *columns: str) -> None:
    user.version += 1
    user.save(update_fields=[*columns, "version"])
