"""Fixtures and tripwires for the whole suite.

Databases (tests/database.py): each worker works on its own clone of one migrated template that holds the cast
(tests/people.py). Tests marked ``django_db`` are wrapped: what they write over ``default`` and ``log`` is undone. Tests
with ``committed_db`` get a clone of their own in which everything really commits, for what needs two connections.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connections, transaction

from tests import database, tripwires
from tests import people as cast

pytest_plugins = ["tests.browser"]

WRAPPED = ["default", "log"]
ALIASES = {
    "default": "DATABASE_URL",
    "log": "DATABASE_URL",
    "batch": "DATABASE_BATCH_URL",
    "facts": "DATABASE_EVALUATION_URL",
}
NOW = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Berlin"))


def pytest_collection_modifyitems(items):
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is None and "db" not in getattr(item, "fixturenames", ()):
            continue
        options = dict(mark.kwargs) if mark else {}
        assert not options.get("transaction"), f"{item.nodeid}: use committed_db, nothing may be flushed here"
        options.setdefault("databases", WRAPPED)
        item.add_marker(pytest.mark.django_db(**options), append=False)


# --- databases ---------------------------------------------------------------------------------------------------


def _point_at(name: str) -> None:
    """Let all aliases of this process use one database, each with its own log-in."""
    from ina.config.databases import one

    connections.close_all()
    for alias, variable in ALIASES.items():
        entry = one(database.address(variable, name), CONN_HEALTH_CHECKS=False)
        connections.settings.setdefault(alias, {}).update(connections.configure_settings({"default": entry})["default"])


@pytest.fixture(scope="session")
def worker_database():
    """The name of this worker's clone."""
    name = database.clone(os.environ.get("PYTEST_XDIST_WORKER", "sole"))
    yield name
    database.drop(name)


@pytest.fixture(scope="session")
def django_db_setup(worker_database, django_db_blocker):
    with django_db_blocker.unblock():
        _point_at(worker_database)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def committed_db(request, django_db_setup, worker_database, django_db_blocker):
    """A database of its own in which everything commits: for the batch and evaluation log-ins, for two transactions
    at once, for what happens on commit. Dropped afterwards. Not together with ``django_db``."""
    assert request.node.get_closest_marker("django_db") is None, "committed_db and django_db exclude each other"
    name = database.clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'sole')}_own")
    with django_db_blocker.unblock():
        _point_at(name)
        try:
            yield name
        finally:
            _point_at(worker_database)
            database.drop(name)


@pytest.fixture
def owner_of_tables(request):
    """A connection of the owner, who sees everything that is committed: to arrange and to look, with committed_db."""
    with psycopg.connect(
        database.address("DATABASE_OWNER_URL", request.getfixturevalue("committed_db")), autocommit=True
    ) as connection:
        yield connection


# --- people ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def people(worker_database):
    """The cast: ``people.alma`` …; ids only, the same in every clone, so it needs no database mark."""
    with psycopg.connect(database.address("DATABASE_OWNER_URL", worker_database)) as connection:
        return cast.read(connection)


@contextmanager
def acting(who, *, using: str = "default"):
    """A transaction in which the wall sees with the eyes of a member of the cast, or of an actor. Answers the actor."""
    from ina.access.context import acting_as

    with transaction.atomic(using=using):
        actor = getattr(who, "actor", who)
        with acting_as(actor, using=using):
            yield actor


@pytest.fixture
def act_as():
    """``with act_as(people.alma) as actor:`` — see ``acting``."""
    return acting


@pytest.fixture
def bare_sql():
    """``with bare_sql(people.alma) as cursor:`` — the application's log-in, nothing between the test and the wall."""

    @contextmanager
    def enter(who):
        with acting(who), connections["default"].cursor() as cursor:
            yield cursor

    return enter


@pytest.fixture
def client_of():
    """``client_of(people.alma)`` — a test client logged in as somebody, in their position."""
    from django.test import Client

    from ina.accounts.models import User

    def log_in(member, **options):
        client = Client(**options)
        client.force_login(User.objects.get(pk=member.user_id))
        session = client.session
        session["membership"] = member.membership_id
        session.save()
        return client

    return log_in


# --- time --------------------------------------------------------------------------------------------------------


@pytest.fixture
def now() -> datetime:
    """Monday, 23 November 2026, 12:00 in Germany. What ends after hours or days needs ``moment``: the wall asks the
    database's own clock."""
    return NOW


@pytest.fixture
def moment(db) -> datetime:
    """The beginning of this test's transaction, by the database's clock: for grants that end."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


@pytest.fixture
def clock(monkeypatch):
    """The application's clock stands still at ``now``; ``clock.set(moment)`` moves it."""
    from django.utils import timezone

    class Clock:
        moment = NOW

        def set(self, moment: datetime) -> None:
            self.moment = moment

    standing = Clock()
    monkeypatch.setattr(timezone, "now", lambda: standing.moment.astimezone(ZoneInfo("UTC")))
    return standing


# --- the trail ---------------------------------------------------------------------------------------------------


@pytest.fixture
def trail():
    """``trail()`` — what this test left in the trail, in the order of writing: lines with action, actor, dossier_id,
    subject, reason, details. Operations and reads are on two connections; both are read."""
    from collections import namedtuple

    columns = ("id", "at", "action", "actor", "user_id", "membership_id", "dossier_id", "subject", "reason", "details")
    line = namedtuple("line", columns)

    def read(action: str = "") -> list:
        lines = {}
        for alias in WRAPPED:
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                cursor.execute("SELECT current_setting('ina.check', true), set_config('ina.check', 'on', true)")
                before = cursor.fetchone()[0] or ""
                cursor.execute(f"SELECT {', '.join(columns[:-1])}, details::text FROM audit_entry ORDER BY id")
                for row in cursor.fetchall():
                    lines[row[0]] = line(*row[:-1], _json(row[-1]))
                cursor.execute("SELECT set_config('ina.check', %s, true)", [before])
        found = [lines[key] for key in sorted(lines)]
        return [one for one in found if one.action == action] if action else found

    return read


def _json(text: str):
    import json

    return json.loads(text)


# --- tripwires ---------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def tripwires_laid():
    """No query in a template, no network, no moment where a day is meant; every answer is looked at. A trip that
    somebody's ``except`` swallowed fails the test all the same."""
    tripwires.tripped.clear()
    with ExitStack() as stack:
        for wire in (
            tripwires.no_query_in_templates,
            tripwires.no_network,
            tripwires.no_moment_in_a_day,
            tripwires.answers_checked,
        ):
            stack.enter_context(wire())
        yield
    swallowed, tripwires.tripped[:] = list(tripwires.tripped), []
    assert not swallowed, f"tripwires: {swallowed}"
