"""``script/bench [--sizes 10000,100000,1000000] [--rounds N] [--quick] [--keep] [--json FILE] [--users N --minutes M]``

Fills a database for each size, measures pages, floors, walls, memory and throughput there, and judges the goals; what
each line means stands in docs/reference/measures.md. ``--quick`` is for every change: 10,000 cases, few rounds, no
server. ``--keep`` leaves the filled databases for the next run. ``--users`` lets so many people work at once instead.
Without ``--quick`` the exit code is 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks import databases, goals, tables
from benchmarks.labels import number
from benchmarks.population import populate

SETTINGS = "benchmarks.settings"
SIZES, ROUNDS, SECONDS = "10000,100000,1000000", 100, 1.5
QUICK_SIZES, QUICK_ROUNDS = "10000", 15


def main() -> int:
    options = _options()
    figures: dict[int, dict] = {}
    lines: list[goals.Line] = []
    for size in options.sizes:
        _say(f"{number(size)} Fälle")
        with databases.filled(size, lambda owner, size=size: _fill(owner, size), keep=options.keep) as addresses:
            figures[size] = _measure(addresses, size, options)
        judged = goals.judge_size(size, figures[size])
        lines += judged
        print(tables.of_size(size, figures[size], judged), flush=True)
        _write(options, figures, lines)
    if growth := goals.judge_growth(figures):
        lines += growth
        print(tables.of_goals(growth), flush=True)
        _write(options, figures, lines)
    return 0 if options.quick or all(line.ok for line in lines) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Misst Ziele und Böden in einem Lauf.")
    parser.add_argument("--sizes", help=f"Zahlen von Fällen, sonst {SIZES}; mit --users und --quick {QUICK_SIZES}")
    parser.add_argument("--rounds", type=int, help=f"Runden je Seite, sonst {ROUNDS}, mit --quick {QUICK_ROUNDS}")
    parser.add_argument("--seconds", type=float, help=f"je Seite mit 8 Clients, sonst {SECONDS:g}; 0: ohne")
    parser.add_argument("--quick", action="store_true", help="klein und kurz, für jede Änderung")
    parser.add_argument("--keep", action="store_true", help="gefüllte Datenbanken behalten und wieder verwenden")
    parser.add_argument("--json", help="Datei für alle Zahlen")
    parser.add_argument("--users", type=int, default=0, help="so viele Menschen arbeiten gleichzeitig, sonst niemand")
    parser.add_argument("--minutes", type=float, default=1.0, help="so lange, sonst 1")
    options = parser.parse_args()
    small = options.quick or options.users
    options.sizes = [int(part) for part in (options.sizes or (QUICK_SIZES if small else SIZES)).split(",")]
    options.rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    if options.seconds is None:
        options.seconds = 0.0 if options.quick else SECONDS
    return options


def _fill(address: str, size: int) -> None:
    begin = time.monotonic()
    with psycopg.connect(address, autocommit=True) as owner:
        populate(owner, size, datetime.now(UTC))
    _say(f"   erzeugt in {time.monotonic() - begin:.0f} s")


def _measure(addresses: dict[str, str], size: int, options: argparse.Namespace) -> dict:
    """In a process of its own: Django knows one database for its whole life."""
    command = [sys.executable, "-P", "-m", "benchmarks.measure"]
    for name in ("rounds", "seconds", "users", "minutes"):
        command += [f"--{name}", str(getattr(options, name))]
    if options.quick:
        command.append("--quick")
    environment = os.environ | addresses | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run([*command, "--size", str(size)], env=environment, stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit(done.returncode)  # what was wrong stands on the screen
    return json.loads(done.stdout)


def _write(options: argparse.Namespace, figures: dict[int, dict], lines: list[goals.Line]) -> None:
    if options.json:
        document = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "figures": figures,
            "goals": [vars(line) | {"ok": line.ok} for line in lines],
        }
        Path(options.json).write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
