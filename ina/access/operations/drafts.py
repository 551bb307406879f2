"""What somebody has typed and not sent yet: kept for them alone, forgotten when it is sent or too old."""

from __future__ import annotations

import json
import re
from datetime import datetime

from ina.access import policies
from ina.access.models import Draft
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import operation, untraced

KEY = re.compile(r"[A-Za-z0-9:_-]{1,80}")
# Characters of one draft, and drafts of one position: far above what a person types, far below what hurts.
LARGEST = 100_000
MOST = 50


@operation("access.keep_draft", may=policies.may_keep_drafts)
def keep_draft(*, actor: Actor, key: str, data: dict[str, list[str]], now: datetime) -> Draft:
    """Keep what stands in a form. ``data``: values by the names of the fields, as a browser posts them.

    Only the first save of a draft leaves a line in the trail: the ones after it, every few seconds while somebody
    types, would bury what the trail is for, and ``saved_at`` tells of the last.
    """
    if not KEY.fullmatch(key):
        raise Invalid("Zu diesem Formular gibt es keinen Entwurf.")
    clean = {name: [value.replace("\0", "") for value in values] for name, values in data.items() if "\0" not in name}
    if len(json.dumps(clean)) > LARGEST:
        raise Invalid("Das ist zu lang für einen Entwurf. Bitte speichern Sie das Formular.")
    mine = Draft.objects.visible_to(actor).filter(holder_id=_holder_of(actor))
    if not mine.filter(key=key).exists() and mine.count() >= MOST:
        raise Invalid("Sie haben zu viele Entwürfe. Bitte speichern oder verwerfen Sie einen.")
    draft, is_new = mine.update_or_create(
        holder_id=_holder_of(actor), key=key, defaults={"data": clean, "saved_at": now}
    )
    if not is_new:
        untraced(because="jede weitere Sicherung desselben Entwurfs")
    return draft


@operation("access.discard_draft", may=policies.may_keep_drafts)
def discard_draft(*, actor: Actor, key: str, sent: bool = False, now: datetime) -> None:
    """Forget a draft; nothing happens when there is none. ``sent``: the form itself was saved and left its own line."""
    gone, _ = Draft.objects.visible_to(actor).filter(holder_id=_holder_of(actor), key=key).delete()
    if sent or not gone:
        untraced(because="nichts verworfen, oder das Abgeschickte hat seine eigene Zeile")


def _holder_of(actor: Actor) -> int | None:
    return getattr(actor, "own_holder", None)
