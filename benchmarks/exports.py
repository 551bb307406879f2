"""The list of a whole site as a file: CSV from the web process, a workbook from the job, COPY of the same rows."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterable

import psycopg

from benchmarks.browser import Browser, InProcess, expect
from benchmarks.case import acting
from benchmarks.process import forget_own_peak, own_memory
from benchmarks.readers import Reader

TIMES = 3
COPY = """
COPY (SELECT d.number, w.case_number, p.surname, p.given_name, w.state, w.step, w.planning_key, w.planning_kind,
             w.planning_status, w.due_key, i.short_name, u.display_name, w.last_contact_on
      FROM cases_worklist w JOIN access_dossier d ON d.id = w.dossier_id
          JOIN cases_participant p ON p.dossier_id = w.dossier_id JOIN institutions_institution i ON i.id = w.unit_id
          LEFT JOIN accounts_membership m ON m.id = w.responsible_id LEFT JOIN accounts_user u ON u.id = m.user_id
      WHERE w.team_id = {team} AND w.is_open ORDER BY w.due_key, w.case_id) TO STDOUT (FORMAT csv)
"""


class _Draining(InProcess):
    """Lets the pieces of an answer go as they come: a file that is downloaded lies in nobody's memory."""

    lines = 0

    def collect(self, parts: Iterable[bytes]) -> bytes:
        self.lines = sum(piece.count(b"\n") for piece in parts)
        return b""


def measure(reader: Reader, application) -> dict:
    """Seconds, rows and megabytes more at the highest, by kind of file, with the seconds of COPY: without the wall (the
    owner's, the floor), and with it. ``reader``: of a whole site."""
    transport = _Draining(application)
    browser = Browser(transport, reader.browser.cookies, reader.browser.token)

    def csv() -> None:
        expect(browser.post("/faelle/liste.csv", {}), 200)

    seconds, more = _taken(csv)
    rows = transport.lines - 1  # the headings
    copied, walled = _copied(reader), _copied_behind_the_wall(reader)
    found = {"CSV": {"rows": rows, "seconds": seconds, "memory": more, "copy": copied, "copy with wall": walled}}
    seconds, more = _taken(_workbook(reader))
    found["XLSX"] = {"rows": rows, "seconds": seconds, "memory": more, "copy": copied, "copy with wall": walled}
    return found


def _workbook(reader: Reader) -> Callable[[], None]:
    """The job as the worker runs it, the workbook kept and deleted again included."""
    from ina.access.jobs import describe
    from ina.base import clock
    from ina.cases.operations.list_exports import delete_export, order_export
    from ina.cases.queries.list_exports import get_export
    from ina.exchange.tasks import export_cases

    def make() -> None:
        with acting(reader.username, keep=True) as actor:
            ordered = order_export(actor=actor, query={}, now=clock.now())
        export_cases(actor=describe(actor), export_id=ordered.pk)
        with acting(reader.username, keep=True) as actor:
            if get_export(actor, ordered.pk).state != "READY":
                raise RuntimeError("the workbook could not be made")
            delete_export(actor=actor, listexport_id=ordered.pk, now=clock.now())

    return make


def _taken(make: Callable[[], None]) -> tuple[float, float]:
    """Seconds (the median), and megabytes that this process needed more at the highest, once it is warm."""
    make()
    gc.collect()
    forget_own_peak()
    before = own_memory()["now"]
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        make()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken), round(max(0.0, own_memory()["peak"] - before), 1)


def _copied(reader: Reader) -> float:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        return _median_copy(owner.cursor(), reader)


def _copied_behind_the_wall(reader: Reader) -> float:
    from django.db import connection

    with acting(reader.username), connection.cursor() as cursor:
        return _median_copy(cursor.cursor, reader)


def _median_copy(cursor, reader: Reader) -> float:
    taken = []
    for _ in range(TIMES + 1):
        begin = time.perf_counter()
        with cursor.copy(COPY.format(team=int(reader.facts["scope_id"])).encode()) as copy:
            for _piece in copy:
                pass
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken[1:])
