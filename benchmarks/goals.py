"""The goals that exist so far, judged over the figures of one run. Source: the list of goals G1 to G16.

What each line means: docs/reference/measures.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.labels import CASES, LABELS, number

MOST_WEB_MEMORY = 130
FLOORS = ("empty", "thin", "admin", "bare form")
GROWING = ("list", "deep page", "search", "file", "Heute")


@dataclass(frozen=True)
class Line:
    """One judgement: the figure, what it must not exceed (or fall below), and the floor it is measured against.

    Without a limit it is only told. ``page`` and ``reader``: whose statements explain it."""

    goal: str
    what: str
    size: int | None
    measured: float
    limit: float | None
    unit: str
    floor: str = ""
    at_least: bool = False
    page: str = ""
    reader: str = ""

    @property
    def ok(self) -> bool:
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def judge_size(size: int, figure: dict) -> list[Line]:
    """All lines of one size."""
    if "users" in figure:
        return list(_of_users(size, figure["users"]))
    lines = [Line("–", f"geht nicht: {page}", size, 1, 0, "") for page in figure["broken"]]
    for reader in CASES:
        lines += _of_reader(size, reader, figure)
    for judge in (_of_floors, _of_creations, _of_exports, _of_network, _of_gate, _of_case, _of_walls, _of_server):
        lines += judge(size, figure)
    return lines


def judge_growth(figures: dict[int, dict]) -> list[Line]:
    """From the smallest size to the largest, in units of E of the same size: a neighbour's load is not growth."""
    sizes = [size for size, figure in figures.items() if "pages" in figure]
    if len(sizes) < 2:
        return []
    small, large = min(sizes), max(sizes)
    lines = []
    for reader in CASES:
        before, after = (figures[size]["pages"][reader] for size in (small, large))
        for page in before:
            if page.startswith(GROWING) and page in after:
                grown = (after[page]["p50"] / after["empty"]["p50"]) / (before[page]["p50"] / before["empty"]["p50"])
                what = f"{page}: {LABELS[reader]}, {number(small)} → {number(large)}"
                lines.append(Line("G2", what, None, grown, 1.3, "×", page=page, reader=reader))
    return lines


def _of_reader(size: int, reader: str, figure: dict) -> Iterator[Line]:
    pages, asked = figure["pages"][reader], figure["statements"][reader]
    e, label = pages["empty"]["p50"], LABELS[reader]

    def in_e(goal: str, page: str, limit: float, part: str = "p50") -> Line:
        what = f"{page}: {label}" + (" p95" if part == "p95" else "")
        return Line(
            goal, what, size, pages[page][part] / e, limit, "E", f"E {e:.1f} ms", page=page, reader=reader
        )  # fmt: skip

    def in_sql(goal: str, page: str, limit: int) -> Line:
        return Line(goal, f"{page}: {label}", size, asked[page]["count"], limit, "SQL", page=page, reader=reader)

    for page in pages:
        if page.startswith("list"):
            yield from (in_e("G1", page, 3), in_e("G1", page, 6, "p95"), in_sql("G1", page, 8))
        elif page.startswith("search"):
            yield in_e("G3", page, 4)
        elif page == "file":
            yield from (in_e("G4", page, 5), in_sql("G4", page, 10))
        elif page == "Heute":
            yield in_e("G13", page, 4)
    own = {page: one for page, one in asked.items() if not page.startswith(FLOORS)}
    walked = sorted({f"{page}: {table}" for page, one in own.items() for table in one["walked"]})
    what = f"ganze Tabellen gelesen, {label}{': ' if walked else ''}{', '.join(walked)}"
    yield Line("–", what, size, len(walked), 0, "")


def _of_floors(size: int, figure: dict) -> Iterator[Line]:
    """How far ahead of what others would build: told, since other figures of a goal decide."""
    for reader in CASES:
        pages = figure["pages"][reader]
        for floor, page in (("thin list", "list"), ("admin list", "list"), ("admin search", "search: beginning")):
            if floor in pages and page in pages:
                measured, beside = pages[floor]["p50"] / pages[page]["p50"], f"{floor} {pages[floor]['p50']:.1f} ms"
                what = f"{floor} gegen {page}: {LABELS[reader]}"
                yield Line("–", what, size, measured, None, "×", beside)


def _of_creations(size: int, figure: dict) -> Iterator[Line]:
    pages = figure["pages"]["writer"]
    for page, bare in (("create: referral", "bare form: person"), ("create: contact", "bare form: contact")):
        if page not in pages:
            continue
        floor = f"ein Formular, eine Zeile {pages[bare]['p50']:.1f} ms"
        measured = pages[page]["p50"] / pages[bare]["p50"]
        yield Line("G5", page, size, measured, 1.5, "×", floor, page=page, reader="writer")


