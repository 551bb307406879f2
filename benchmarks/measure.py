"""One size, in a process of its own whose addresses lead to the filled clone. Prints the figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from dataclasses import asdict

import django
import psycopg

# Above this many the comparison of all list rows with their facts takes minutes.
COMPARED = 10_000
LOG_IN_ROUNDS = 5
NEEDED = ("pages", "statements")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="je Seite mit acht Clients; 0: kein Server")
    parser.add_argument("--quick", action="store_true", help="eine kurze Gefangenenliste")
    parser.add_argument("--users", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1.0)
    options = parser.parse_args()
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler

    from benchmarks import floors, thin
    from benchmarks.browser import InProcess
    from benchmarks.readers import readers_of, set_passwords

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        floors.make_tables(owner)
        owner.execute(thin.RIGHTS)
    if options.size <= COMPARED:
        _compare()
    set_passwords()
    if options.users:
        from benchmarks import users

        json.dump({"users": users.measure(options.users, options.minutes)}, sys.stdout)
        return
    transport = InProcess(WSGIHandler())
    figures = _figures(readers_of(transport), transport, options)
    json.dump(figures, sys.stdout, default=asdict)


def _figures(readers, transport, options) -> dict:
    from benchmarks import case, exports, gate, network, pages

    found = pages.calls_of(readers)
    calls, rounds = found.of, options.rounds
    figures = {"missing": found.missing, "broken": found.broken}
    parts = {
        "pages": lambda: _pages(calls, rounds),
        "statements": lambda: _statements(calls, rounds),
        "walls": lambda: _walls(calls, rounds),
        "log row": lambda: _log_row(rounds),
        "evaluation": lambda: _evaluation(max(5, rounds // 10)),
        "exports": lambda: exports.measure(readers["lead"], transport.application),
        "log-in": lambda: _log_in(transport, max(LOG_IN_ROUNDS, rounds // 10)),
    }
    if options.seconds:
        parts["server"] = lambda: _server(readers, calls, options.seconds)
    parts["network"] = lambda: network.measure(rounds, long=not options.quick)
    parts["gate"] = lambda: gate.measure(rounds, long=not options.quick)
    # Last: it brings thousands of cases more.
    parts["case"] = lambda: case.measure(rounds, long=not options.quick)
    for name, part in parts.items():
        begin = time.monotonic()
        try:
            figures[name] = part()
        except Exception as error:  # the other parts took minutes and are worth having
            if name in NEEDED:
                raise
            traceback.print_exc()
            found.broken[name] = repr(error)
        print(f"      {name}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return figures


def _server(readers, calls, seconds: float) -> dict:
    """The real server: every page under one and eight clients, and the memory of a worker after them."""
    from benchmarks import load
    from benchmarks.labels import CASES
    from benchmarks.process import Server

    with Server() as server:
        names = {name: list(asked) for name, asked in calls.items()}
        clients = load.measure(server, readers, names, seconds)
        beside = {name: load.beside(server, readers[name], seconds) for name in CASES if "list" in calls[name]}
        return {"clients": clients, "beside": beside, "memory": server.memory()}


def _compare() -> None:
    """A list row that says something else than its case would make every figure about lists worthless."""
    from ina.cases.operations.worklist import compare_all

    if wrong := compare_all():
        raise RuntimeError(f"{wrong} list rows were not what their cases say")


def _pages(calls, rounds: int) -> dict:
    from benchmarks.timing import side_by_side

    found: dict = {}
    for name, asked in calls.items():
        found[name] = side_by_side(asked, rounds)
    return found


def _statements(calls, rounds: int) -> dict:
    """Per page: bytes, statements, the reading ones alone in ms, the slowest, large tables that they walk through."""
    from benchmarks import statements
    from benchmarks.browser import Answer
    from benchmarks.pages import WRITING

    found: dict = {}
    for name, asked in calls.items():
        found[name] = {}
        for page, ask in asked.items():
            answer = ask()
            said = statements.of_page(ask)
            one = {"count": len(said), "bytes": len(answer.body) if isinstance(answer, Answer) else 0, "walked": []}
            if page in WRITING:
                one["slowest"] = statements.slowest_of(said)
            else:
                floor = statements.floor_of(said, max(10, rounds // 4))
                one |= {"bare": floor.together, "slowest": floor.slowest, "plan": floor.plan}
                one["walked"] = statements.walked_tables(said)
            found[name][page] = one
    return found


def _walls(calls, rounds: int) -> dict:
    from benchmarks import walls
    from benchmarks.labels import CASES

    pages = {f"{page}: {name}": calls[name][page] for name in CASES for page in ("list", "file") if page in calls[name]}
    return walls.measure(pages, rounds)


def _log_row(rounds: int) -> dict:
    from benchmarks.timing import side_by_side
    from ina.audit.trail import record_read
    from ina.base import clock
    from ina.base.actor import System

    actor = System("bench")
    return side_by_side({"log row": lambda: record_read(action="read.nothing", actor=actor, now=clock.now())}, rounds)


def _log_in(transport, rounds: int) -> dict:
    """The whole log-in, and the hashing of the password in it: slow on purpose."""
    from django.contrib.auth.hashers import check_password

    from benchmarks.browser import Browser
    from benchmarks.readers import PASSWORD, USERNAMES
    from benchmarks.timing import side_by_side
    from ina.accounts.models import User

    encoded = User.objects.get(username=USERNAMES["manager"]).password
    return side_by_side(
        {
            "log-in": lambda: Browser(transport).log_in(USERNAMES["manager"], PASSWORD),
            "password hash": lambda: check_password(PASSWORD, encoded),
        },
        rounds,
        warm_up=1,
    )


def _evaluation(rounds: int) -> dict:
    """Making the facts anew from all files, and the evaluator's figures from them."""
    from benchmarks.timing import side_by_side
    from ina.accounts.enums import Role
    from ina.base import clock
    from ina.base.actor import Person, System
    from ina.evaluation.operations import rebuild_facts
    from ina.evaluation.queries import get_report

    reader = Person(id=0, membership=0, role_code=Role.EVALUATOR, institution_id=0)
    rebuild = {"rebuild facts": lambda: rebuild_facts(actor=System("facts"), now=clock.now())}
    report = {"report": lambda: get_report(reader, today=clock.today())}
    return side_by_side(rebuild, 1, warm_up=0) | side_by_side(report, rounds, warm_up=1)


if __name__ == "__main__":
    main()
