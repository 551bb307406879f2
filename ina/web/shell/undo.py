"""Undo: right after an act the message of success carries a button that takes it back.

    return lead_to(request, url, "Kontakt gespeichert.", undo=Undo(address, {"formular": "void", "version": 1, …}))

    done=lambda row: (url, "Gespeichert.", Undo(address, fields))          # the same from ``guided`` or ``several``

The button is a form that posts ``fields`` to ``url``: an address that exists for people anyway, whose operation asks
the same policy, compares the version, says that it is too late, and leaves the same trace. Undo has no power of its
own, and what has none (None) gets no button. It is offered with the message that it was given for, once: whoever goes
on finds the same act on the page of the entry.

For what the registry of entries knows (``cases.corrections``: contacts, talks, events, consents, acts of the case …)
``void_newest(actor, file, "kontakt")`` makes the Undo: the entry is voided, „gleich rückgängig gemacht“, and stays
visible, struck through. Other forms with a reason take ``AT_ONCE`` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from ina.base.actor import Actor
from ina.cases.queries import CaseFile
from ina.cases.queries.corrections import newest_entry

LABEL = "Rückgängig"
# The reason that a taken back entry shows.
AT_ONCE = "gleich rückgängig gemacht"
SESSION_KEY = "undo"


@dataclass(frozen=True)
class Undo:
    """What the button does. url: of this application. fields: posted as they are; nothing secret, nothing that only
    the server may say (sign that: ``accounts.crypto``)."""

    url: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
    label: str = LABEL


def remember(request: HttpRequest, message: str, undo: Undo | None) -> None:
    """Offer ``undo`` beside ``message`` on the next page; None: an older offer falls away."""
    if undo is None or not message:
        request.session.pop(SESSION_KEY, None)
        return
    fields = {name: str(value) for name, value in undo.fields.items()}
    request.session[SESSION_KEY] = {"message": message, "url": undo.url, "fields": fields, "label": undo.label}


def take(request: HttpRequest | None, message: str) -> Undo | None:
    """The offer that belongs to this message; it is there once. One of another message is not taken."""
    session = getattr(request, "session", None)
    kept = session.get(SESSION_KEY) if session is not None else None
    if session is None or not kept or kept["message"] != message:
        return None
    del session[SESSION_KEY]
    return Undo(kept["url"], kept["fields"], kept["label"])


def void_newest(actor: Actor, file: CaseFile, key: str, row_id: int | None = None) -> Undo | None:
    """Take back the entry of this kind that was made last in the file; None when the actor may not void it.

    row_id: which it must be, where the caller knows; somebody may have entered another in the same second.
    """
    found = newest_entry(actor, file.dossier.pk, key)
    if found is None:
        return None
    kind, row, ordinal = found
    row.known_bases = file.case.known_bases
    if (row_id is not None and row.pk != row_id) or not (kind.may_void or kind.may)(actor, row):
        return None
    address = reverse("entry", args=[file.dossier.number, key, ordinal])
    return Undo(address, {"formular": "void", "version": row.version, "because": AT_ONCE})


def reopen_task(number: str, place: int, *, version: int, case_number: int) -> Undo:
    """A task that was done, dropped or put off asks again. version: the one after the act."""
    address = f"{reverse('task', args=[number, place])}?fall={case_number}"
    return Undo(address, {"formular": "reopen", "version": version})
