"""Who reads: a case manager with 50 dossiers, two readers of a whole site, a manager who writes, and the offices.

What a reader asks for (a file, a name) is looked up once, by the owner, among what they may see.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

import psycopg
from psycopg.rows import dict_row

from benchmarks.browser import Browser, Transport

PASSWORD = "ein-langes-kennwort-der-messung"
USERNAMES = {"manager": "fm0", "lead": "tl0", "social": "sd0", "writer": "fm1", "admin": "sa0", "officer": "ds0"}
WRITING_FILES = 30

# Somebody of the reader's running cases, whose names are of use: one with an umlaut is another's.
SCOPE = {
    "manager": "w.responsible_id = m.id",
    "writer": "w.responsible_id = m.id",
    "lead": "w.team_id = m.team_id",
    "social": "w.unit_id = m.institution_id",
}
# The same, as the columns of the list rows.
SCOPE_COLUMN = {"manager": "responsible", "writer": "responsible", "lead": "team", "social": "unit"}
PERSON = """
SELECT d.number, p.surname, p.given_name, c.booking_number, i.key AS prison, i.key AS institution
FROM cases_worklist w JOIN accounts_membership m ON {scope} JOIN accounts_user u ON u.id = m.user_id
JOIN access_dossier d ON d.id = w.dossier_id JOIN cases_participant p ON p.dossier_id = w.dossier_id
JOIN cases_custodyperiod c ON c.case_id = w.case_id JOIN institutions_institution i ON i.id = c.prison_id
WHERE u.username = %(username)s AND w.is_open AND w.state = 'ADMITTED' AND p.surname ~ %(surname)s
ORDER BY w.planning_key, w.case_id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Reader:
    """Somebody logged in, and what they ask for by name."""

    name: str
    username: str
    browser: Browser
    facts: dict[str, str]
    files: tuple[str, ...]  # running files of a case manager, to write into

    def over(self, transport: Transport) -> Reader:
        return replace(self, browser=self.browser.over(transport))


def set_passwords(usernames: tuple[str, ...] = tuple(USERNAMES.values())) -> None:
    """These may log in; all other accounts of the measurement cannot."""
    from django.contrib.auth.hashers import make_password

    from ina.accounts.models import User

    User.objects.filter(username__in=usernames).update(password=make_password(PASSWORD))


def readers_of(transport: Transport) -> dict[str, Reader]:
    return {name: reader_of(transport, name, username) for name, username in USERNAMES.items()}


def reader_of(transport: Transport, name: str, username: str) -> Reader:
    """Logs in. ``name``: the kind of reader, which decides what they see."""
    browser = Browser(transport)
    browser.log_in(username, PASSWORD)
    facts, files = _facts(name, username)
    return Reader(name, username, browser, facts, files)


def _facts(name: str, username: str) -> tuple[dict[str, str], tuple[str, ...]]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], row_factory=dict_row) as owner:
        if name not in SCOPE:
            row = owner.execute("SELECT min(key) AS institution FROM institutions_institution").fetchone()
            return dict(row or {}), ()
        query = PERSON.format(scope=SCOPE[name]).encode()
        rows = owner.execute(query, {"username": username, "surname": "", "limit": WRITING_FILES}).fetchall()
        named = (
            owner.execute(query, {"username": username, "surname": "^[^öüä]{8,}$", "limit": 1}).fetchone() or rows[0]
        )
        umlaut = owner.execute(query, {"username": username, "surname": "[öüäÖÜ]", "limit": 1}).fetchone() or rows[0]
        own = owner.execute(
            "SELECT x.id AS responsible, x.team_id AS team, x.institution_id AS unit FROM accounts_membership x"
            " JOIN accounts_user u ON u.id = x.user_id WHERE u.username = %s",
            [username],
        ).fetchone()
    surname = named["surname"]
    facts = (
        rows[0]
        | {
            "scope": SCOPE_COLUMN[name],
            "scope_id": own[SCOPE_COLUMN[name]],
            "surname": surname,
            "given": named["given_name"],
            "beginning": surname[:4],
            "slip": surname[:3] + surname[4:],  # a letter forgotten
            "parts": f"{named['given_name'][:3]} {surname[:5]}",
            "umlaut": umlaut["surname"],
            "unfolded": _unfolded(umlaut["surname"]),
            "phase": "PREPARATION",
        }
    )
    return {key: str(value) for key, value in facts.items()}, tuple(row["number"] for row in rows)


def _unfolded(name: str) -> str:
    """As somebody types who has no umlauts on the keyboard."""
    for umlaut, letters in (("ö", "oe"), ("ü", "ue"), ("ä", "ae"), ("Ö", "Oe"), ("Ü", "Ue")):
        name = name.replace(umlaut, letters)
    return name
