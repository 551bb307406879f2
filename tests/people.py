"""The cast: one person for every role that may log in, and those who must see nothing.

Made once, in the template that every test database is cloned from. Names of people and carriers are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from ina.accounts.enums import Role

PASSWORD = "ein-langes-kennwort-der-probe"
SINCE = date(2026, 1, 1)
MADE_AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
PRISON, OTHER_PRISON = "jva-duesseldorf", "jva-koeln"
CARRIER, OTHER_CARRIER = "traeger-beispiel", "traeger-musterwerk"
TEAM, OTHER_TEAM = "Team Rhein", "Team Köln"


@dataclass(frozen=True)
class Part:
    """Who somebody of the cast is to be."""

    role: Role
    institution: str
    place: str | None = None
    team: str | None = None
    secrecy: str = ""


CAST = {
    "alma": Part(Role.CASE_MANAGER, CARRIER, PRISON, TEAM, "SOCIAL_WORK"),  # leads the cases of the tests
    "bert": Part(Role.CASE_MANAGER, CARRIER, PRISON, TEAM),  # same team
    "cem": Part(Role.CASE_MANAGER, OTHER_CARRIER, OTHER_PRISON, OTHER_TEAM),
    "dora": Part(Role.PARTICIPANT, CARRIER),
    "ede": Part(Role.EVALUATOR, "krimd-nrw"),
    "frida": Part(Role.CHAMBER_COORDINATOR, "hwk-duesseldorf"),
    "gero": Part(Role.SYSTEM_ADMIN, "ljvd-nrw"),
    "hanna": Part(Role.PRISON_SOCIAL, PRISON),
    "ilse": Part(Role.AGENCY, "aa-duesseldorf"),
    "jan": Part(Role.TEAM_LEAD, CARRIER, PRISON, TEAM),
    "karl": Part(Role.DATA_PROTECTION, "ljvd-nrw"),
    "lea": Part(Role.CARRIER_ADMIN, CARRIER),
    "mia": Part(Role.MINISTRY, "jm-nrw"),
    "nils": Part(Role.NETWORK_COORDINATOR, CARRIER),
    "olga": Part(Role.PROBATION, "bwh-beispiel"),
    "paul": Part(Role.PRISON_ADMIN, PRISON),
    "rita": Part(Role.PROVIDER, "anbieter-beispiel"),
    "stefan": Part(Role.FUNDER, "mags-nrw"),
    "tina": Part(Role.STEERING, "whkt"),
    "uwe": Part(Role.TEAM_LEAD, OTHER_CARRIER, OTHER_PRISON, OTHER_TEAM),
    "vera": Part(Role.PRISON_SOCIAL, OTHER_PRISON),
}
SURNAMES = dict(
    alma="Ahorn", bert="Buche", cem="Ceder", dora="Dill", ede="Esche", frida="Farn", gero="Ginster", hanna="Hasel",
    ilse="Iris", jan="Jasmin", karl="Kiefer", lea="Linde", mia="Minze", nils="Nelke", olga="Olive", paul="Pappel",
    rita="Rose", stefan="Salbei", tina="Tanne", uwe="Ulme", vera="Veilchen",
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Somebody of the cast, as ids; ``actor`` reads the position as a request would."""

    key: str
    role: Role
    user_id: int
    membership_id: int
    institution_id: int
    place_id: int | None
    team_id: int | None
    own_holder: int

    @property
    def username(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        return display_name(self.key)

    @property
    def actor(self):
        from ina.access.queries import actor_for
        from ina.accounts.models import Membership

        return actor_for(Membership.objects.get(pk=self.membership_id))


class People:
    """The cast by first name: ``people.alma``. Iterates over all of them."""

    def __init__(self, members: list[Member]):
        self._members = {member.key: member for member in members}

    def __getattr__(self, key: str) -> Member:
        try:
            return self._members[key]
        except KeyError:
            raise AttributeError(f"nobody is called {key}") from None

    def __getitem__(self, key: str) -> Member:
        return self._members[key]

    def __iter__(self):
        return iter(self._members.values())


COLUMNS = "u.username, m.role, u.id, m.id, m.institution_id, m.place_id, m.team_id, h.id"


def read(connection) -> People:
    """The cast from a database; ``connection`` is a psycopg connection of the owner."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
        " JOIN access_holder h ON h.membership_id = m.id ORDER BY u.id"
    ).fetchall()
    return People([Member(row[0], Role(row[1]), *row[2:]) for row in rows])


def display_name(key: str) -> str:
    return f"{key.capitalize()} {SURNAMES[key]}"


def make() -> None:
    """Write the cast; called once by tests.make_template, as the owner."""
    from django.contrib.auth.hashers import make_password

    from ina.accounts.models import Membership, Team, User
    from ina.base.actor import Person
    from ina.institutions.enums import Kind, LegalForm
    from ina.institutions.models import Institution
    from ina.institutions.operations import add_institution

    administrator = Person(id=0, membership=0, role_code=Role.SYSTEM_ADMIN, institution_id=0)
    for kind, key, name, short, form in (
        (Kind.CARRIER, CARRIER, "Beispielträger gemeinnützige GmbH", "Beispielträger", LegalForm.COMPANY),
        (Kind.CARRIER, OTHER_CARRIER, "Musterwerk e. V.", "Musterwerk", LegalForm.ASSOCIATION),
        (Kind.PROBATION, "bwh-beispiel", "Bewährungshilfe Beispielstadt", "Bewährungshilfe", LegalForm.STATE_JUSTICE),
        (Kind.PROVIDER, "anbieter-beispiel", "Beratungsstelle Beispielhaus", "Beispielhaus", LegalForm.ASSOCIATION),
    ):
        add_institution(
            actor=administrator, now=MADE_AT, kind=kind, key=key, name=name, short_name=short, legal_form=form,
            source="erfunden für die Tests",
        )  # fmt: skip
    by_key = {institution.key: institution for institution in Institution.objects.all()}
    teams = {
        TEAM: Team.objects.create(institution=by_key[CARRIER], name=TEAM),
        OTHER_TEAM: Team.objects.create(institution=by_key[OTHER_CARRIER], name=OTHER_TEAM),
    }
    password = make_password(PASSWORD)
    for key, part in CAST.items():
        user = User.objects.create(
            username=key, display_name=display_name(key), password=password, created_at=MADE_AT, is_demo=True
        )
        Membership.objects.create(
            user=user,
            institution=by_key[part.institution],
            place=by_key[part.place] if part.place else None,
            team=teams[part.team] if part.team else None,
            role=part.role,
            secrecy=part.secrecy,
            starts_on=SINCE,
        )
