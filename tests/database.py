"""Databases for tests: one migrated template with the cast, cloned per worker and, where asked, per test.

The template is kept between runs; its name carries a hash of all it is made from. Each run holds an advisory lock under
its own number, so that clones left by a killed run are recognised and dropped.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ina.ops.database_roles import drop_database, make_database, make_roles

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "ina_test_"
BUILD_LOCK = 4_201
KEPT_TEMPLATES = 5
# What a migrated database with the cast depends on.
MADE_FROM = (
    "ina/*/migrations/*.py",
    "ina/*/data/*",
    "ina/*/enums.py",
    "ina/*/enums/*.py",
    "ina/*/seed.py",
    "ina/*/models.py",
    "ina/*/models/*.py",
    "ina/access/wall.py",
    "ina/base/names.py",
    "ina/ops/database_roles.py",
    "requirements/base.txt",
    "tests/people.py",
    "tests/make_template.py",
)
ADDRESSES = {
    "DATABASE_URL": "ina_app",
    "DATABASE_OWNER_URL": "ina_owner",
    "DATABASE_BATCH_URL": "ina_batch",
    "DATABASE_EVALUATION_URL": "ina_eval",
}


def superuser_url() -> str:
    url = os.environ.get("INA_TEST_SUPERUSER_URL")
    assert url, "INA_TEST_SUPERUSER_URL fehlt: bitte script/test benutzen."
    return url


def address(variable: str, database: str) -> str:
    """The address of a log-in, in another database of the test server."""
    given = os.environ.get(variable) or make_conninfo(superuser_url(), user=ADDRESSES[variable])
    return make_conninfo(**conninfo_to_dict(given) | {"dbname": database})


@cache
def fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def template() -> str:
    """The name of the migrated template; made by the first worker that asks, the others wait for it."""
    name = f"{PREFIX}{fingerprint()}"
    with _administration() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
        _drop_left_over_clones(connection)
        if not _exists(connection, name):
            _build(connection, name)
            _drop_old_templates(connection)
        connection.execute("SELECT pg_advisory_unlock(%s)", [BUILD_LOCK])
    return name


def clone(suffix: str) -> str:
    """A database of its own with everything the template has. Drop it with ``drop``."""
    name = f"{template()}_{run_number()}_{suffix}"
    make_clone(template(), name)
    return name


def make_clone(original: str, name: str) -> None:
    """Nobody may be connected to ``original``. A clone keeps the privileges inside, not those on the database."""
    with _administration() as connection:
        connection.execute("SELECT pg_advisory_lock_shared(%s)", [BUILD_LOCK])
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER ina_owner TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(original)
            )
        )


def drop(name: str) -> None:
    drop_database(superuser_url(), name)


@cache
def run_number() -> int:
    """A number for this process; the lock under it lives as long as the process does."""
    number = os.getpid()
    _living.append(psycopg.connect(superuser_url(), autocommit=True))
    _living[0].execute("SELECT pg_advisory_lock(%s, %s)", [BUILD_LOCK, number])
    return number


_living: list[psycopg.Connection] = []


@contextmanager
def _administration() -> Iterator[psycopg.Connection]:
    with psycopg.connect(superuser_url(), autocommit=True) as connection:
        yield connection


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _build(connection: psycopg.Connection, name: str) -> None:
    """Under a passing name first, so that an interrupted build leaves no half-made template."""
    passing = f"{PREFIX}being_built"
    drop_database(superuser_url(), passing)
    make_roles(connection)
    make_database(superuser_url(), passing)
    environment = os.environ | {variable: address(variable, passing) for variable in ADDRESSES}
    done = subprocess.run(
        [sys.executable, "-m", "tests.make_template"],
        cwd=ROOT,
        env=environment | {"INA_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "ina.config.settings.test"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"The test database could not be made:\n{done.stdout}{done.stderr}")
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(passing), sql.Identifier(name)))


def _drop_left_over_clones(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIX}[0-9a-f]{{12}}_[0-9]+_"]
    ).fetchall()
    for (name,) in rows:
        number = int(name.removeprefix(PREFIX).split("_")[1])
        (dead,) = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [BUILD_LOCK, number]).fetchone() or (False,)
        if dead:
            drop_database(superuser_url(), name)
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", [BUILD_LOCK, number])


def _drop_old_templates(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid DESC", [f"^{PREFIX}[0-9a-f]{{12}}$"]
    ).fetchall()
    for (name,) in rows[KEPT_TEMPLATES:]:
        drop_database(superuser_url(), name)


def owner_address() -> str:
    """The owner's log-in to the database that this process works on (tests.arrange)."""
    return os.environ["DATABASE_OWNER_URL"]
