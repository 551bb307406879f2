"""The goals that exist so far, judged over the figures of one run. Source: the list of goals G1 to G16."""

from __future__ import annotations

from dataclasses import dataclass

READERS = {"manager": "Fallführung (50)", "lead": "Teamleitung (25.000)", "social": "Sozialdienst (25.000)"}
DEEP_READERS = ("lead", "social")


@dataclass(frozen=True)
class Line:
    """One judgement: the figure, what it must not exceed (or fall below), and the floor it is measured against."""

    goal: str
    what: str
    size: int | None
    measured: float
    limit: float
    unit: str
    floor: str = ""
    at_least: bool = False

    @property
    def ok(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def judge(figures: dict[int, dict]) -> list[Line]:
    lines: list[Line] = []
    for size, figure in figures.items():
        lines += _of_size(size, figure)
    if len(figures) > 1:
        lines += _growth(figures)
    return lines


def _of_size(size: int, figure: dict) -> list[Line]:
    lines = []
    for reader, label in READERS.items():
        pages, asked = figure["pages"][reader], figure["statements"][reader]
        e = pages["empty"]["p50"]
        floor = f"E {e:.1f} ms"

        def share(goal, page, limit, part="p50", label=label, pages=pages, e=e, floor=floor):
            what = f"{page}: {label}" + (" p95" if part == "p95" else "")
            return Line(goal, what, size, pages[page][part] / e, limit, "E", floor)

        for page in ("list", "list by name", "list of a state"):
            lines += [share("G1", page, 3), share("G1", page, 6, "p95")]
            lines.append(Line("G1", f"{page}: {label}", size, asked[page]["count"], 8, "SQL"))
        lines.append(share("G3", "search", 4))
        lines.append(share("G4", "file", 5))
        lines.append(Line("G4", f"file: {label}", size, asked["file"]["count"], 10, "SQL"))
        walked = sorted({f"{page}: {table}" for page, one in asked.items() for table in one["walked"]})
        lines.append(
            Line(
                "–",
                f"ganze Tabellen gelesen, {label}{': ' if walked else ''}{', '.join(walked)}",
                size,
                len(walked),
                0,
                "",
            )
        )
    create, bare = figure["pages"]["manager"]["create"], figure["pages"]["manager"]["bare form"]
    lines.append(
        Line(
            "G5",
            "create",
            size,
            create["p50"] / bare["p50"],
            1.5,
            "×",
            f"ein Formular, eine Zeile {bare['p50']:.1f} ms",
        )
    )
    lines += _of_case(size, figure["case"])
    for page, states in figure["walls"].items():
        name, _, reader = page.partition(": ")
        ratio = states["on"]["p50"] / states["off"]["p50"]
        floor = f"ohne Wand {states['off']['p50']:.1f} ms"
        lines.append(Line("G14", f"{name}: {READERS[reader]}", size, ratio, 1.15, "×", floor))
    if server := figure.get("server"):
        floor = f"E {server['empty per second']:.0f}/s"
        share_of_e = server["list per second"] / server["empty per second"]
        lines.append(Line("G7", "list, 8 Clients", size, share_of_e, 0.35, "von E", floor, at_least=True))
        if server["memory"]:
            lines.append(Line("G8", "Speicher eines Web-Prozesses", size, server["memory"], 130, "MB"))
    return lines


def _of_case(size: int, case: dict) -> list[Line]:
    """A list read in (G12); the rest has no goal of its own and is shown beside its floor."""
    list_in = case["import"]
    floor = f"COPY und INSERT {list_in['floor']:.2f} s"
    what = f"Gefangenenliste, {_number(list_in['rows'])} Zeilen"
    lines = [Line("G12", what, size, list_in["seconds"] / list_in["floor"], 4, "×", floor)]
    lines.append(Line("–", what, size, list_in["seconds"] * 10_000 / list_in["rows"], 60, "s je 10.000"))
    lines.append(Line("–", "dieselbe Liste noch einmal", size, list_in["again"], list_in["seconds"], "s"))
    update = case["floor: one update"]["p50"]
    for name in ("preview 120", "apply 120"):
        floor = f"ein UPDATE {update:.1f} ms"
        lines.append(Line("–", f"Termin verschieben: {name}", size, case[name]["p50"], 250, "ms", floor))
    floor = f"ohne Wand {case['floor: phases']['p50']:.0f} ms"
    lines.append(Line("–", "Phasen einer Anstalt", size, case["phases of a site"]["p50"], 1000, "ms", floor))
    return lines


def _growth(figures: dict[int, dict]) -> list[Line]:
    """In units of E of the same size: a neighbour's load between two sizes is not growth."""
    small, large = min(figures), max(figures)
    lines = []
    for reader, label in READERS.items():
        for page in ("list", "search", "file") + (("deep page",) if reader in DEEP_READERS else ()):
            before, after = (
                figures[size]["pages"][reader][page]["p50"] / figures[size]["pages"][reader]["empty"]["p50"]
                for size in (small, large)
            )
            lines.append(
                Line("G2", f"{page}: {label}, {_number(small)} → {_number(large)}", None, after / before, 1.3, "×")
            )
    return lines


def table(lines: list[Line]) -> str:
    rows = [("Ziel", "was", "Fälle", "gemessen", "Grenze", "", "Boden")]
    for line in lines:
        rows.append(
            (
                line.goal,
                line.what,
                _number(line.size) if line.size else "",
                f"{line.measured:.2f} {line.unit}".strip(),
                f"{'≥' if line.at_least else '≤'} {line.limit:g}",
                "ok" if line.ok else "VERFEHLT",
                line.floor,
            )
        )
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