def _of_exports(size: int, figure: dict) -> Iterator[Line]:
    for name, one in figure.get("exports", {}).items():
        limit = 5 if name == "CSV" else 40
        what = f"{name}, {number(one['rows'])} Zeilen"
        yield Line("G6", what, size, one["seconds"] / one["copy"], limit, "×", f"COPY {one['copy'] * 1000:.0f} ms")
        copied = f"COPY ohne Wand {one['copy'] * 1000:.0f} ms"
        yield Line(
            "–", f"{what}, gegen COPY hinter der Wand", size, one["seconds"] / one["copy with wall"], None, "×", copied
        )
        if name == "CSV":
            yield Line("G6", f"{what}: Speicher dazu", size, one["memory"], 8, "MB")


def _of_case(size: int, figure: dict) -> Iterator[Line]:
    """A list read in (G12); the rest has no goal of its own and is shown beside its floor."""
    case = figure.get("case")
    if case is None:
        return
    list_in = case["import"]
    floor = f"COPY und INSERT {list_in['floor']:.2f} s"
    what = f"Gefangenenliste, {number(list_in['rows'])} Zeilen"
    yield Line("G12", what, size, list_in["seconds"] / list_in["floor"], 4, "×", floor)
    yield Line("–", what, size, list_in["seconds"] * 10_000 / list_in["rows"], 60, "s je 10.000")
    yield Line("–", "dieselbe Liste noch einmal", size, list_in["again"], list_in["seconds"], "s")
    update = case["floor: one update"]["p50"]
    for name in ("preview 120", "apply 120"):
        floor = f"ein UPDATE {update:.1f} ms"
        yield Line("–", f"Termin verschieben: {name}", size, case[name]["p50"], 250, "ms", floor)
    floor = f"ohne Wand {case['floor: phases']['p50']:.0f} ms"
    yield Line("–", "Phasen einer Anstalt", size, case["phases of a site"]["p50"], 1000, "ms", floor)


def _of_network(size: int, figure: dict) -> Iterator[Line]:
    """The network at its own sizes, whatever the number of cases. No goal is named for it: told beside its floors."""
    network = figure.get("network")
    if network is None:
        return
    for part in ("search", "entitlement", "inbox"):
        floor = network[f"floor: {part}"]["p50"]
        for name, timing in network.items():
            if name.startswith(part):
                yield Line("–", f"Netzwerk, {name}", None, timing["p50"], None, "ms", f"nackt {floor:.1f} ms")
    sending = network["sending"]
    floor = f"nackte Zeilen {sending['floor']:.1f} s"
    yield Line("–", f"Netzwerk, {number(sending['rows'])} Übermittlungen", None, sending["seconds"], None, "s", floor)


def _of_gate(size: int, figure: dict) -> Iterator[Line]:
    """No goal is named for it: told beside its floors."""
    gate = figure.get("gate")
    if gate is None:
        return
    page, floor, folders = gate["gate: page"]["p50"], gate["floor: gate"]["p50"], gate["folders"]
    yield Line("–", f"Am Tor, {gate['lines']} Fälle", size, page, None, "ms", f"nackte Zeilen {floor:.1f} ms")
    bare = f"nur setzen {folders['floor']:.1f} s"
    yield Line("–", f"{number(folders['rows'])} Entlassungsmappen", None, folders["seconds"], None, "s", bare)


def _of_walls(size: int, figure: dict) -> Iterator[Line]:
    for key, states in figure.get("walls", {}).items():
        page, _, reader = key.partition(": ")
        measured, floor = states["on"]["p50"] / states["off"]["p50"], f"ohne Wand {states['off']['p50']:.1f} ms"
        yield Line("G14", f"{page}: {LABELS[reader]}", size, measured, 1.15, "×", floor)


def _of_server(size: int, figure: dict) -> Iterator[Line]:
    for reader, beside in figure.get("server", {}).get("beside", {}).items():
        what, floor = f"list, 8 Clients: {LABELS[reader]}", f"E {beside['empty']:.0f}/s"
        yield Line("G7", what, size, beside["list"] / beside["empty"], 0.35, "von E", floor, at_least=True)
    if memory := figure.get("server", {}).get("memory", {}).get("peak"):
        yield Line("G8", "Speicher eines Web-Prozesses", size, memory, MOST_WEB_MEMORY, "MB")


def _of_users(size: int, users: dict) -> Iterator[Line]:
    whom = f"{users['users']} Menschen, {users['minutes']:g} Minuten"
    yield Line("–", f"Fehler: {whom}", size, users["errors"], 0, "")
    yield Line("–", f"Seiten je Sekunde: {whom}", size, users["per second"], None, "")
    if users["memory"]["peak"]:
        at = f"am Anfang {users['memory']['start']:.0f} MB, am Ende {users['memory']['end']:.0f} MB"
        yield Line("G8", "Speicher eines Web-Prozesses", size, users["memory"]["peak"], MOST_WEB_MEMORY, "MB", at)
