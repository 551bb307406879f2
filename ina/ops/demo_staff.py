"""Makes the accounts, teams and institutions of the demo (``demo_logins``), and answers who acts."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from ina.access.queries import actor_for
from ina.accounts.enums import Role
from ina.accounts.operations.demo import add_demo_person
from ina.accounts.operations.positions import Position, end_position, open_team
from ina.base.actor import Person, System
from ina.institutions import operations as institutions
from ina.institutions.queries import get_institution
from ina.ops.demo_days import BEGINNING, Days
from ina.ops.demo_logins import LEFT, LOGINS, ONLY_HERE, PASSWORD, TOTP_SECRET


class Staff:
    """Actors and institutions by name, each read once. An actor is the position that somebody holds, or held last."""

    def __init__(self) -> None:
        self._actors: dict[str, Person] = {}
        self._institutions: dict[str, int] = {}
        # The first printed code of accounts with a second factor, known only when they were just made.
        self.codes: dict[str, str] = {}

    def __call__(self, username: str) -> Person:
        if username not in self._actors:
            user = get_user_model()._default_manager.get(username=username)
            position = user.memberships.select_related("institution__holder", "team__holder", "holder").earliest("pk")
            self._actors[username] = actor_for(position)
        return self._actors[username]

    def institution(self, key: str) -> int:
        if key not in self._institutions:
            self._institutions[key] = get_institution(key).pk
        return self._institutions[key]


def make_staff(today: date) -> Staff:
    """Accounts, teams and institutions of the demo, as of its beginning."""
    days, staff = Days(today), Staff()
    began = days.at(today - BEGINNING)
    teams: dict[str, int] = {}
    hashed = make_password(PASSWORD)
    # The administrator comes first: institutions and teams are theirs to open.
    for login in sorted(LOGINS, key=lambda login: login.role is not Role.SYSTEM_ADMIN):
        if login.team and login.team not in teams:
            carrier = staff.institution(login.institution)
            made = open_team(actor=staff("gero"), now=began, institution_id=carrier, name=login.team)
            teams[login.team] = made.pk
        position = Position(
            role=login.role.value,
            institution_id=staff.institution(login.institution),
            place_id=staff.institution(login.place) if login.place else None,
            team_id=teams.get(login.team),
            starts_on=today - BEGINNING,
            # Case managers are social workers, as a rule recognised by the state: § 203 StGB binds them.
            secrecy="SOCIAL_WORK" if login.role is Role.CASE_MANAGER else "",
        )
        added = add_demo_person(
            actor=System("demo"),
            username=login.username,
            display_name=login.name,
            password_hash=hashed,
            positions=[position],
            totp_secret=TOTP_SECRET if login.totp else "",
            now=began,
        )
        if added.codes:
            staff.codes[login.username] = added.codes[0]
        if login.role is Role.SYSTEM_ADMIN:
            _place_institutions(staff("gero"), today - BEGINNING, days)
    return staff


def let_go(staff: Staff, today: date) -> None:
    """The positions of those who have left end, at their own moment."""
    days = Days(today)
    last = days.working(days.day(LEFT))
    for login in LOGINS:
        if login.left:
            said = last - timedelta(days=14)
            end_position(
                actor=staff("lea"), now=days.at(said), membership_id=staff(login.username).membership, last_day_on=last
            )


def _place_institutions(administrator: Person, since: date, days: Days) -> None:
    source = "erfunden für die Vorführung"
    for kind, key, name, region in ONLY_HERE:
        made = institutions.add_institution(
            actor=administrator, now=days.at(since), kind=kind, key=key, name=name, source=source, valid_from=since
        )
        if region:
            institutions.serve_region(
                actor=administrator,
                now=days.at(since),
                institution_id=made.pk,
                region_number=region,
                valid_from=since,
                source=source,
            )
