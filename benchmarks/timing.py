"""Timing side by side: each round asks every page once, so that a noisy neighbour disturbs all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Milliseconds. ``least`` is the quietest round: what is left when the neighbours are still."""

    least: float
    p50: float
    p95: float
    n: int


def timing_of(seconds: list[float]) -> Timing:
    """At least one measured time."""
    ordered = sorted(seconds)
    return Timing(
        least=round(ordered[0] * 1000, 3),
        p50=round(statistics.median(ordered) * 1000, 3),
        p95=round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, 3),
        n=len(ordered),
    )


def side_by_side(calls: Mapping[str, Callable[[], object]], rounds: int, warm_up: int = 5) -> dict[str, Timing]:
    """p50 and p95 of each call over ``rounds`` rounds."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(-warm_up, rounds):
        gc.collect()
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            if number >= 0:
                taken[name].append(time.perf_counter() - begin)
    return {name: timing_of(seconds) for name, seconds in taken.items()}
