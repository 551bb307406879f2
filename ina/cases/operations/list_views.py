"""Ways to look at the list of cases that somebody keeps under a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import operation
from ina.cases import policies
from ina.cases.models import SavedView
from ina.cases.queries.list_frame import KeptView
from ina.cases.rules.narrowing import Narrowing, narrowing_of

MOST = 20


@operation("cases.save_view", may=policies.may_keep_views)
def save_view(*, actor: Actor, name: str, query: Mapping[str, str], now: datetime) -> SavedView:
    """Keep what the list is narrowed to. query: the fields of the filter; what is none of them is left out, above all
    what was searched for. Raises Invalid: no name or a known one, nothing to keep, too many views."""
    wanted = narrowing_of(query)
    if wanted == Narrowing():
        raise Invalid("Bitte filtern Sie die Liste zuerst: Diese Ansicht zeigt dasselbe wie „Offene“.", "name")
    holder: Any = getattr(actor, "own_holder", None)  # the policy has seen to it
    if SavedView.objects.visible_to(actor).filter(holder_id=holder).count() >= MOST:
        raise Invalid(f"Sie haben schon {MOST} Ansichten. Bitte löschen Sie zuerst eine.", "name")
    view = SavedView(holder_id=holder, name=" ".join(name.split()), query=wanted.as_query(), saved_at=now)
    view.clean_fields(exclude=["holder", "query"])
    view.save(force_insert=True)
    return view


@operation("cases.forget_view", may=policies.may_forget_view, on=SavedView)
def forget_view(view: SavedView, *, actor: Actor, now: datetime) -> KeptView:
    """Answers what it was, so that it can be kept again."""
    kept = KeptView(view.name, view.query)
    view.delete()
    return kept
