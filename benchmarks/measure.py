"""One size, in a process of its own whose addresses lead to the filled clone. Prints the figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict

import django
import psycopg


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--no-server", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler

    from benchmarks import case, floors, pages

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        floors.make_table(owner)
    pages.set_passwords()
    application = WSGIHandler()
    readers = pages.readers_of(application)
    figures = {
        "pages": _pages(readers, options.rounds),
        "statements": _statements(readers, options.rounds),
        "walls": _walls(readers, options.rounds),
        "log row": _log_row(options.rounds),
        "evaluation": _evaluation(max(5, options.rounds // 10)),
        "case": case.measure(options.rounds, long=not options.no_server),
        "log-in": _log_in(application, max(5, options.rounds // 10)),
    }
    if not options.no_server:
        figures["server"] = _server(readers)
    json.dump(figures, sys.stdout, default=asdict)


def _pages(readers, rounds: int) -> dict:
    from benchmarks.timing import side_by_side

    found: dict = {}
    for name, reader in readers.items():
        found[name] = side_by_side(reader.pages, rounds)
        print(f"      {name}: {len(reader.pages)} Seiten", file=sys.stderr, flush=True)
    return found


def _statements(readers, rounds: int) -> dict:
    """Per page: statements of the page, its reading ones alone in ms, large tables that they walk through."""
    from benchmarks import statements

    found: dict = {}
    for name, reader in readers.items():
        found[name] = {}
        for page, ask in reader.pages.items():
            if page in ("create", "bare form"):
                found[name][page] = {"count": len(statements.of_page(ask)), "bare": None, "walked": []}
                continue
            asked = statements.of_page(ask)
            found[name][page] = {
                "count": len(asked),
                "bare": statements.bare_time(asked, max(10, rounds // 4)),
                "walked": statements.walked_tables(asked),
            }
    return found


def _walls(readers, rounds: int) -> dict:
    from benchmarks import walls

    calls = {
        f"{page}: {name}": readers[name].pages[page]
        for name in ("manager", "lead", "social")
        for page in ("list", "file")
    }
    return walls.measure(calls, rounds)


def _log_row(rounds: int) -> dict:
    from benchmarks.timing import side_by_side
    from ina.audit.trail import record_read
    from ina.base import clock
    from ina.base.actor import System

    actor = System("bench")
    return side_by_side({"log row": lambda: record_read(action="read.nothing", actor=actor, now=clock.now())}, rounds)


def _log_in(application, rounds: int) -> dict:
    """The whole log-in, and the hashing of the password in it: slow on purpose."""
    from django.contrib.auth.hashers import check_password

    from benchmarks.browser import Browser
    from benchmarks.pages import PASSWORD, READERS
    from benchmarks.timing import side_by_side
    from ina.accounts.models import User

    encoded = User.objects.get(username=READERS["manager"]).password
    return side_by_side(
        {
            "log-in": lambda: Browser(application).log_in(READERS["manager"], PASSWORD),
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


def _server(readers) -> dict:
    from benchmarks.process import Server

    cookies = {
        name: "; ".join(f"{key}={value}" for key, value in reader.browser.cookies.items())
        for name, reader in readers.items()
    }
    with Server() as server:
        for name, reader in readers.items():
            for path in reader.addresses * 4:  # each worker process should meet each page
                server.get(path, cookies[name])
        mixed = list(cookies.values())
        return {
            "empty per second": round(server.pages_per_second("/bench/leer/", mixed), 1),
            "list per second": round(server.pages_per_second("/faelle/", mixed), 1),
            "memory": round(server.peak_memory(), 1),
        }


if __name__ == "__main__":
    main()
