"""The wall taken down and put up again, by the owner, on a database that is thrown away afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable

import psycopg
from psycopg import sql

from benchmarks.timing import Timing, side_by_side

BLOCKS = 4


def measure(pages: dict[str, Callable[[], object]], rounds: int) -> dict[str, dict[str, Timing]]:
    """Each page with the wall and without, in turns."""
    taken: dict[str, dict[str, list[Timing]]] = {page: {"on": [], "off": []} for page in pages}
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        tables = [
            row[0]
            for row in owner.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')")
        ]
        for _ in range(BLOCKS):
            for state, verb in (("on", "ENABLE"), ("off", "DISABLE")):
                _set(owner, tables, verb)
                for page, timing in side_by_side(pages, max(10, rounds // BLOCKS)).items():
                    taken[page][state].append(timing)
        _set(owner, tables, "ENABLE")
    return {page: {state: _best(timings) for state, timings in states.items()} for page, states in taken.items()}


def _set(owner: psycopg.Connection, tables: list[str], verb: str) -> None:
    for table in tables:
        owner.execute(sql.SQL("ALTER TABLE {} " + verb + " ROW LEVEL SECURITY").format(sql.Identifier(table)))


def _best(timings: list[Timing]) -> Timing:
    """The quietest block: both states had the same chances."""
    return min(timings, key=lambda timing: timing.p50)
