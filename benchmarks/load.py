"""Clients that ask the same page of the real server again and again: pages per second, and how long each waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from benchmarks.pages import PAGES, Page
from benchmarks.process import Server
from benchmarks.readers import Reader
from benchmarks.timing import timing_of

# Numbers of clients, and which share of the time each gets: one client shows the same sooner.
CLIENTS = {1: 0.5, 8: 1.0}
Call = Callable[[], object]


TURNS = 3


def beside(server: Server, reader: Reader, seconds: float) -> dict[str, float]:
    """Answers a second to eight clients of the list and of the empty view, in turns: a neighbour meets both."""
    pages = [page for page in PAGES if page.name in ("list", "empty")]
    found: dict[str, float] = dict.fromkeys(("list", "empty"), 0.0)
    for _ in range(TURNS):
        for page in pages:
            found[page.name] += _hammered(server, page, reader, max(CLIENTS), seconds)["per second"] / TURNS
    return found


def measure(server: Server, readers: dict[str, Reader], names: dict[str, list[str]], seconds: float) -> dict:
    """By reader and page: for each number of clients pages per second, p50 and p95. ``names``: pages of each reader."""
    found: dict = {}
    for name, reader in readers.items():
        found[name] = {}
        for page in PAGES:
            if page.name in names[name]:
                found[name][page.name] = {
                    str(clients): _hammered(server, page, reader, clients, seconds * share)
                    for clients, share in CLIENTS.items()
                }
    return found


def _hammered(server: Server, page: Page, reader: Reader, clients: int, seconds: float) -> dict:
    """``clients`` clients, each asking again as soon as it is answered. Any other answer than the page's ends it."""
    calls = [page.ask(reader.over(server.wire())) for _ in range(clients)]
    taken: list[float] = []
    faults: list[Exception] = []
    begin = time.monotonic()
    threads = [threading.Thread(target=_ask_on, args=(call, begin + seconds, taken, faults)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{page.name}, {reader.name}, {clients} clients: {faults[0]}") from faults[0]
    timing = timing_of(taken)
    per_second = round(len(taken) / (time.monotonic() - begin), 1)
    return {"per second": per_second, "p50": timing.p50, "p95": timing.p95, "n": timing.n}


def _ask_on(call: Call, end: float, taken: list[float], faults: list[Exception]) -> None:
    try:
        while time.monotonic() < end and not faults:
            begin = time.perf_counter()
            call()
            taken.append(time.perf_counter() - begin)
    except Exception as error:  # told by the thread that waits for this one
        faults.append(error)
