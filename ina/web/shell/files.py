"""What all pages of a file share, whatever area they belong to: opening it, its head, its tabs.

    file = open_file(request, number, "contacts")           # visible, and recorded that somebody looked
    return show(request, "cases/contacts.html", {**head_of(file, "contacts"), "rows": …})

The template extends ``shell/file.html``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from ina.audit.trail import record_read
from ina.base import clock
from ina.base.together import Read
from ina.cases.enums import HypothesisKind, HypothesisStatus, Phase
from ina.cases.queries import CaseFile, get_file, newest_number
from ina.web.shell.dates import WEEKDAYS
from ina.web.shell.track import Track, track

# Tabs of a file: label, name of the page. A page without a tab of its own belongs to the overview.
TABS = (
    ("Übersicht", "file"),
    ("Aufgaben", "tasks"),
    ("Aufnahme", "intake"),
    ("Profiling", "profiling"),
    ("Plan", "plan"),
    ("Netzwerk", "network"),
    ("Kontakte", "contacts"),
    ("Entlassung", "release_dates"),
    ("Verbleib", "outcomes"),
    ("Dokumente", "documents"),
    ("Einwilligungen", "consents"),
    ("Zugriff", "file_access"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url_name: str
    current: bool


@dataclass(frozen=True)
class Countdown:
    """The number in the head, and what it means."""

    amount: str
    unit: str
    line: str
    detail: str
    origin: str


@dataclass(frozen=True)
class FileHead:
    """Read-model of the head of every page of a file."""

    number: str
    name: str
    listed_name: str
    facts: str
    # The day of death; empty for the living.
    died: str
    phase: str
    countdown: Countdown
    track: Track
    tabs: tuple[Tab, ...]
    # Somebody came back: the cases of the file, the one that is shown, and how links stay with an earlier one.
    episodes: tuple[int, ...] = ()
    episode: int = 1
    query: str = ""
    shielded: bool = False


# Which case of a file a page is about: ``?fall=1``. Without it, the newest.
EPISODE = "fall"


def open_file(request: HttpRequest, number: str, page: str, along: Iterable[Read] = ()) -> CaseFile:
    """The file with this public number; its opening is recorded before anything is answered. NotVisible → 404.

    along: what the page asks about the file, answered with it (``file.answers``). What is posted leaves the trace of
    its operation instead: the reader has opened the page before.
    """
    actor, now = request.actor, clock.now()
    wanted = _wanted_episode(request)
    file = get_file(actor, number, today=clock.day_of(now), case_number=wanted, along=along)
    newest = newest_number(actor, file.dossier) if wanted is not None else file.case.number
    file.case.newest_number = newest
    if request.method == "GET":
        basis = next(iter(file.bases), "")
        record_read(action="read.file", actor=actor, now=now, dossier_id=file.dossier.pk, reason=basis, page=page)
    return file


def head_of(file: CaseFile, page: str, today: date | None = None) -> dict:
    """Context that ``shell/file.html`` needs."""
    today = today or clock.today()
    has_tab = page in {url_name for _, url_name in TABS}
    newest = getattr(file.case, "newest_number", file.case.number)
    head = FileHead(
        number=file.dossier.number,
        name=file.participant.full_name,
        listed_name=str(file.participant),
        facts=_facts(file),
        died=f"verstorben am {file.participant.died_on:%d.%m.%Y}" if file.participant.died_on else "",
        phase=file.label,
        countdown=countdown(file, today),
        track=track(file.phase, file.planning_date, file.preparation_starts, file.aftercare_ends, today),
        tabs=tuple(Tab(label, url_name, current=url_name == (page if has_tab else "file")) for label, url_name in TABS),
        episodes=tuple(range(1, newest + 1)) if newest > 1 else (),
        episode=file.case.number,
        query=f"?{EPISODE}={file.case.number}" if file.case.number != newest else "",
        shielded=file.dossier.is_shielded,
    )
    return {"head": head, "file": file}


def _wanted_episode(request: HttpRequest) -> int | None:
    said = request.GET.get(EPISODE, "")
    return int(said) if said.isdecimal() and len(said) < 5 else None


def countdown(file: CaseFile, today: date) -> Countdown:
    """Everything is told relative to the release."""
    if file.phase is Phase.ENDED:
        return Countdown("", "", f"Fall beendet am {file.ended_on:%d.%m.%Y}", "", "")
    if file.released_on:
        days = (today - file.released_on).days
        until = f"Nachsorge bis {file.aftercare_ends:%d.%m.%Y}" if file.aftercare_ends else ""
        return Countdown(str(days), _unit(days), f"seit {_day(file.released_on)}", "entlassen, bestätigt", until)
    if file.planning_date is None:
        return Countdown("?", "", "Entlassung noch unbekannt", "niemand hat ein Datum genannt", "")
    days = (file.planning_date - today).days
    claim = file.planning_basis
    detail = f"{HypothesisKind(claim.kind).label}, {HypothesisStatus(claim.status).label}" if claim else ""
    origin = f"Quelle: {claim.source}, {claim.asserted_on:%d.%m.%Y}" if claim else ""
    if days < 0:
        return Countdown(str(-days), f"{_unit(-days)} über", f"{_day(file.planning_date)}", detail, origin)
    return Countdown(str(days), _unit(days), f"bis {_day(file.planning_date)}", detail, origin)


def _facts(file: CaseFile) -> str:
    person, parts = file.participant, [f"Akte {file.dossier.number}"]
    if person.born_on:
        parts.append(f"geb. {person.born_on:%d.%m.%Y} ({file.age} Jahre)")
    if file.custody:
        parts.append(str(file.custody.prison))
        if file.custody.booking_number:
            parts.append(f"Buchnr. {file.custody.booking_number}")
    if file.case.number > 1:
        parts.append(f"Fall {file.case.number}")
    return " · ".join(parts)


def _unit(days: int) -> str:
    return "Tag" if days == 1 else "Tage"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day:%d.%m.%Y}"
