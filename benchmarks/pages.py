"""The pages that are measured, one line each: name, how it is asked for, who reads it, what must be seen in it.

A page that does not exist yet (404) is left out and named; one that lacks its proof is an error, since a filter that is
ignored would be measured as if it were quick.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import writing
from benchmarks.browser import Answer, Browser, expect
from benchmarks.labels import CASES, SITE_WIDE
from benchmarks.readers import USERNAMES, Reader

Call = Callable[[], object]
# Makes the call of a reader; what it needs to know of the application it asks before, outside the measured time.
Ask = Callable[[Reader], Call]
DEEP = 15  # pages down; a case manager has one page only
NEXT = re.compile(rb'name="ab" value="([^"]+)"')
FOUND = (200, 302, 303)


@dataclass(frozen=True)
class Page:
    name: str
    ask: Ask
    readers: tuple[str, ...] = CASES
    proof: str = ""
    writes: bool = False  # leaves something behind: its statements cannot be asked again


def get(path: str) -> Ask:
    def ask(reader: Reader) -> Call:
        address = path.format(**reader.facts)
        return lambda: expect(reader.browser.get(address), *FOUND)

    return ask


def post(path: str, form: str = "/faelle/", **entered: str) -> Ask:
    """``form``: the page on which it is typed, asked for its token."""

    def ask(reader: Reader) -> Call:
        data = {name: value.format(**reader.facts) for name, value in entered.items()}
        expect(reader.browser.get(form), 200)
        return lambda: expect(reader.browser.post(path, data), *FOUND)

    return ask


def deep(path: str = "/faelle/", **entered: str) -> Ask:
    """The page DEEP pages down: the way there is not measured, and gone once for each reader."""
    places: dict[str, str] = {}

    def ask(reader: Reader) -> Call:
        place = places[reader.name] = places.get(reader.name) or _place(reader.browser, path, entered)
        return lambda: expect(reader.browser.post("/faelle/", {"ab": place, **entered}), 200)

    return ask


PAGES: tuple[Page, ...] = (
    Page("empty", get("/bench/leer/"), tuple(USERNAMES)),
    Page("Heute", get("/heute/")),
    Page("list", get("/faelle/")),
    Page("list by name", get("/faelle/?ordnung=name"), proof="ordnung=name"),
    Page("list by release", get("/faelle/?ordnung=entlassung"), proof="ordnung=entlassung"),
    Page("list of a phase", get("/faelle/?phase={phase}"), proof='value="{phase}" selected'),
    Page("list of a step", get("/faelle/?schritt=PROFILING"), proof='value="PROFILING" selected'),
    Page("list of what is overdue", get("/faelle/?faellig=ueberfaellig"), proof='value="ueberfaellig" selected'),
    Page("list of releases soon", get("/faelle/?entlassung=90"), proof='value="90" selected'),
    Page("list, rare", get("/faelle/?stand=PAUSED&faellig=heute"), proof='value="PAUSED" selected'),
    Page("list, nothing", get("/faelle/?schritt=NETWORKING&stand=PAUSED"), proof='value="NETWORKING" selected'),
    Page("list of the ended", get("/faelle/?ansicht=beendet"), proof="ansicht=beendet"),
    Page("deep page", deep(), SITE_WIDE),
    Page("deep page by name", deep("/faelle/?ordnung=name", ordnung="name"), SITE_WIDE),
    Page("search: beginning", post("/faelle/", q="{beginning}"), proof=">{beginning}"),
    Page("search: whole", post("/faelle/", q="{surname}"), proof=">{surname}, "),
    Page("search: umlaut", post("/faelle/", q="{unfolded}"), proof=">{umlaut}, "),
    Page("search: slip", post("/faelle/", q="{slip}"), proof=">{surname}, "),
    Page("search: parts", post("/faelle/", q="{parts}"), proof=">{surname}, "),
    Page("search: Buchnummer", post("/faelle/", q="{booking_number}"), proof="{number}"),
    Page("search: file number", post("/faelle/", q="{number}")),
    Page("search: occupation", get("/berufe/suche/?q=Lagerhelfer+m.+Staplerschein"), proof="52531"),
    Page("search outside", writing.search_outside, ("manager",), writes=True),
    Page("file", get("/akten/{number}/"), proof="{number}"),
    Page("tasks", get("/akten/{number}/aufgaben/"), proof="{number}"),
    Page("contacts", get("/akten/{number}/kontakte/"), proof="{number}"),
    Page("release dates", get("/akten/{number}/termine/"), proof="{number}"),
    Page("my tasks", get("/aufgaben/"), ("manager",)),
    Page("appointments", get("/termine/"), ("manager",)),
    Page("hand-overs", get("/uebergaben/"), ("manager",)),
    Page("views", get("/faelle/ansichten/"), ("manager",)),
    Page("referral form", get("/faelle/neu/"), ("manager",)),
    Page("institutions", get("/einrichtungen/")),
    Page("institution", get("/einrichtungen/{institution}/")),
    Page("directory", get("/einrichtungen/verzeichnis/"), ("manager",)),
    Page("own account", get("/konto/"), ("manager",)),
    Page("accounts", get("/konten/"), ("admin",)),
    Page("status", get("/zustand/"), ("admin",)),
    Page("parameters", get("/werte/"), ("admin",)),
    Page("trail", writing.trail_check, ("officer",)),
    Page("trail, notable", get("/protokoll/auffaellig/"), ("officer",)),
    Page("CSV", post("/faelle/liste.csv"), ("lead",)),
    Page("create: referral", writing.referral, ("writer",), writes=True),
    Page("create: contact", writing.contact, ("writer",), writes=True),
    Page("bare form: person", writing.bare_person, ("writer",), writes=True),
    Page("bare form: contact", writing.bare_contact, ("writer",), writes=True),
    Page("thin list", get("/bench/duenn/")),
    Page("admin list", get("/bench/admin/cases/worklist/?{scope}__id__exact={scope_id}&is_open__exact=1&o=5")),
    Page("admin search", get("/bench/admin/cases/worklist/?{scope}__id__exact={scope_id}&q={beginning}")),
)

WRITING = frozenset(page.name for page in PAGES if page.writes)


@dataclass(frozen=True)
class Calls:
    """What can be measured, by reader and page; pages that do not exist yet, and those that do not work with why."""

    of: dict[str, dict[str, Call]]
    missing: list[str]
    broken: dict[str, str]


def calls_of(readers: dict[str, Reader]) -> Calls:
    """Each page is asked for once and shows what it must."""
    calls = Calls({name: {} for name in readers}, [], {})
    for page in PAGES:
        for name, reader in readers.items():
            if name in page.readers:
                _try(page, reader, calls)
    for label, pages in (("gibt es noch nicht", calls.missing), ("geht nicht", calls.broken)):
        if pages:
            print(f"   {label}: {', '.join(dict.fromkeys(pages))}", file=sys.stderr, flush=True)
    return calls


def _try(page: Page, reader: Reader, calls: Calls) -> None:
    try:
        call = page.ask(reader)
        answer = call()
    except (RuntimeError, IndexError) as error:  # another answer, or nothing on the page before to go on with
        if str(error).startswith("answered 404"):
            calls.missing.append(page.name)
        else:
            calls.broken[f"{page.name} ({reader.name})"] = str(error)
        return
    proof = page.proof.format(**reader.facts).encode()
    if isinstance(answer, Answer) and proof and answer.status == 200 and proof not in answer.body:
        calls.broken[f"{page.name} ({reader.name})"] = f"shows no {proof.decode()}"
    else:
        calls.of[reader.name][page.name] = call


def _place(browser: Browser, path: str, entered: dict[str, str]) -> str:
    """The sealed place some pages down."""
    body = expect(browser.get(path), 200).body
    for _ in range(DEEP):
        body = expect(browser.post("/faelle/", {"ab": NEXT.findall(body)[0].decode(), **entered}), 200).body
    return NEXT.findall(body)[0].decode()
