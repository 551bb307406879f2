"""Words for the log of a file, in plain language."""

from __future__ import annotations

from ina.access.enums import Basis

PAGES = {
    "file": "Übersicht",
    "admission": "Aufnahme",
    "first_talk": "Erstgespräch",
    "profiling": "Profiling",
    "plan": "Plan",
    "network": "Netzwerk",
    "contacts": "Kontakte",
    "release_dates": "Termine",
    "outcomes": "Verbleib",
    "closing": "Ruhen, abschließen",
    "consents": "Einwilligungen",
    "person": "Angaben zur Person",
    "file_access": "Zugriff",
}


def page_name(page: str) -> str:
    """Which part of the file somebody looked at; empty where the line names none."""
    return PAGES.get(page, "")


def why(reason: str) -> str:
    """On what basis somebody looked; words given for a check are shown as they are."""
    return Basis(reason).label if reason in set(Basis) else reason
