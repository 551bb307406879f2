"""The line of views above every page of the directory."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from ina.base import clock
from ina.institutions import directory, policies

VIEWS = (
    ("Suchen", "institution_list"),
    ("Verzeichnis", "institution_directory"),
    ("Zu prüfen", "institutions_to_check"),
    ("Doppelte", "doubles"),
    ("Regionen", "regions"),
    ("Kreise", "districts"),
    ("Wer ist zuständig?", "competent_offices"),
)


# For those who keep entries.
KEEPING = ("institutions_to_check", "doubles")


@dataclass(frozen=True)
class View:
    label: str
    url_name: str
    current: bool
    count: int | None = None


def views(request: HttpRequest, here: str) -> list[View]:
    """What is to be checked is shown to those who keep entries, with how many."""
    keeps = bool(policies.may_add_some_institution(request.actor))
    found = []
    for label, url_name in VIEWS:
        count = None
        if url_name in KEEPING and not keeps:
            continue
        if url_name == "institutions_to_check":
            count = directory.count_to_check(request.actor, on=clock.today())
        found.append(View(label, url_name, url_name == here, count))
    return found
