"""Many people at once, as on a working day: they look, think, write, look again. The real server, two workers.

Each has an account of their own and thinks between two pages. What is told is what they wait for, whether anything
failed, and what the web processes keep.
"""

from __future__ import annotations

import random
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks import writing
from benchmarks.browser import Answer, Wire, expect
from benchmarks.process import Server
from benchmarks.readers import Reader, reader_of, set_passwords
from benchmarks.statements import COUNT, HEADER
from benchmarks.timing import timing_of

THINK = 8.0  # seconds between two pages, on average
SHORTEST, LONGEST = 1.0, 30.0
# Of a hundred people: leads, social services, one of the administration, one data protection officer; the rest lead
# cases.
SHARES = (("lead", "tl", 12), ("social", "sd", 14), ("admin", "sa", 2), ("officer", "ds", 2))
NUMBER = re.compile(r"\d{4}-\d{5,}")
FILE = re.compile(rb'href="/akten/(\d{4}-\d{5,})/')
SHOWN_FAULTS = 5
SEED = 4711

Deed = Callable[["Person"], object]


@dataclass
class Record:
    """What was asked for so far, by page."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Timed:
    """A wire that notes how long each page took. An address stands for all files, a redirect is no fault."""

    def __init__(self, wire: Wire, record: Record):
        self.wire, self.record = wire, record

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        page = f"{method} {page_of(path)}"
        begin = time.perf_counter()
        try:
            answer = self.wire(method, path, headers, body)
        except Exception as error:
            self.record.faults[page].append(repr(error))
            raise
        self.record.seconds[page].append(time.perf_counter() - begin)
        self.record.statements[page].append(int(answer.header(HEADER) or 0))
        if answer.status >= 400:
            self.record.faults[page].append(str(answer.status))
        return answer


def page_of(path: str) -> str:
    """The address without what differs from file to file, and without what is asked of it."""
    return re.sub(r"/\d+/", "/1/", NUMBER.sub("…", path.partition("?")[0]))


@dataclass
class Person:
    reader: Reader
    random: random.Random
    files: list[str] = field(default_factory=list)

    def look(self, path: str) -> Answer:
        answer = expect(self.reader.browser.get(path.format(**self.reader.facts)), 200)
        if found := [each.decode() for each in FILE.findall(answer.body)]:
            self.files = list(dict.fromkeys(found))
        return answer

    def in_file(self, page: str = "") -> Answer:
        files = self.files or [self.reader.facts["number"]]
        return expect(self.reader.browser.get(f"/akten/{self.random.choice(files)}/{page}"), 200)

    def search(self) -> Answer:
        word = self.random.choice(("beginning", "surname", "slip", "booking_number"))
        return expect(self.reader.browser.post("/faelle/", {"q": self.reader.facts[word]}), 200, 302, 303)

    def contact(self) -> object:
        return writing.contact(self.reader)()

    def finish(self) -> object:
        return writing.finish_task(self.reader, self.random.choice(self.reader.files))


LOOKING: tuple[tuple[int, Deed], ...] = (
    (4, lambda person: person.look("/heute/")),
    (4, lambda person: person.look("/faelle/")),
    (2, lambda person: person.look("/faelle/?faellig=ueberfaellig")),
    (1, lambda person: person.look("/faelle/?ordnung=name")),
    (8, Person.in_file),
    (2, Person.search),
    (2, lambda person: person.in_file("aufgaben/")),
    (1, lambda person: person.in_file("termine/")),
    (1, lambda person: person.look("/einrichtungen/")),
)
DEEDS: dict[str, tuple[tuple[int, Deed], ...]] = {
    "manager": (
        *LOOKING,
        (2, lambda person: person.in_file("kontakte/")),
        (3, Person.contact),
        (2, Person.finish),
        (1, lambda person: person.look("/aufgaben/")),
    ),
    "lead": LOOKING,
    "social": LOOKING,
    "admin": ((1, lambda person: person.look("/konten/")), (1, lambda person: person.look("/einrichtungen/"))),
    "officer": ((1, lambda person: writing.trail_check(person.reader)()),),
}


def cast_of(people: int) -> list[tuple[str, str]]:
    """(kind of reader, account) of each."""
    cast = []
    for kind, prefix, share in SHARES:
        most = 1 if kind in ("admin", "officer") else people
        cast += [(kind, f"{prefix}{number}") for number in range(min(most, round(people * share / 100)))]
    return [("manager", f"fm{number}") for number in range(people - len(cast))] + cast


def measure(people: int, minutes: float) -> dict:
    cast = cast_of(people)
    set_passwords(tuple(username for _, username in cast))
    record, faults = Record(), []
    with Server({COUNT: "1"}) as server:
        before = server.memories()
        begin = time.monotonic()
        end = begin + minutes * 60

        def live(kind: str, username: str, dice: random.Random) -> None:
            try:
                time.sleep(dice.uniform(0, min(THINK, minutes * 20)))
                person = Person(reader_of(Timed(server.wire(), record), kind, username), dice)
                weights, deeds = zip(*DEEDS[kind], strict=True)
                while time.monotonic() < end:
                    (deed,) = dice.choices(deeds, weights)
                    deed(person)
                    pause = min(LONGEST, max(SHORTEST, dice.expovariate(1 / THINK)))
                    time.sleep(max(0.0, min(pause, end - time.monotonic())))
            except Exception as error:
                faults.append(f"{username}: {error}")

        threads = [
            threading.Thread(target=live, args=(kind, username, random.Random(f"{SEED}{username}")))
            for kind, username in cast
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = time.monotonic() - begin
        after, peak = server.memories(), server.memory()["peak"]
    for fault in faults[:SHOWN_FAULTS]:
        print(f"   {fault[:400]}", file=sys.stderr, flush=True)
    return _figures(people, minutes, record, len(faults), taken) | {
        "memory": {"start": max(before, default=0.0), "end": max(after, default=0.0), "peak": peak},
        "workers": {"start": before, "end": after},
    }


def _figures(people: int, minutes: float, record: Record, stopped: int, taken: float) -> dict:
    pages = {}
    for page, seconds in sorted(record.seconds.items()):
        timing, statements = timing_of(seconds), record.statements[page]
        pages[page] = {
            "n": timing.n,
            "p50": timing.p50,
            "p95": timing.p95,
            "statements": sum(statements) / len(statements),
            "errors": len(record.faults[page]),
        }
    asked = sum(len(seconds) for seconds in record.seconds.values())
    # Who was stopped by a fault that no page shows (a form that said no) counts too.
    errors = max(stopped, sum(len(faults) for faults in record.faults.values()))
    return {
        "users": people,
        "minutes": minutes,
        "pages": pages,
        "errors": errors,
        "per second": round(asked / taken, 1),
    }
