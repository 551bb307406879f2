"""What a run is judged by: limits in units of the empty view, growth, and that nothing broken passes."""

from __future__ import annotations

import copy

import pytest

from benchmarks import goals, tables
from benchmarks.labels import CASES, number

E = 2.0


def timing(p50: float, p95: float | None = None) -> dict:
    return {"least": p50, "p50": p50, "p95": p50 if p95 is None else p95, "n": 10}


def asked(count: int = 8, walked: list[str] | None = None) -> dict:
    return {
        "count": count,
        "bytes": 2048,
        "walked": walked or [],
        "bare": timing(1.0),
        "slowest": [(0.7, "SELECT 1")],
        "plan": "",
    }


@pytest.fixture
def figure() -> dict:
    """A run in which every goal is met, just so."""
    pages = {
        "empty": timing(E),
        "list": timing(3 * E, 6 * E),
        "list by name": timing(2 * E),
        "search: slip": timing(4 * E),
        "file": timing(5 * E),
        "Heute": timing(4 * E),
        "thin list": timing(6 * E),
    }
    writer = {
        "empty": timing(E),
        "create: contact": timing(3.0),
        "bare form: contact": timing(2.0),
        "create: referral": timing(3.0),
        "bare form: person": timing(2.0),
    }
    one = {"per second": 35.0, "p50": 3.0, "p95": 9.0}
    return {
        "broken": {},
        "missing": [],
        "pages": {name: copy.deepcopy(pages) for name in CASES} | {"writer": writer},
        "statements": {name: {page: asked() for page in pages} for name in CASES}
        | {"writer": {page: asked() for page in writer}},
        "walls": {"list: lead": {"on": timing(1.15), "off": timing(1.0)}},
        "exports": {
            "CSV": {"rows": 10_000, "seconds": 0.25, "memory": 8.0, "copy": 0.05, "copy with wall": 0.1},
            "XLSX": {"rows": 10_000, "seconds": 2.0, "memory": 60.0, "copy": 0.05, "copy with wall": 0.1},
        },
        "case": {
            "import": {"rows": 10_000, "seconds": 4.0, "again": 1.0, "floor": 1.0},
            "preview 120": timing(100),
            "apply 120": timing(100),
            "floor: one update": timing(3),
            "phases of a site": timing(50),
            "floor: phases": timing(20),
        },
        "server": {
            "clients": {name: {"list": {"1": one, "8": one}} for name in CASES},
            "beside": {name: {"list": 35.0, "empty": 100.0} for name in CASES},
            "memory": {"now": 100.0, "peak": 130.0},
        },
    }


def missed(figure: dict, size: int = 10_000) -> list[str]:
    return [f"{line.goal} {line.what}" for line in goals.judge_size(size, figure) if not line.ok]


def test_a_run_that_just_meets_every_goal_misses_none(figure):
    assert missed(figure) == []
    judged = {line.goal for line in goals.judge_size(10_000, figure) if line.limit is not None}
    assert judged >= {"G1", "G3", "G4", "G5", "G6", "G7", "G8", "G12", "G13", "G14"}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("pages", "lead", "list", "p50"), 3.1 * E, "G1 list: Teamleitung"),
        (("pages", "lead", "list", "p95"), 6.1 * E, "G1 list: Teamleitung (25.000) p95"),
        (("statements", "lead", "list", "count"), 9, "G1 list: Teamleitung"),
        (("pages", "social", "search: slip", "p50"), 4.1 * E, "G3 search: slip"),
        (("pages", "manager", "file", "p50"), 5.1 * E, "G4 file"),
        (("statements", "manager", "file", "count"), 11, "G4 file"),
        (("pages", "writer", "create: contact", "p50"), 3.1, "G5 create: contact"),
        (("exports", "CSV", "seconds"), 0.26, "G6 CSV"),
        (("exports", "CSV", "memory"), 8.1, "Speicher dazu"),
        (("exports", "XLSX", "seconds"), 2.1, "G6 XLSX"),
        (("server", "beside", "lead", "list"), 34.0, "G7 list, 8 Clients: Teamleitung"),
        (("server", "memory", "peak"), 131.0, "G8 Speicher"),
        (("pages", "lead", "Heute", "p50"), 4.1 * E, "G13 Heute"),
        (("walls", "list: lead", "on"), timing(1.2), "G14 list: Teamleitung"),
        (("statements", "lead", "file", "walked"), ["cases_case"], "file: cases_case"),
        (("broken", "list (lead)"), "answered 500", "geht nicht: list (lead)"),
    ],
)
def test_each_figure_over_its_limit_is_missed(figure, path, value, said):
    place = figure
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    found = missed(figure)
    assert len(found) == 1 and said in found[0]


