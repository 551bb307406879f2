"""Reading the trail for a check of lawfulness. Lines carry ids; names and numbers are put beside them by the face.

Newest first and nothing else: no counts by person and no order by person, because the trail must not become a
supervision of staff (§ 35 Abs. 3 JVollzDSG NRW).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q

from ina.audit import policies
from ina.audit.labels import sentence
from ina.audit.models import Entry
from ina.audit.notable import NOTABLE, Notable
from ina.base.actor import Actor

PAGE = 50


@dataclass(frozen=True)
class TrailLine:
    """One thing that somebody did or saw. ``reason``: code of the basis, or the words given for a check."""

    at: datetime
    action: str
    what: str
    actor: str
    user_id: int | None
    membership_id: int | None
    dossier_id: int | None
    reason: str
    # Which page of a file was opened; empty for everything else.
    page: str = ""


@dataclass(frozen=True)
class Place:
    """Where the next page of a search begins: after this line."""

    at: datetime
    id: int


@dataclass(frozen=True)
class TrailPage:
    """``next`` is None on the last page."""

    lines: tuple[TrailLine, ...]
    next: Place | None


def search_trail(
    actor: Actor,
    *,
    since: datetime,
    before: datetime,
    dossier_id: int | None = None,
    user_id: int | None = None,
    prefixes: tuple[str, ...] = (),
    notable: Notable | None = None,
    after: Place | None = None,
    size: int = 0,
) -> TrailPage:
    """Lines from ``since`` up to but not including ``before``. Refused for everybody but a check.

    prefixes: beginnings of action names, any of them (``labels.GROUPS``). notable: only such lines. after: continue a
    search. The caller records the search before it is made (``record_read``).
    """
    policies.may_search_trail(actor).require()
    rows = Entry.objects.visible_to(actor).filter(at__gte=since, at__lt=before)
    if dossier_id is not None:
        rows = rows.of_dossier(dossier_id)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if prefixes:
        rows = rows.filter(reduce(or_, (Q(action__startswith=prefix) for prefix in prefixes)))
    if notable:
        rows = rows.filter(_such(notable))
    return _page(rows, after, size)


def count_notable(actor: Actor, *, since: datetime, before: datetime) -> dict[str, int]:
    """How many lines of each kind of ``labels.NOTABLE``; nobody's name. Refused for everybody but a check."""
    policies.may_search_trail(actor).require()
    rows = Entry.objects.visible_to(actor).filter(at__gte=since, at__lt=before)
    actions = {action for notable in NOTABLE.values() for action in notable.actions}
    return rows.filter(action__in=actions).aggregate(
        **{key: Count("pk", filter=_such(notable)) for key, notable in NOTABLE.items()}
    )


def count_reads(actor: Actor, *, since: datetime, before: datetime) -> dict[str, int]:
    """How many pages of files were opened, by the reason that allowed it, most first. As ``count_notable``."""
    policies.may_search_trail(actor).require()
    rows = Entry.objects.visible_to(actor).filter(at__gte=since, at__lt=before, action="read.file")
    return dict(rows.values_list("reason").annotate(lines=Count("pk")).order_by("-lines", "reason"))


def count_unreviewed_emergencies(actor: Actor, *, since: datetime, before: datetime) -> int:
    """Files opened in an emergency of which nobody has said since that they looked at why. As ``count_notable``."""
    policies.may_search_trail(actor).require()
    rows = Entry.objects.visible_to(actor)
    opened = rows.filter(at__gte=since, at__lt=before, action="access.open_emergency_access")
    reviewed = rows.filter(
        action="access.review_emergency_access", dossier_id=OuterRef("dossier_id"), at__gte=OuterRef("at")
    )
    return opened.exclude(Exists(reviewed)).count()


def _such(notable: Notable) -> Q:
    found = Q(action__in=notable.actions)
    if notable.reasons:
        found &= Q(reason__in=notable.reasons)
    return found & ~Q(reason__in=notable.but) if notable.but else found


def dossier_trail(actor: Actor, dossier_id: int, *, after: Place | None = None) -> TrailPage:
    """What was done with a file and who looked, for its readers: "who has seen my file". after: as above."""
    return _page(Entry.objects.visible_to(actor).of_dossier(dossier_id), after)


def _page(rows, after: Place | None, size: int = 0) -> TrailPage:
    size = size or PAGE
    if after is not None:
        # The first condition lets the database leave out whole months.
        rows = rows.filter(at__lte=after.at).exclude(at=after.at, id__gte=after.id)
    found = list(rows.newest_first()[: size + 1])
    more = found[size - 1] if len(found) > size else None
    return TrailPage(
        lines=tuple(_line(entry) for entry in found[:size]), next=Place(more.at, more.pk) if more else None
    )


def _line(entry: Entry) -> TrailLine:
    return TrailLine(
        at=entry.at,
        action=entry.action,
        what=sentence(entry.action),
        actor=entry.actor,
        user_id=entry.user_id,
        membership_id=entry.membership_id,
        dossier_id=entry.dossier_id,
        reason=entry.reason,
        page=str(entry.details.get("page", "")),
    )
