"""What a page asks the database: how many statements, how long they take alone, and whether any walks a whole table."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psycopg
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections

from benchmarks.timing import Timing, timing_of
from ina.config.databases import BOUNDED

ALIASES = ("default", "log")
NOT_COUNTED = re.compile(r"^\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO|BEGIN|COMMIT)", re.IGNORECASE)
READS = re.compile(r"^\s*(SELECT|WITH)\b", re.IGNORECASE)
WALK = re.compile(r"Seq Scan on (\w+)")
# A table of this size may be walked: code lists, institutions, the few rows of a small measurement.
SMALL_TABLE = 2_000
SLOWEST = 3
COUNT = "BENCH_COUNT"
HEADER = "X-Statements"


@dataclass(frozen=True)
class Statement:
    """``sql``: with its values in it. ``prepared``: text and values of one that the server has prepared."""

    alias: str
    sql: str
    ms: float  # as it took inside the page
    prepared: tuple[str, Mapping] | None = None

    def ask(self, connection: psycopg.Connection) -> None:
        """As the page asked it: values bound by the client, or by the server where it was prepared."""
        if self.prepared:
            cursor = psycopg.Cursor(connection)
            cursor.execute(self.prepared[0].encode(), self.prepared[1], prepare=True, binary=True)
        else:
            cursor = connection.execute(self.sql.encode())
        if cursor.description:
            cursor.fetchall()


@dataclass(frozen=True)
class Floor:
    """The statements of one page, without Django: all together, and the slowest ones with the plan of the first."""

    together: Timing
    slowest: list[tuple[float, str]]
    plan: str


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """All statements of this process inside, savepoints not."""
    found: list[Statement] = []

    def watch(alias):
        def wrapper(execute, sql, parameters, many, context):
            if not NOT_COUNTED.match(sql):
                connection = connections[alias]
                said = connection.ops.compose_sql(sql, parameters) if parameters and not many else sql
                kept = (sql, parameters) if isinstance(parameters, Mapping) else None
                begin = time.perf_counter()
                answer = execute(sql, parameters, many, context)
                found.append(Statement(alias, said, round((time.perf_counter() - begin) * 1000, 3), kept))
                return answer
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


def slowest_of(statements: list[Statement]) -> list[tuple[float, str]]:
    """As they took inside the page: of one that writes, which cannot be asked again."""
    return sorted(((one.ms, one.sql) for one in statements), reverse=True)[:SLOWEST]


def floor_of(statements: list[Statement], rounds: int) -> Floor:
    """The same statements once more: same log-in, same settings, two connections as the page has, psycopg alone.

    Asked again are those that read, and the lines of the trail; what the page changes otherwise it has changed.
    """
    again = [one for one in statements if one.alias == "log" or READS.match(one.sql)]
    taken: list[float] = []
    single: dict[int, list[float]] = {number: [] for number in range(len(again))}
    with ExitStack() as stack:
        ways = {alias: stack.enter_context(_connected()) for alias in ALIASES}
        for turn in range(-2, rounds):
            begin = time.perf_counter()
            with ways["default"].transaction():
                for number, one in enumerate(again):
                    before = time.perf_counter()
                    one.ask(ways[one.alias])
                    if turn >= 0:
                        single[number].append(time.perf_counter() - before)
            if turn >= 0:
                taken.append(time.perf_counter() - begin)
    costs = sorted(((timing_of(each).p50, again[number].sql) for number, each in single.items()), reverse=True)
    slowest = costs[:SLOWEST]
    shown = dict(plans([one for one in again if one.alias == "default"]))
    return Floor(timing_of(taken), slowest, shown.get(slowest[0][1], "") if slowest else "")


def plans(statements: list[Statement]) -> list[tuple[str, str]]:
    """(statement, plan) of each reading statement, as the page runs it."""
    found = []
    with _connected() as connection, connection.transaction():
        for one in statements:
            if one.alias != "default" or not READS.match(one.sql):
                continue
            if "access_enter" in one.sql:
                connection.execute(one.sql.encode())
                continue
            rows = connection.execute(b"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + one.sql.encode()).fetchall()
            found.append((one.sql, "\n".join(row[0] for row in rows)))
    return found


def walked_tables(statements: list[Statement]) -> list[str]:
    """Tables that a statement of the page read from end to end though they are not small."""
    walked: set[str] = set()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind IN ('r', 'p')")
        sizes = dict(cursor.fetchall())
    for _, plan in plans(statements):
        walked |= {table for table in WALK.findall(plan) if sizes.get(table, 0) > SMALL_TABLE}
    return sorted(walked)


def _connected() -> psycopg.Connection:
    return psycopg.connect(
        os.environ["DATABASE_URL"], options=BOUNDED, autocommit=True, cursor_factory=psycopg.ClientCursor
    )


class CountingMiddleware:
    """Says in a header how many statements a page took; only where the environment asks for it."""

    def __init__(self, get_response):
        if not os.environ.get(COUNT):
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        with ExitStack() as stack:
            counted = [0]

            def count(execute, sql, parameters, many, context):
                counted[0] += not NOT_COUNTED.match(sql)
                return execute(sql, parameters, many, context)

            for alias in ALIASES:
                stack.enter_context(connections[alias].execute_wrapper(count))
            response = self.get_response(request)
        response.headers[HEADER] = str(counted[0])
        return response