def test_a_floor_that_walks_a_whole_table_is_no_fault_of_ours(figure):
    figure["statements"]["lead"]["thin list"]["walked"] = ["cases_worklist"]
    assert missed(figure) == []


def test_what_stands_beside_without_a_limit_is_told_and_never_missed(figure):
    (line,) = [
        line for line in goals.judge_size(10_000, figure) if line.what == "thin list gegen list: Teamleitung (25.000)"
    ]
    assert line.measured == 2.0 and line.limit is None and line.ok


def test_growth_is_counted_in_units_of_the_empty_view_of_each_size(figure):
    slow_machine = copy.deepcopy(figure)
    for pages in slow_machine["pages"].values():
        for one in pages.values():
            one["p50"] *= 7
    assert {line.measured for line in goals.judge_growth({10_000: figure, 100_000: slow_machine})} == {1.0}
    slow_machine["pages"]["lead"]["search: slip"]["p50"] *= 1.4
    (line,) = [line for line in goals.judge_growth({10_000: figure, 100_000: slow_machine}) if not line.ok]
    assert line.goal == "G2" and "search: slip: Teamleitung (25.000), 10.000 → 100.000" in line.what


def test_one_size_alone_has_no_growth(figure):
    assert goals.judge_growth({10_000: figure}) == []


def users_with(errors: int) -> dict:
    page = {"n": 900, "p50": 12.0, "p95": 40.0, "statements": 8.0, "errors": errors}
    memory = {"start": 90.0, "end": 95.0, "peak": 96.0}
    return {
        "users": {
            "users": 50,
            "minutes": 10,
            "pages": {"GET /faelle/": page},
            "errors": errors,
            "per second": 6.1,
            "memory": memory,
        }
    }


def test_of_many_people_not_one_may_meet_an_error():
    assert missed(users_with(0)) == []
    assert missed(users_with(1)) == ["– Fehler: 50 Menschen, 10 Minuten"]


def test_tables_show_every_page_every_goal_and_why_a_missed_one_is_slow(figure):
    figure["pages"]["lead"]["file"]["p50"] = 12 * E
    said = tables.of_size(10_000, figure, goals.judge_size(10_000, figure))
    assert "== 10.000 Fälle" in said and "VERFEHLT" in said
    assert "file, Teamleitung (25.000):\n      0.70 ms  SELECT 1" in said
    assert "GET /faelle/" in tables.of_size(10_000, users_with(0), goals.judge_size(10_000, users_with(0)))


def test_loud_neighbours_are_named(figure):
    assert tables.of_noise(figure) == ""
    figure["pages"]["manager"]["empty"]["least"] = 0.4 * E
    assert tables.of_noise(figure) == " – laute Nachbarn: E braucht 2.0 ms, in der ruhigsten Runde 0.8 ms"


def test_of_pages_that_meet_a_limit_the_nearest_is_shown(figure):
    lines = [line for line in goals.judge_size(10_000, figure) if line.reader == "lead" and line.goal == "G1"]
    shown = [line for line in tables.nearest(lines) if line.unit == "E" and line.limit == 3]
    assert [line.what for line in shown] == ["list: Teamleitung (25.000), 1 weitere besser"]
    figure["pages"]["lead"]["list by name"]["p50"] = 4 * E
    shown = tables.nearest(goals.judge_size(10_000, figure))
    assert "list by name: Teamleitung (25.000)" in {line.what for line in shown if not line.ok}


def test_numbers_have_points_between_thousands():
    assert number(1_000_000) == "1.000.000" and number(50) == "50"
