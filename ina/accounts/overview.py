"""The list of accounts: who may log in, in which positions, and what its administration should do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Prefetch, Q

from ina.accounts import policies
from ina.accounts.models import Invitation, Membership, User
from ina.accounts.queries import role_labels
from ina.base.actor import Actor
from ina.base.clock import day_of

PAGE = 50
# So long before its end a position is said to end.
SOON = timedelta(days=30)


class Standing(StrEnum):
    """How an account stands; the first that is true counts."""

    SHUT = "stillgelegt"
    UNPLACED = "ohne-stelle"
    INVITED = "eingeladen"
    EXPIRED = "abgelaufen"
    ENDING = "endet"
    WITHOUT_FACTOR = "ohne-faktor"
    NEVER_SEEN = "nie-angemeldet"
    RUNNING = "in-betrieb"

    @property
    def label(self) -> str:
        return _STANDINGS[self][0]

    @property
    def mark(self) -> str:
        return _STANDINGS[self][1]

    @property
    def advice(self) -> str:
        """What the administration does about it; empty when nothing is to be done."""
        return _STANDINGS[self][2]


_STANDINGS = {
    Standing.SHUT: ("stillgelegt", "na", ""),
    Standing.UNPLACED: (
        "ohne Stelle",
        "due",
        "Das Konto hat keine laufende Stelle: Es sieht nur die eigene Seite. Tragen Sie eine Stelle ein, oder legen "
        "Sie es still.",
    ),
    Standing.INVITED: (
        "eingeladen",
        "run",
        "Die Person hat das Einladungsblatt noch nicht benutzt. Ist es verloren, drucken Sie ein neues.",
    ),
    Standing.EXPIRED: (
        "Einladung abgelaufen",
        "due",
        "Die Person kann sich noch nicht anmelden. Drucken Sie eine neue Einladung.",
    ),
    Standing.ENDING: (
        "Stelle läuft ab",
        "due",
        "Geht es weiter, tragen Sie vorher die nächste Stelle ein; sonst klären Sie, wer die Fälle übernimmt.",
    ),
    Standing.WITHOUT_FACTOR: (
        "ohne zweiten Nachweis",
        "due",
        "Beim nächsten Anmelden muss die Person einen zweiten Nachweis einrichten. Gedruckte Codes genügen.",
    ),
    Standing.NEVER_SEEN: ("noch nie angemeldet", "open", ""),
    Standing.RUNNING: ("in Betrieb", "done", ""),
}


@dataclass(frozen=True)
class AccountRow:
    """A line of the list. ``until``: when the invitation or the last position ends, where the standing is about it."""

    username: str
    display_name: str
    positions: tuple[str, ...]
    is_active: bool
    standing: Standing
    until: date | None
    last_login: datetime | None


@dataclass(frozen=True)
class AccountPage:
    rows: tuple[AccountRow, ...]
    total: int
    page: int
    pages: int

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def list_accounts(
    actor: Actor,
    *,
    search: str = "",
    standing: Standing | None = None,
    role: str = "",
    institution: str = "",
    page: int = 1,
    now: datetime,
) -> AccountPage:
    """Accounts that this administration may see, by name.

    search: words of name and user name, of what a role is called here, or of an institution. role, institution (its
    key): of a position that runs or will. standing: only those that stand so.
    """
    policies.may_list_accounts(actor).require()
    today, labels = day_of(now), role_labels()
    rows = User.objects.visible_to(actor).order_by("display_name", "pk")
    for word in search.split()[:5]:
        rows = rows.filter(_says(word, labels, today))
    if role or institution:
        held = Membership.objects.not_ended_on(today).filter(user=OuterRef("pk"))
        held = held.filter(role=role) if role else held
        rows = rows.filter(Exists(held.filter(institution__key=institution) if institution else held))
    if standing:
        rows = _standing_so(rows, standing, now)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    found = rows.annotate(has_factor=Exists(_factor())).prefetch_related(
        Prefetch(
            "memberships",
            Membership.objects.not_ended_on(today).select_related("institution").order_by("starts_on", "pk"),
            to_attr="current",
        ),
        Prefetch("invitations", Invitation.objects.usable_at(now).order_by("pk"), to_attr="usable"),
    )[(page - 1) * PAGE : page * PAGE]
    return AccountPage(tuple(_row(one, labels, today) for one in found), total, page, pages)


def standing_of(
    *,
    is_active: bool,
    ends_on: list[date | None],
    invited: bool,
    has_password: bool,
    has_factor: bool,
    was_here: bool,
    today: date,
) -> Standing:
    """ends_on: the last days of the positions that run or will, None for one without end."""
    if not is_active:
        return Standing.SHUT
    if not ends_on:
        return Standing.UNPLACED
    if not has_password:
        return Standing.INVITED if invited else Standing.EXPIRED
    if all(last is not None and last <= today + SOON for last in ends_on):
        return Standing.ENDING
    if settings.INA_SECOND_FACTOR_REQUIRED and not has_factor:
        return Standing.WITHOUT_FACTOR
    return Standing.RUNNING if was_here else Standing.NEVER_SEEN


def _row(one, labels: dict[str, str], today: date) -> AccountRow:
    ends_on = [position.ends_on for position in one.current]
    standing = standing_of(
        is_active=one.is_active,
        ends_on=ends_on,
        invited=bool(one.usable),
        has_password=not one.password.startswith(UNUSABLE_PASSWORD_PREFIX),
        has_factor=one.has_factor,
        was_here=one.last_login is not None,
        today=today,
    )
    until = None
    if standing is Standing.INVITED:
        until = day_of(one.usable[0].expires_at)
    elif standing is Standing.ENDING:
        until = max(last for last in ends_on if last)
    return AccountRow(
        username=one.username,
        display_name=one.display_name,
        positions=tuple(f"{labels[position.role]}, {position.institution}" for position in one.current),
        is_active=one.is_active,
        standing=standing,
        until=until,
        last_login=one.last_login,
    )


# --- the same in the database: what ``standing_of`` says of a row, a filter says of the table ------------------------


def _standing_so(rows, standing: Standing, now: datetime):
    """The same table as in ``standing_of``; a test compares them."""
    today = day_of(now)
    current = Membership.objects.not_ended_on(today).filter(user=OuterRef("pk"))
    lasting = current.filter(Q(ends_on=None) | Q(ends_on__gt=today + SOON))
    invitation = Invitation.objects.usable_at(now).filter(user=OuterRef("pk"))
    without_password = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if standing is Standing.SHUT:
        return rows.filter(is_active=False)
    rows = rows.filter(is_active=True)
    if standing is Standing.UNPLACED:
        return rows.exclude(Exists(current))
    rows = rows.filter(Exists(current))
    if standing is Standing.INVITED:
        return rows.filter(without_password).filter(Exists(invitation))
    if standing is Standing.EXPIRED:
        return rows.filter(without_password).exclude(Exists(invitation))
    rows = rows.exclude(without_password)
    if standing is Standing.ENDING:
        return rows.exclude(Exists(lasting))
    rows = rows.filter(Exists(lasting))
    if settings.INA_SECOND_FACTOR_REQUIRED:
        if standing is Standing.WITHOUT_FACTOR:
            return rows.exclude(Exists(_factor()))
        rows = rows.filter(Exists(_factor()))
    elif standing is Standing.WITHOUT_FACTOR:
        return rows.none()
    return rows.filter(last_login__isnull=standing is Standing.NEVER_SEEN)


def _factor():
    return Authenticator.objects.filter(user=OuterRef("pk"))


def _says(word: str, labels: dict[str, str], today: date) -> Q:
    if len(word) < 3:
        return Q(display_name__icontains=word) | Q(username__icontains=word)
    called = [role for role, label in labels.items() if word.casefold() in label.casefold()]
    held = Membership.objects.not_ended_on(today).filter(user=OuterRef("pk"))
    held = held.filter(
        Q(role__in=called) | Q(institution__name__icontains=word) | Q(institution__short_name__icontains=word)
    )
    return Q(display_name__icontains=word) | Q(username__icontains=word) | Q(Exists(held))
