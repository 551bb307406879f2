"""A row of a list of cases in words: how far the release is, where the day comes from, what is asked next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from ina.cases.enums import Step
from ina.cases.queries import CaseRow
from ina.web.shell.dates import german_day
from ina.web.shell.files import EPISODE
from ina.web.shell.track import Track, track

PLACES = {step: place for place, step in enumerate(Step, 1)}
ANY = "0000-00000"
NOT_OPEN = "nicht freigegeben"
# The longest of the phases has the column's width to fit in.
SHORT = ("Entlassungsvorbereitung", "Vorbereitung")
# A day of the last months is told without its year.
NEAR = 270


@dataclass(frozen=True)
class Line:
    """A row as the template needs it. ``key`` names the case in a form, by public numbers."""

    row: CaseRow
    url: str
    key: str
    track: Track
    phase: str
    step_place: int
    release: str
    mark: str
    mark_label: str
    next: str
    due: str
    late: bool
    contact: str


def lines_of(rows: Iterable[CaseRow], today: date) -> list[Line]:
    # The address is looked up once: fifty times cost as much as drawing the rows.
    address = reverse("file", args=[ANY])
    return [_line(row, today, address.replace(ANY, row.number)) for row in rows]


def _line(row: CaseRow, today: date, address: str) -> Line:
    mark, label = _mark(row.due_on, today)
    return Line(
        row=row,
        url=address + (f"?{urlencode({EPISODE: row.case_number})}" if row.case_number > 1 else ""),
        key=f"{row.number}~{row.case_number}",
        track=track(row.phase, row.planning_date, row.preparation_starts, row.aftercare_ends, today),
        phase=row.label.replace(*SHORT),
        step_place=PLACES[row.step],
        release=release_words(row, today),
        mark=mark,
        mark_label=label,
        next=(row.next_title or NOT_OPEN) if row.due_on else "",
        due=due_words(row.due_on, today),
        late=mark == "late",
        contact=contact_words(row.last_contact_on, today),
    )


def release_words(row: CaseRow, today: date) -> str:
    """„81 Tage · Zwei-Drittel-Zeitpunkt, plausibel“, „entlassen, bestätigt“."""
    if row.is_released:
        return "entlassen, bestätigt"
    if row.planning_date is None:
        return ""
    days = (row.planning_date - today).days
    if days == 0:
        distance = "heute"
    else:
        distance = f"{abs(days)} {'Tag' if abs(days) == 1 else 'Tage'}{'' if days > 0 else ' über'}"
    if row.planning_kind is None or row.planning_status is None:
        return distance
    return f"{distance} · {row.planning_kind.label}, {row.planning_status.label}"


def due_words(due_on: date | None, today: date) -> str:
    """„3 Tage über“, „heute“, „Do., 26.11.“."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days == 0:
        return "heute"
    if days > 0:
        return german_day(due_on, today)
    return "1 Tag über" if days == -1 else f"{-days} Tage über"


def contact_words(on: date | None, today: date) -> str:
    if on is None:
        return ""
    return f"{on:%d.%m.}" if 0 <= (today - on).days <= NEAR else f"{on:%d.%m.%Y}"


def _mark(due_on: date | None, today: date) -> tuple[str, str]:
    if due_on is None:
        return "na", "kein offener Schritt"
    if due_on < today:
        return "late", "überfällig"
    return ("due", "heute fällig") if due_on == today else ("open", "geplant")
