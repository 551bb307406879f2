"""``script/bench [--sizes 10000,100000,1000000] [--rounds N] [--quick] [--json FILE]``

Fills a database for each size, measures pages, floors, walls, memory and throughput there, and judges the goals.
``--quick`` is for every change: 10,000 cases, few rounds, no server. Else the exit code is 1 when a goal is missed.
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

from benchmarks import databases, goals
from benchmarks.population import populate

SETTINGS = "benchmarks.settings"
SIZES, ROUNDS = "10000,100000,1000000", 100
QUICK_SIZES, QUICK_ROUNDS = "10000", 15


def main() -> int:
    options = _options()
    figures: dict[int, dict] = {}
    for size in (int(part) for part in options.sizes.split(",")):
        _say(f"{size:,} Fälle".replace(",", "."))
        with databases.clone(size) as addresses:
            begin = time.monotonic()
            with psycopg.connect(addresses["DATABASE_OWNER_URL"], autocommit=True) as owner:
                populate(owner, size, datetime.now(UTC))
            _say(f"   erzeugt in {time.monotonic() - begin:.0f} s")
            figures[size] = _measure(addresses, options)
    lines = goals.judge(figures)
    print(goals.table(lines))
    if options.json:
        document = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "figures": figures,
            "goals": [vars(line) | {"ok": line.ok} for line in lines],
        }
        Path(options.json).write_text(json.dumps(document, ensure_ascii=False, indent=1))
    return 0 if options.quick or all(line.ok for line in lines) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Misst Ziele und Böden in einem Lauf.")
    parser.add_argument("--sizes", help=f"Zahlen von Fällen, sonst {SIZES}")
    parser.add_argument("--rounds", type=int, help=f"Runden je Seite, sonst {ROUNDS}")
    parser.add_argument("--quick", action="store_true", help="klein und kurz, für jede Änderung")
    parser.add_argument("--json", help="Datei für alle Zahlen")
    options = parser.parse_args()
    options.sizes = options.sizes or (QUICK_SIZES if options.quick else SIZES)
    options.rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    return options


def _measure(addresses: dict[str, str], options: argparse.Namespace) -> dict:
    """In a process of its own: Django knows one database for its whole life."""
    command = [sys.executable, "-P", "-m", "benchmarks.measure", "--rounds", str(options.rounds)]
    if options.quick:
        command.append("--no-server")
    environment = os.environ | addresses | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
