"""What the database itself says about its tables, for tests that grow by themselves."""

from __future__ import annotations

from dataclasses import dataclass

TABLES = """
SELECT c.relname::text,
       CASE WHEN c.relname = 'access_dossier' THEN 'id'
            WHEN bool_or(a.attname = 'dossier_id') THEN 'dossier_id' ELSE 'holder_id' END,
       c.relrowsecurity, c.relispartition
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
 GROUP BY c.oid
HAVING bool_or(a.attname IN ('dossier_id', 'holder_id')) OR c.relname = 'access_dossier'
 ORDER BY 1
"""


@dataclass(frozen=True)
class Table:
    """A table about people: ``column`` says whose a row is (a dossier, or the holder of an upload)."""

    name: str
    column: str
    walled: bool
    is_partition: bool


def personal_tables(cursor) -> list[Table]:
    cursor.execute(TABLES)
    return [Table(*row) for row in cursor.fetchall()]


def rows(cursor, query: str, *parameters) -> list[tuple]:
    cursor.execute(query, parameters)
    return cursor.fetchall()
