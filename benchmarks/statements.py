"""What a page asks the database: how many statements, how long they take alone, and whether any walks a whole table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import connections, transaction

from benchmarks.timing import Timing, side_by_side

ALIASES = ("default", "log")
NOT_COUNTED = re.compile(r"^\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO|BEGIN|COMMIT)", re.IGNORECASE)
WALK = re.compile(r"Seq Scan on (\w+).*?rows=(\d+)")
# A table of this size may be walked: code lists, institutions, the few rows of a small measurement.
SMALL_TABLE = 2_000


@dataclass(frozen=True)
class Statement:
    alias: str
    sql: str
    parameters: tuple


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """All statements of this process inside, savepoints not."""
    found: list[Statement] = []

    def watch(alias):
        def wrapper(execute, sql, parameters, many, context):
            if not NOT_COUNTED.match(sql):
                found.append(Statement(alias, sql, tuple(parameters or ())))
            return execute(sql, parameters, many, context)

        return wrapper

    with ExitStack() as stack:
        for alias in ALIASES:
            stack.enter_context(connections[alias].execute_wrapper(watch(alias)))
        yield found


def of_page(ask: Callable[[], object]) -> list[Statement]:
    """Of two visits the shorter one: once a minute a session notes that it is still used."""
    visits = []
    for _ in range(2):
        with recorded() as found:
            ask()
        visits.append(found)
    return min(visits, key=len)


def reads(statements: list[Statement]) -> list[Statement]:
    """Those that can be asked again without a trace."""
    return [one for one in statements if one.alias == "default" and one.sql.lstrip().upper().startswith("SELECT")]


def bare_time(statements: list[Statement], rounds: int) -> Timing:
    """The reading statements of a page one after the other, nothing of Django between but the cursor."""
    repeated = reads(statements)

    def ask() -> None:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            for one in repeated:
                cursor.cursor.execute(one.sql, one.parameters)
                cursor.cursor.fetchall()

    return side_by_side({"": ask}, rounds)[""]


def plans(statements: list[Statement]) -> list[tuple[str, str]]:
    """(statement, plan) of each reading statement, as the page runs it."""
    found = []
    with transaction.atomic(), connections["default"].cursor() as cursor:
        for one in reads(statements):
            if "access_enter" in one.sql:
                cursor.execute(one.sql, one.parameters)
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {one.sql}", one.parameters)
            found.append((one.sql, "\n".join(row[0] for row in cursor.fetchall())))
    return found


def walked_tables(statements: list[Statement]) -> list[str]:
    """Tables that a statement of the page read from end to end though they are not small."""
    walked = set()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind IN ('r', 'p')")
        sizes = dict(cursor.fetchall())
    for _, plan in plans(statements):
        walked |= {table for table, _ in WALK.findall(plan) if sizes.get(table, 0) > SMALL_TABLE}
    return sorted(walked)
