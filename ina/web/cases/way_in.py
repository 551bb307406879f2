"""The way into INA: referral, first talk, intake sheet, decision. The same stepper on each of these pages.

Once it is decided there is no way any more, only pages: then it is empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ina.cases.lifecycle import BEFORE_ADMISSION
from ina.cases.queries import CaseFile


@dataclass(frozen=True)
class WayStep:
    """``url`` is empty for the step that one is on, and for the referral, which has no page of its own."""

    label: str
    url: str
    current: bool
    done: bool


def way_in(file: CaseFile, page: str) -> tuple[WayStep, ...]:
    """Where somebody stands who opens ``page`` of a case that is not admitted yet."""
    if file.state not in BEFORE_ADMISSION:
        return ()
    number = file.dossier.number
    query = f"?fall={file.case.number}" if file.case.number > 1 else ""
    talked = any(talk.informed and talk.told_voluntary for talk in file.talks)
    ways = (
        ("Zugang gemeldet", "", True),
        ("Erstgespräch, Informationsblatt", "first_talk", talked),
        ("Aufnahmebogen", "intake", False),
        ("Prüfung und Entscheidung", "admission", False),
    )
    return tuple(
        WayStep(
            label,
            reverse(name, args=[number]) + query if name and name != page else "",
            current=name == page,
            done=done and name != page,
        )
        for label, name, done in ways
    )
