"""What the administration of accounts sees: accounts, positions, teams. Never a file of a participant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch

from ina.accounts import policies
from ina.accounts.enums import CARRIER_ROLES, Role
from ina.accounts.models import Invitation, Membership, Team, User
from ina.accounts.overview import Standing, standing_of
from ina.accounts.queries import (
    FACTOR_LABELS,
    PositionRow,
    deputy_choices,
    position_row,
    role_labels,
    running_memberships,
)
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import NotVisible
from ina.institutions.models import Institution


def require_administration(actor: Actor) -> None:
    """For pages that begin with an empty form. Raises Refused."""
    policies.may_list_accounts(actor).require()


def require_system_administration(actor: Actor) -> None:
    """As ``require_administration``, for what concerns the whole installation."""
    policies.may_label_role(actor).require()


def may_name_roles(actor: Actor) -> bool:
    return bool(policies.may_label_role(actor))


def may_appoint_deputies(actor: Actor) -> bool:
    """Deputies are appointed by whoever is near the cases: the carrier itself, not the system's administration."""
    return actor.role == Role.CARRIER_ADMIN


@dataclass(frozen=True)
class InvitationRow:
    """A sheet that was printed, and what became of it. ``at``: when it was used, taken back or ran out, or will."""

    created_at: datetime
    created_by: str
    mark: str
    word: str
    at: datetime


@dataclass(frozen=True)
class Account:
    """One account as its administration sees it. ``may`` holds the names of what may be done with it."""

    id: int
    username: str
    display_name: str
    email: str
    is_active: bool
    version: int
    created_at: datetime
    last_login: datetime | None
    positions: tuple[PositionRow, ...]
    standing: Standing
    invitation_id: int | None
    invited_until: datetime | None
    invitations: tuple[InvitationRow, ...]
    factors: tuple[str, ...]
    running_sessions: int
    may: frozenset[str]


def get_account(actor: Actor, username: str, now: datetime) -> Account:
    """One account for its administration. Raises NotVisible, Refused."""
    policies.may_list_accounts(actor).require()
    user = User.objects.visible_to(actor).filter(username=username).prefetch_related("memberships").first()
    if user is None:
        raise NotVisible()
    today = day_of(now)
    labels = role_labels()
    positions = list(user.memberships.select_related("institution", "place", "team").order_by("pk"))
    invitations = list(user.invitations.select_related("created_by__user").order_by("-created_at", "-pk")[:10])
    invitation = next((one for one in invitations if _became(one, now)[1] == OPEN), None)
    factors = tuple(
        FACTOR_LABELS[kind]
        for kind in Authenticator.objects.filter(user=user).order_by("type").values_list("type", flat=True)
    )
    may = {
        "rename_person": policies.may_rename_person,
        "add_position": policies.may_add_position,
        "renew_invitation": policies.may_renew_invitation,
        "reset_factors": policies.may_reset_factors,
        "deactivate_account": policies.may_deactivate_account,
        "reactivate_account": policies.may_reactivate_account,
        "off_board": policies.may_off_board,
    }
    return Account(
        id=user.pk,
        username=user.username,
        display_name=user.display_name,
        email=user.email,
        is_active=user.is_active,
        version=user.version,
        created_at=user.created_at,
        last_login=user.last_login,
        positions=tuple(
            position_row(one, labels, today, number=number, may_end=bool(policies.may_end_position(actor, one)))
            for number, one in enumerate(positions, start=1)
        ),
        standing=standing_of(
            is_active=user.is_active,
            ends_on=[one.ends_on for one in positions if one.ends_on is None or one.ends_on >= today],
            invited=invitation is not None,
            has_password=user.has_usable_password(),
            has_factor=bool(factors),
            was_here=user.last_login is not None,
            today=today,
        ),
        invitation_id=invitation.pk if invitation else None,
        invited_until=invitation.expires_at if invitation else None,
        invitations=tuple(
            InvitationRow(
                one.created_at,
                str(one.created_by.user) if one.created_by else "auf dem Server ausgestellt",
                *_became(one, now),
            )
            for one in invitations
        ),
        factors=factors,
        running_sessions=user.session_records.running().count(),
        may=frozenset(name for name, ask in may.items() if ask(actor, user)),
    )


OPEN = "offen bis"


def _became(one: Invitation, now: datetime) -> tuple[str, str, datetime]:
    """Mark and word of an invitation, and the moment that belongs to them."""
    if one.used_at:
        return "done", "benutzt", one.used_at
    if one.revoked_at:
        return "na", "ersetzt oder zurückgezogen", one.revoked_at
    if one.expires_at <= now:
        return "due", "abgelaufen", one.expires_at
    return "run", OPEN, one.expires_at


@dataclass(frozen=True)
class PositionToCover:
    """A case manager's position of somebody who leaves, with those who may stand in from today."""

    id: int
    label: str
    deputies: tuple[tuple[int, str], ...]


def positions_to_cover(actor: Actor, user_id: int, now: datetime) -> tuple[PositionToCover, ...]:
    """Which running positions need a deputy at once when this person leaves. Raises NotVisible."""
    user = User.objects.visible_to(actor).filter(pk=user_id).first()
    if user is None:
        raise NotVisible()
    today = day_of(now)
    return tuple(
        PositionToCover(
            id=one.pk,
            label=", ".join(str(part) for part in (one.institution, one.place, one.team) if part),
            deputies=tuple(deputy_choices(one.pk, today)),
        )
        for one in running_memberships(user, today)
        if one.role == Role.CASE_MANAGER
    )


def role_choices(actor: Actor) -> list[tuple[str, str]]:
    """Roles that this administration may give, in the words of this installation."""
    labels = role_labels()
    given = Role if actor.role == Role.SYSTEM_ADMIN else [role for role in Role if role in CARRIER_ROLES]
    return [(role.value, labels[role.value]) for role in given]


def institution_choices(actor: Actor, on: date) -> list[tuple[int, str]]:
    """Where this administration may give positions: everywhere, or at its own carrier."""
    rows = Institution.objects.existing_on(on)
    if actor.role != Role.SYSTEM_ADMIN:
        rows = rows.filter(pk=getattr(actor, "institution_id", None))
    return list(rows.values_list("pk", "short_name"))


def employers(actor: Actor, on: date) -> list[tuple[str, str]]:
    """(key, short name) of the institutions where somebody has a position now or later, as this administration sees."""
    rows = Institution.objects.filter(memberships__in=Membership.objects.not_ended_on(on))
    if actor.role != Role.SYSTEM_ADMIN:
        rows = rows.filter(pk__in=[getattr(actor, "institution_id", None)])
    return list(rows.distinct().values_list("key", "short_name"))


@dataclass(frozen=True)
class TeamRow:
    id: int
    name: str
    institution_id: int
    institution: str
    members: int


def list_teams(actor: Actor, on: date) -> tuple[TeamRow, ...]:
    """Running teams where this administration may give positions, with the number of their positions."""
    rows = Team.objects.filter(ended_on=None).select_related("institution").order_by("institution__name_key", "name")
    if actor.role != Role.SYSTEM_ADMIN:
        rows = rows.filter(institution=getattr(actor, "institution_id", None))
    current = Prefetch("memberships", Membership.objects.not_ended_on(on), to_attr="current")
    return tuple(
        TeamRow(one.pk, one.name, one.institution_id, str(one.institution), len(one.current))
        for one in rows.prefetch_related(current)
    )
