"""Files that may be about the same person: what a page shows of a search, and how it names what was found.

For the page of a referral: ``{% include "cases/_alike.html" %}`` with ``alike_context(request.actor, person, now)``.
"""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.cases.queries import Alike, find_alike

SALT = "ina.alike"


def alike_context(actor: Actor, person, now: datetime, *, own: int | None = None) -> dict:
    """``alike``: the hits, the likeliest first. ``alike_note``: why nothing was searched; empty when it was.

    person: ``referrals.Person`` or ``likeness.Sheet``. Call it once per valid form: searches are counted.
    """
    try:
        return {"alike": find_alike(actor, person, now, own=own), "alike_note": ""}
    except Invalid as error:
        return {"alike": [], "alike_note": error.message}


def label_of(hit: Alike) -> str:
    whom = ", ".join(dict.fromkeys(part for part in (hit.ask, hit.house) if part))
    what = f"{hit.name}, Akte {hit.number}, {whom}" if hit.number else f"eine Akte bei {whom}"
    return f"{what}: {hit.score} %"


def sealed(hits: list[Alike]) -> str:
    """What was offered, to be sent along with the form: the search is not made again when a form comes back."""
    return signing.dumps([(hit.handle, label_of(hit)) for hit in hits], salt=SALT)


def unsealed(text: str) -> list[tuple[str, str]]:
    """Handles and labels; empty for what this page did not offer today."""
    try:
        return [(handle, label) for handle, label in signing.loads(text, salt=SALT, max_age=86400)]
    except signing.BadSignature:
        return []
