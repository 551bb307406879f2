"""The figures as people read them: pages, goals, and what makes a missed one slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.goals import Line
from benchmarks.labels import LABELS, number

PAGES = ("Seite", "wer", "p50 ms", "p95 ms", "E", "SQL", "SQL ms", "KB", "1: je s", "8: je s", "8: p50", "8: p95")
GOALS = ("Ziel", "was", "Fälle", "gemessen", "Grenze", "", "Boden")
USERS = ("Seite", "Anfragen", "p50 ms", "p95 ms", "SQL", "Fehler")
SHOWN = 150  # characters of a slow statement


def of_size(size: int, figure: dict, lines: list[Line]) -> str:
    """Everything about one size, for the screen."""
    if "users" in figure:
        return f"\n{of_users(figure['users'])}\n\n{of_goals(lines)}\n"
    parts = [f"\n== {number(size)} Fälle{of_noise(figure)}", of_pages(figure), of_goals(lines), of_slow(figure, lines)]
    return "\n\n".join(part for part in parts if part) + "\n"


def of_noise(figure: dict) -> str:
    """A warning when the quietest round of the empty view took less than half of what it took mostly."""
    e = figure["pages"]["manager"]["empty"]
    if e["p50"] <= 2 * e["least"]:
        return ""
    return f" – laute Nachbarn: E braucht {e['p50']:.1f} ms, in der ruhigsten Runde {e['least']:.1f} ms"


def of_pages(figure: dict) -> str:
    """All pages of all readers: alone in one process, their statements, and under one and eight clients."""
    rows = []
    for reader, pages in figure["pages"].items():
        e = pages["empty"]["p50"]
        for page, timing in pages.items():
            asked = figure["statements"][reader][page]
            bare = asked.get("bare")
            clients = figure.get("server", {}).get("clients", {}).get(reader, {}).get(page, {})
            one, eight = clients.get("1"), clients.get("8")
            rows.append(
                (
                    page,
                    LABELS[reader],
                    f"{timing['p50']:.1f}",
                    f"{timing['p95']:.1f}",
                    f"{timing['p50'] / e:.1f}",
                    str(asked["count"]),
                    f"{bare['p50']:.1f}" if bare else "",
                    f"{asked['bytes'] / 1024:.0f}",
                    f"{one['per second']:.0f}" if one else "",
                    *(
                        (f"{eight['per second']:.0f}", f"{eight['p50']:.0f}", f"{eight['p95']:.0f}")
                        if eight
                        else [""] * 3
                    ),
                )
            )
    return _table(PAGES, rows, words=2)


def of_goals(lines: list[Line]) -> str:
    """Every missed one; of those that are met, for each goal and reader the page that comes nearest to the limit."""
    rows = [
        (
            line.goal,
            line.what,
            number(line.size) if line.size else "",
            f"{line.measured:.2f} {line.unit}".strip(),
            "" if line.limit is None else f"{'≥' if line.at_least else '≤'} {line.limit:g}",
            "" if line.limit is None else "ok" if line.ok else "VERFEHLT",
            line.floor,
        )
        for line in nearest(lines)
    ]
    return _table(GOALS, rows, words=len(GOALS))


def nearest(lines: list[Line]) -> list[Line]:
    """Lines without those of other pages that meet the same limit by more."""
    met: dict[tuple, list[Line]] = {}
    for line in lines:
        if line.ok and line.page:
            met.setdefault((line.goal, line.size, line.reader, line.limit, line.unit), []).append(line)
    shown = {id(max(group, key=lambda line: line.measured)): len(group) - 1 for group in met.values()}
    return [
        replace(line, what=f"{line.what}, {number(others)} weitere besser") if (others := shown.get(id(line))) else line
        for line in lines
        if not line.ok or not line.page or id(line) in shown
    ]


def of_users(users: dict) -> str:
    rows = [
        (
            page,
            number(one["n"]),
            f"{one['p50']:.1f}",
            f"{one['p95']:.1f}",
            f"{one['statements']:.0f}",
            str(one["errors"]),
        )
        for page, one in users["pages"].items()
    ]
    return _table(USERS, rows, words=1)


def of_slow(figure: dict, lines: list[Line]) -> str:
    """The slowest statements of each page that misses a goal."""
    missed = dict.fromkeys((line.page, line.reader) for line in lines if not line.ok and line.page)
    said = []
    for page, reader in missed:
        slowest = figure["statements"][reader][page].get("slowest") or ()
        said += [f"{page}, {LABELS[reader]}:"] if slowest else []
        said += [f"   {ms:7.2f} ms  {' '.join(statement.split())[:SHOWN]}" for ms, statement in slowest]
    return "\n".join(["Was an verfehlten Zielen dauert (Pläne im JSON):", *said]) if said else ""


def _table(head: Sequence[str], rows: list[Sequence[str]], *, words: int) -> str:
    """Aligned columns; after the first ``words`` ones figures, to the right."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    return "\n".join(line(row) for row in [head, *rows])
