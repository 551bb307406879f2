"""Accounts begin with an invitation: a secret on paper, good once, with which the person sets a password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ina.accounts import policies
from ina.accounts.enums import Role
from ina.accounts.models import Invitation, Membership, User
from ina.accounts.operations.positions import Position, add
from ina.accounts.operations.sessions import end_sessions
from ina.accounts.queries import length_of
from ina.accounts.rules import CODE_ALPHABET, CODE_LENGTH, is_username, spelled_code
from ina.accounts.tokens import token_hash
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible, Refused
from ina.base.operation import note, operation


@dataclass(frozen=True)
class Invited:
    """What is handed over on paper. ``code`` exists only here; the database keeps its hash."""

    user_id: int
    username: str
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Accepted:
    """``recovery_codes`` to print; empty when the account has factors of its own already."""

    username: str
    recovery_codes: tuple[str, ...]


@operation("accounts.invite_person", may=policies.may_invite_person)
def invite_person(
    *, actor: Actor, now: datetime, username: str, display_name: str, positions: list[Position], email: str = ""
) -> Invited:
    """A new account with its first positions and an invitation. Raises Invalid (user name, name, mail, position)."""
    if not positions:
        raise Invalid("Bitte geben Sie mindestens eine Stelle an.", "role")
    user = new_user(username=username, display_name=display_name, email=email, now=now)
    for position in positions:
        policies.may_give_position(actor, position.role, position.institution_id).require()
        add(user, position)
    note(user=user.pk, positions=len(positions))
    return _invite(user, actor, now)


@operation("accounts.invite_administrator", may=policies.may_invite_administrator)
def invite_administrator(
    *, actor: Actor, now: datetime, username: str, display_name: str, institution_id: int, renew: bool = False
) -> Invited:
    """The first administrator, from the command line of the server.

    While somebody can log in as administrator this is Refused, unless ``renew``: then ``username`` (new or known)
    gets an invitation all the same, for the day on which all of them lost their access.
    """
    if not renew and has_active_administrator(now):
        raise Refused("Es gibt schon jemanden mit Systemadministration. Weitere lädt diese Person ein (oder: --renew).")
    user = User.objects.select_for_update(of=("self",)).filter(username__iexact=username.strip()).first()
    if user is None:
        user = new_user(username=username, display_name=display_name, email="", now=now)
    elif not user.is_active:
        raise Refused("Dieses Konto ist stillgelegt.")
    if not user.memberships.running_on(day_of(now)).filter(role=Role.SYSTEM_ADMIN).exists():
        add(user, Position(Role.SYSTEM_ADMIN, institution_id, starts_on=day_of(now)))
    note(user=user.pk, renew=renew)
    return _invite(user, actor, now)


@operation("accounts.renew_invitation", may=policies.may_renew_invitation, on=User)
def renew_invitation(user: User, *, actor: Actor, now: datetime) -> Invited:
    """A new invitation (lost paper, expired, forgotten password). Earlier ones end; the old password holds until the
    new one is set; factors stay."""
    return _invite(user, actor, now)


@operation("accounts.revoke_invitation", may=policies.may_revoke_invitation, on=Invitation)
def revoke_invitation(invitation: Invitation, *, actor: Actor, now: datetime) -> None:
    """The paper went astray: the secret on it is worth nothing from now on."""
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    note(user=invitation.user_id)


@operation("accounts.accept_invitation", may=policies.may_accept_invitation)
def accept_invitation(*, actor: Actor, now: datetime, code: str, password: str) -> Accepted:
    """Set the password and use the invitation up. An account without any factor gets codes to print.

    Raises NotVisible alike for an unknown, expired, revoked or used code; Invalid for a weak password.
    """
    invitation = (
        Invitation.objects.usable_at(now)
        .select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash=token_hash(code), user__is_active=True)
        .first()
    )
    if invitation is None:
        raise NotVisible()
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "password") from error
    user.set_password(password)
    user.version += 1
    user.save(update_fields=["password", "version"])
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    end_sessions(user, now=now)
    # Somebody with an app or a passkey keeps them: a paper must not get round a factor that is in use.
    codes: list[str] = []
    if not Authenticator.objects.filter(user=user).exists():
        codes = RecoveryCodes.activate(user).get_unused_codes()
    note(user=user.pk, invitation=invitation.pk, recovery_codes=bool(codes))
    return Accepted(user.username, tuple(codes))


def has_active_administrator(now: datetime) -> bool:
    """Whether somebody can log in and administer: active, in the role today, with a password."""
    positions = Membership.objects.running_on(day_of(now)).filter(role=Role.SYSTEM_ADMIN, user__is_active=True)
    return any(position.user.has_usable_password() for position in positions.select_related("user"))


def new_user(*, username: str, display_name: str, email: str, now: datetime) -> User:
    username = username.strip().lower()
    if not is_username(username):
        raise Invalid(
            "Ein Benutzername hat 3 bis 40 Zeichen: Kleinbuchstaben ohne Umlaute, Ziffern, Punkt, Bindestrich.",
            "username",
        )
    user = User(username=username, display_name=display_name.strip(), email=email.strip(), created_at=now)
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        if "username" in error.error_dict or "__all__" in error.error_dict:
            raise Invalid("Diesen Benutzernamen gibt es schon.", "username") from error
        raise
    user.save(force_insert=True)
    return user


def _invite(user: User, actor: Actor, now: datetime) -> Invited:
    user.invitations.open().update(revoked_at=now)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    invitation = Invitation.objects.create(
        user=user,
        token_hash=token_hash(code),
        created_at=now,
        expires_at=now + length_of("invitation_life", day_of(now)),
        created_by_id=actor.membership_id,
    )
    note(user=user.pk, invitation=invitation.pk)
    return Invited(user.pk, user.username, spelled_code(code), invitation.expires_at)
