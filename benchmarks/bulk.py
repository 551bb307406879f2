"""Loading many rows as the owner: indexes and keys are taken away and put back as they were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

# Tables about a person: they carry the dossier, or are it.
TABLES = """
SELECT c.oid::regclass::text FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
  AND (c.relname = 'access_dossier'
       OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'dossier_id'))
ORDER BY 1
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f' FROM pg_constraint
WHERE contype IN ('f', 'u', 'x') AND (conrelid::regclass::text = ANY(%(tables)s)
      OR (contype = 'f' AND confrelid::regclass::text = ANY(%(tables)s)))
ORDER BY contype <> 'f', conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%(tables)s) AND NOT indisprimary
ORDER BY 1
"""


@contextmanager
def without_indexes(connection: psycopg.Connection) -> Iterator[list[str]]:
    """All tables about a person without indexes and foreign keys; everything comes back at the end."""
    tables = [row[0] for row in connection.execute(TABLES)]
    constraints = connection.execute(CONSTRAINTS, {"tables": tables}).fetchall()
    for table, name, _, _ in constraints:
        _run(connection, "ALTER TABLE {} DROP CONSTRAINT {}", table, name)
    indexes = connection.execute(INDEXES, {"tables": tables}).fetchall()
    for name, _ in indexes:
        _run(connection, "DROP INDEX {}", name)
    yield tables
    connection.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        connection.execute(definition.encode())
    for table, name, definition, _ in sorted(constraints, key=lambda row: row[3]):
        statement = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(sql.Identifier(table), sql.Identifier(name))
        connection.execute(statement.as_bytes(connection) + definition.encode())
    for table in tables:
        _run(connection, "ANALYZE {}", table)


def set_sequences(connection: psycopg.Connection, tables: list[str]) -> None:
    """Rows came with their own ids: the next one continues after them."""
    for table in tables:
        last = sql.SQL("(SELECT coalesce(max(id), 0) + 1 FROM {})").format(sql.Identifier(table))
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), {}, false)").format(sql.Literal(table), last)
        )


def _run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
