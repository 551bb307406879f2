"""How the desk tells where somebody stands, and what a button leads to. Pure, the day of today is handed in."""

from __future__ import annotations

from datetime import date

from ina.agenda.enums import Urgency
from ina.cases.enums import Phase, State
from ina.cases.queries.desk import DeskCase

# Word of the button by the page where an item is done (``agenda.kinds.Kind.page``).
VERBS = {
    "first_talk": "Gespräch",
    "admission": "Entscheiden",
    "release_dates": "Termin",
    "closing": "Abschluss",
    "handover": "Übergeben",
    "consents": "Blatt",
    "contacts": "Kontakt",
    "outcomes": "Verbleib",
    "plan": "Plan",
    "disclosures": "Antwort",
    "network": "Stelle",
    "overrides": "Notfall",
    "standards": "Mindeststandards",
    "release_folder": "Mappe",
    "crises": "Krise",
    "applications": "Antrag",
    "aftercare": "Nachsorge",
    "profiling": "Profiling",
}
OPEN = "Öffnen"
# How long somebody is told by the days since the release, then by the month of aftercare.
JUST_RELEASED = 31
# A release farther away is told by its month.
FORESEEABLE = 365


def stands(case: DeskCase, today: date) -> str:
    """In a few words: „noch 81 Tage“, „Nachsorge, Monat 4“, „Klärung“."""
    if case.phase in (Phase.REFERRAL, Phase.ENDED) or (case.state is State.PAUSED and not case.released):
        return case.label
    if case.planning_date is None:
        return "Entlassung unbekannt"
    days = (case.planning_date - today).days
    if case.released:
        return _released(case, -days, today)
    if days < 0:
        return "Entlassung noch nicht bestätigt"
    if days == 0:
        return "Entlassung heute"
    if days <= FORESEEABLE:
        return "noch 1 Tag" if days == 1 else f"noch {days} Tage"
    return f"voraussichtlich {case.planning_date:%m/%Y}"


def _released(case: DeskCase, days: int, today: date) -> str:
    if case.state is State.PAUSED:
        return case.label
    if days <= JUST_RELEASED:
        return {0: "heute entlassen", 1: "gestern entlassen"}.get(days) or f"entlassen vor {days} Tagen"
    assert case.planning_date
    months = (today.year - case.planning_date.year) * 12 + today.month - case.planning_date.month
    return f"Nachsorge, Monat {months + (today.day >= case.planning_date.day)}"


def phase_and_place(case: DeskCase) -> str:
    return case.label if case.released else f"{case.label} · {case.prison}"


def how_urgent(late: int, urgency: Urgency | None) -> tuple[str, str]:
    """Mark and word for a case before its release. urgency: of the next open item; None: nothing is open."""
    if late:
        return "late", f"{late} überfällig"
    if urgency is None:
        return "done", "nichts offen"
    return ("due", "bald fällig") if urgency in (Urgency.SOON, Urgency.OVERDUE) else ("open", "offen")


def amount(count: int, one: str, many: str) -> str:
    """„1 Fall“, „1.204 Fälle“."""
    return f"1 {one}" if count == 1 else f"{count:,} {many}".replace(",", ".")
