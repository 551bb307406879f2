"""Users and their positions, as read by the edges. No wall here: see the module's docstring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator

from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Invitation, Membership, RoleLabel, SessionRecord, User
from ina.accounts.tokens import token_hash
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import NotVisible, Refused
from ina.reference.queries import parameter
from ina.reference.rules import Duration

PERSON_LABEL = re.compile(r"person:(\d+):")
FACTOR_LABELS = {"totp": "Code aus einer App", "webauthn": "Passkey", "recovery_codes": "gedruckte Codes"}


def running_memberships(user: User, on: date) -> list[Membership]:
    """The positions of a user on a day, oldest first."""
    return list(
        Membership.objects.running_on(on)
        .filter(user=user)
        .select_related("institution", "place", "team")
        .order_by("starts_on", "pk")
    )


def active_membership(user: User, chosen: int | None, on: date) -> Membership | None:
    """The position that the user acts in: the chosen one if it runs, else the first; None without any."""
    return chosen_position(running_memberships(user, on), chosen)


def chosen_position(positions: list[Membership], chosen: int | None) -> Membership | None:
    """The chosen one of these positions, else the first; None without any."""
    return next((position for position in positions if position.pk == chosen), positions[0] if positions else None)


def inactivity_limit(on: date) -> timedelta:
    """After how long without a request a session ends."""
    return length_of("inactivity_limit", on)


def length_of(key: str, on: date) -> timedelta:
    """A dated parameter of this module as a length of time."""
    value = parameter(key, on=on)
    if not isinstance(value, Duration):
        raise TypeError(f"{key} is no duration")
    return value.delta


def has_second_factor(user: User) -> bool:
    """Whether a second factor is set up; printed codes alone are one."""
    return Authenticator.objects.filter(user_id=user.pk).exists()


def role_labels() -> dict[str, str]:
    """What each role is called here: as delivered, or as this installation calls it."""
    return {role.value: role.label for role in Role} | dict(RoleLabel.objects.values_list("role", "label"))


# --- who did something, for lines that carry ids or labels of actors -----------------------------------------------


def display_names(user_ids: Iterable[int]) -> dict[int, str]:
    """How the people with these accounts are called."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "display_name"))


def position_labels(membership_ids: Iterable[int]) -> dict[int, str]:
    """Role and institution of positions by id: „Teamleitung, Beispielträger“."""
    labels = role_labels()
    rows = Membership.objects.filter(pk__in=set(membership_ids)).select_related("institution")
    return {one.pk: f"{labels[one.role]}, {one.institution}" for one in rows}


def actor_names(labels: Iterable[str]) -> dict[str, str]:
    """Names for labels of actors as rows keep them (``Actor.label``); what is no person keeps its label."""
    wanted = set(labels)
    people = {label: int(match[1]) for label in wanted if (match := PERSON_LABEL.match(label))}
    names = display_names(people.values()) if people else {}
    return {label: names.get(people.get(label, 0), label) for label in wanted}


def user_id_named(username: str) -> int | None:
    """The account with this user name, upper or lower case; None when there is none."""
    return User.objects.filter(username__iexact=username.strip()).values_list("pk", flat=True).first()


def bound_by_secrecy(membership_id: int | None) -> bool:
    """Whether whoever holds this position is bound by professional secrecy (§ 203 StGB)."""
    return membership_id is not None and Membership.objects.filter(pk=membership_id).exclude(secrecy="").exists()


# --- the own page -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PositionRow:
    """``number`` names one in a form or an address: running ones count from 0, all of an account from 1."""

    id: int
    number: int
    role: str
    role_label: str
    institution: str
    place: str
    team: str
    starts_on: date
    ends_on: date | None
    version: int
    running: bool
    may_end: bool = False
    # Code of secrecy_grounds.
    secrecy: str = ""


@dataclass(frozen=True)
class FactorRow:
    """A second factor of one's own. ``left``: how many printed codes are unused; None for other kinds."""

    id: int
    kind: str
    label: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    left: int | None


@dataclass(frozen=True)
class SessionRow:
    id: int
    device: str
    network: str
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None
    current: bool


