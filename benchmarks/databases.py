"""A database for each size, cloned from the migrated one and dropped afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ina.ops.database_roles import drop_database, make_database

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BATCH_URL", "DATABASE_EVALUATION_URL")


@contextmanager
def clone(size: int) -> Iterator[dict[str, str]]:
    """The addresses of a fresh clone as environment variables. The original must be migrated and without people."""
    superuser = os.environ["INA_TEST_SUPERUSER_URL"]
    original = str(conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"])
    name = f"bench_{size}"
    drop_database(superuser, name)
    make_database(superuser, name, template=original)
    try:
        yield {variable: make_conninfo(os.environ[variable], dbname=name) for variable in ADDRESSES}
    finally:
        drop_database(superuser, name)
