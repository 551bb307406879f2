"""A database for each size, cloned from the migrated one and dropped afterwards.

With ``keep`` the filled database stays beside as a template: the next run clones that, as long as nothing has changed
that would fill it otherwise (migrations, the code that fills, the day).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ina.ops.database_roles import drop_database, make_database

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BATCH_URL", "DATABASE_EVALUATION_URL")
FILLED_BY = ("population.py", "steps.py", "desk.py", "bulk.py")


@contextmanager
def filled(size: int, fill: Callable[[str], None], *, keep: bool) -> Iterator[dict[str, str]]:
    """The addresses of a fresh, filled database as environment variables. ``fill``: called with the owner's address.
    The original must be migrated and without people."""
    superuser, name = os.environ["INA_TEST_SUPERUSER_URL"], f"bench_{size}"
    template, mark = f"{name}_kept", _mark()
    drop_database(superuser, name)
    if not (keep and _comment(superuser, template) == mark):
        drop_database(superuser, template)
        made = template if keep else name
        original = str(conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"])
        make_database(superuser, made, template=original)
        fill(make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=made))
        if keep:
            _say_of(superuser, template, mark)
    if keep:
        _copy(superuser, template, name)
        make_database(superuser, name)  # rights on the database are not cloned
    try:
        yield {variable: make_conninfo(os.environ[variable], dbname=name) for variable in ADDRESSES}
    finally:
        drop_database(superuser, name)


def _copy(superuser: str, template: str, name: str) -> None:
    """File by file: gigabytes need not pass through the log."""
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER ina_owner STRATEGY FILE_COPY")
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))


def _mark() -> str:
    """What decides about the contents of a filled database."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        migrations = owner.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2").fetchall()
    here = Path(__file__).parent
    code = b"".join((here / file).read_bytes() for file in FILLED_BY)
    return hashlib.sha256(repr((migrations, date.today())).encode() + code).hexdigest()


def _comment(superuser: str, database: str) -> str | None:
    with psycopg.connect(superuser) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
    return row[0] if row else None


def _say_of(superuser: str, database: str, comment: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), sql.Literal(comment))
        )