@dataclass(frozen=True)
class DeputyRow:
    """A deputyship of one's own position (``name`` stands in), or one's own standing in (``name`` is stood in for)."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True)
class OwnPage:
    username: str
    display_name: str
    email: str
    positions: tuple[PositionRow, ...]
    factors: tuple[FactorRow, ...]
    sessions: tuple[SessionRow, ...]
    deputies: tuple[DeputyRow, ...]
    deputising: tuple[DeputyRow, ...]


def own_page(user: User, *, membership_id: int | None, current_record: int | None, now: datetime) -> OwnPage:
    """What a person sees of their own account: positions, deputies of the active one, factors, devices."""
    today = day_of(now)
    labels = role_labels()
    running = Deputyship.objects.filter(ends_on__gte=today, ended_at=None).order_by("starts_on", "pk")
    return OwnPage(
        username=user.username,
        display_name=user.display_name,
        email=user.email,
        positions=tuple(
            position_row(one, labels, today, number=number)
            for number, one in enumerate(running_memberships(user, today))
        ),
        factors=list_factors(user),
        sessions=tuple(
            SessionRow(
                id=one.pk,
                device=one.device,
                network=one.address,
                created_at=one.created_at,
                last_seen_at=one.last_seen_at,
                ended_at=one.ended_at,
                current=one.pk == current_record,
            )
            for one in user.session_records.order_by("ended_at", "-created_at", "-pk")[:20]
        ),
        deputies=tuple(
            DeputyRow(one.pk, one.deputy.user.display_name, one.starts_on, one.ends_on, one.reason)
            for one in running.filter(principal=membership_id).select_related("deputy__user")
        ),
        deputising=tuple(
            DeputyRow(one.pk, one.principal.user.display_name, one.starts_on, one.ends_on, one.reason)
            for one in running.filter(deputy=membership_id).select_related("principal__user")
        ),
    )


def list_factors(user: User) -> tuple[FactorRow, ...]:
    return tuple(
        FactorRow(
            id=one.pk,
            kind=one.type,
            label=FACTOR_LABELS[one.type],
            name=one.data.get("name", ""),
            created_at=one.created_at,
            last_used_at=one.last_used_at,
            left=_codes_left(one),
        )
        for one in Authenticator.objects.filter(user=user).order_by("type", "created_at", "pk")
    )


def _codes_left(factor: Authenticator) -> int | None:
    if factor.type != Authenticator.Type.RECOVERY_CODES:
        return None
    try:
        return len(factor.wrap().get_unused_codes())
    except Refused:  # the key was lost: the page is shown all the same, so that something can be done
        return 0


def own_session(actor: Actor, record_id: int) -> SessionRecord:
    """A running session of one's own. Raises NotVisible."""
    record = SessionRecord.objects.running().filter(user=actor.user_id, pk=record_id).first()
    if record is None:
        raise NotVisible()
    return record


def deputy_choices(membership_id: int, on: date) -> list[tuple[int, str]]:
    """Who may stand in for a position: same role, same institution, in the position that day, account in use."""
    position = Membership.objects.get(pk=membership_id)
    rows = (
        Membership.objects.running_on(on)
        .filter(role=position.role, institution=position.institution_id, user__is_active=True)
        .exclude(user=position.user_id)
        .select_related("user")
        .order_by("user__display_name", "pk")
    )
    return [(one.pk, one.user.display_name) for one in rows]


# --- invitations --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenInvitation:
    username: str
    display_name: str
    expires_at: datetime


def find_invitation(code: str, now: datetime) -> OpenInvitation:
    """The invitation that this code opens. NotVisible alike when it is unknown, expired, revoked or used."""
    found = (
        Invitation.objects.usable_at(now)
        .filter(token_hash=token_hash(code), user__is_active=True)
        .select_related("user")
        .first()
    )
    if found is None:
        raise NotVisible()
    return OpenInvitation(found.user.username, found.user.display_name, found.expires_at)


def position_row(
    one: Membership, labels: dict[str, str], today: date, *, number: int, may_end: bool = False
) -> PositionRow:
    ended = one.ends_on is not None and one.ends_on < today
    return PositionRow(
        id=one.pk,
        number=number,
        role=one.role,
        role_label=labels[one.role],
        institution=str(one.institution),
        place=str(one.place or ""),
        team=str(one.team or ""),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        version=one.version,
        running=one.runs_on(today),
        may_end=may_end and not ended,
        secrecy=one.secrecy,
    )


def people_at(institution) -> str:
    """Why an organisation cannot go into another one: people have their position there."""
    there = Membership.objects.filter(institution=institution).exists()
    return f"Bei „{institution.short_name}“ haben Menschen ein Konto: Bitte zuerst dort umstellen." if there else ""
