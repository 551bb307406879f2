"""Medians and tails, and that all pages share a neighbour's noise."""

from __future__ import annotations

from benchmarks.timing import side_by_side, timing_of


def test_median_tail_and_quietest_round_are_in_milliseconds():
    found = timing_of([n / 1000 for n in range(100, 0, -1)])
    assert (found.least, found.p50, found.p95, found.n) == (1.0, 50.5, 96.0, 100)


def test_a_single_round_is_its_own_tail():
    found = timing_of([0.002])
    assert (found.least, found.p50, found.p95, found.n) == (2.0, 2.0, 2.0, 1)


def test_pages_take_turns_and_warm_rounds_are_not_counted():
    asked: list[str] = []
    found = side_by_side({"a": lambda: asked.append("a"), "b": lambda: asked.append("b")}, rounds=3, warm_up=2)
    assert asked == ["a", "b"] * 5 and found["a"].n == found["b"].n == 3
