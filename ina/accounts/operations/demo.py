"""Accounts of the demo: invented people with a password that is printed on the screen. Never in a real installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from ina.accounts import policies
from ina.accounts.models import User
from ina.accounts.operations.invitations import new_user
from ina.accounts.operations.positions import Position, add
from ina.base.actor import Actor
from ina.base.operation import operation


@dataclass(frozen=True)
class DemoLogin:
    """``codes``: printed codes, for the one account that shows the second factor."""

    user: User
    codes: tuple[str, ...] = ()


@operation("accounts.add_demo_person", may=policies.may_add_demo_person)
def add_demo_person(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    password_hash: str,
    positions: list[Position],
    totp_secret: str = "",
    now: datetime,
) -> DemoLogin:
    """Somebody to try the demo as; marked as invented, so that a real database is told from a demo.

    ``password_hash``: made once for all of them (``make_password``), because a good hash is slow on purpose.
    """
    user = new_user(username=username, display_name=display_name, email="", now=now)
    user.is_demo = True
    user.password = password_hash
    user.save(update_fields=["is_demo", "password"])
    for position in positions:
        add(user, position)
    if not totp_secret:
        return DemoLogin(user)
    TOTP.activate(user, totp_secret)
    return DemoLogin(user, tuple(RecoveryCodes.activate(user).generate_codes()))


def only_demo_accounts() -> bool:
    """No account of a real person exists."""
    return not User.objects.filter(is_demo=False).exists()
