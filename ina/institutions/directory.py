"""The directory: who is where, how they are reached, and how far what is entered can be relied on.

Everybody who is logged in reads it; it holds no data about participants. What is old is asked for again: a check of
longer ago than the parameter ``partner_verification_interval`` counts as old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from ina.base.actor import Actor
from ina.institutions import policies
from ina.institutions.enums import Kind, Standing
from ina.institutions.models import Coverage, Institution, RegionService
from ina.institutions.queries import OFFICE_KINDS
from ina.institutions.rules import near_words, spellings, standing
from ina.reference.queries import parameter

PAGE = 50
# So many lines are written at once into a file.
CHUNK = 500
# How the entries of a kind are put together: by B5 region, by what they belong to; the others by name alone.
BY_REGION = frozenset({Kind.PRISON, Kind.YOUTH_ARREST, Kind.AFTERCARE_OFFICE})
BY_PARENT = frozenset({Kind.JOBCENTER})
# Kinds that are competent for districts.
BY_DISTRICT = frozenset(OFFICE_KINDS)


@dataclass(frozen=True)
class Entry:
    """A line of the directory. ``checked_on`` is the last check that still counts, ``checked_before`` one that a later
    change made worthless; ``group`` the heading it stands under; ``may_check`` whether the reader keeps it."""

    key: str
    kind: Kind
    name: str
    short_name: str
    official_number: str
    street: str
    postcode: str
    town: str
    phone: str
    email: str
    website: str
    opening_hours: str
    directions: str
    region: str
    parent: str
    kept_by: str
    group: str
    competent_for: tuple[str, ...]
    source: str
    standing: Standing
    checked_on: date | None
    checked_before: date | None
    closed_on: date | None
    version: int
    may_check: bool

    @property
    def address(self) -> str:
        return ", ".join(filter(None, (self.street, f"{self.postcode} {self.town}".strip())))


@dataclass(frozen=True)
class Wanted:
    """What is asked of the directory; everything optional. region: by its place or by the cases it leads there.
    district: five digits; who is competent for it."""

    search: str = ""
    kind: Kind | None = None
    region: int | None = None
    district: str = ""
    standing: Standing | None = None
    with_ended: bool = False


@dataclass(frozen=True)
class EntryPage:
    """One page of entries. ``page`` counts from 1 and is never behind the last one. ``instead``: the words that were
    looked for in the place of those typed, because nothing is written as they are."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int
    instead: tuple[str, ...] = ()


def stale_on(on: date) -> date:
    """A check of this day or earlier is old."""
    return parameter("partner_verification_interval", on=on).before(on)


def find_entries(actor: Actor, wanted: Wanted, *, on: date, page: int = 1, grouped: bool = False) -> EntryPage:
    """A page of the directory by name, or ``grouped`` in the order of its headings.

    When nothing is written like the words of the search, those that are one slip of the finger away are looked for.
    """
    stale = stale_on(on)
    all_rows = _narrowed(wanted, on, stale)
    rows = all_rows.matching(wanted.search)
    instead: tuple[str, ...] = ()
    total = rows.count()
    if not total and wanted.search.strip():
        rows, instead = _nearly(all_rows, wanted.search)
        total = rows.count() if instead else 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    if grouped:
        rows = rows.order_by(*_order(wanted.kind))
    found = _told(rows, on)[(page - 1) * PAGE : page * PAGE]
    return EntryPage(tuple(_entry(one, actor, stale) for one in found), total, page, pages, instead)


def all_entries(actor: Actor, wanted: Wanted, *, on: date) -> Iterator[Entry]:
    """As ``find_entries``, all of them, by kind and heading, a few hundred rows at a time."""
    stale = stale_on(on)
    rows = _narrowed(wanted, on, stale).matching(wanted.search).order_by("kind", *_order(wanted.kind))
    return (_entry(one, actor, stale) for one in _told(rows, on).iterator(chunk_size=CHUNK))


def entries_named(actor: Actor, keys: Iterable[str], *, on: date) -> tuple[Entry, ...]:
    """The entries with these keys, by kind and name; unknown keys are left out."""
    rows = Institution.objects.filter(key__in=[key.replace("\x00", "") for key in keys]).order_by("kind", "name_key")
    stale = stale_on(on)
    return tuple(_entry(one, actor, stale) for one in _told(rows, on))


def list_to_check(actor: Actor, *, on: date, own: bool, page: int = 1) -> EntryPage:
    """What is to be checked again by those who may, longest ago first. own: only what the own institution keeps."""
    stale = stale_on(on)
    rows = _to_check(actor, on, stale, own=own)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    rows = rows.order_by(F("verified_on").asc(nulls_last=True), "name_key", "key")
    found = _told(rows, on)[(page - 1) * PAGE : page * PAGE]
    return EntryPage(tuple(_entry(one, actor, stale) for one in found), total, page, pages)


def count_to_check(actor: Actor, *, on: date, own: bool = False) -> int:
    return _to_check(actor, on, stale_on(on), own=own).count()


def count_standings(*, on: date) -> dict[Standing, int]:
    """How many existing entries are checked, old, changed since, never checked."""
    rows = Institution.objects.existing_on(on)
    stale = stale_on(on)
    counts = rows.aggregate(**{each.value: Count("pk", filter=_of_standing(each, stale)) for each in Standing})
    return {each: counts[each.value] for each in Standing}


def count_by_kind(*, on: date) -> list[tuple[Kind, int]]:
    """The kinds of which something exists on this day, in their order, with how many."""
    counts = dict(
        Institution.objects.existing_on(on)
        .order_by()
        .values_list("kind")
        .annotate(Count("pk"))
        .values_list("kind", "pk__count")
    )
    return [(kind, counts[kind.value]) for kind in Kind if kind.value in counts]


# --- shared by the reads above ------------------------------------------------------------------------------------


def _narrowed(wanted: Wanted, on: date, stale: date):
    rows = Institution.objects.all() if wanted.with_ended else Institution.objects.existing_on(on)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.region is not None:
        served = RegionService.objects.on(on).filter(region__number=wanted.region).values("institution")
        rows = rows.filter(Q(region__number=wanted.region) | Q(pk__in=served))
    if wanted.district:
        covered = Coverage.objects.on(on).filter(district__ags=wanted.district).values("institution")
        rows = rows.filter(pk__in=covered)
    return rows.filter(_of_standing(wanted.standing, stale)) if wanted.standing else rows


def _of_standing(wanted: Standing, stale: date) -> Q:
    """The same four as ``rules.standing``, for the database."""
    match wanted:
        case Standing.CHECKED:
            return Q(verified_on__gt=stale)
        case Standing.OLD:
            return Q(verified_on__lte=stale)
        case Standing.CHANGED:
            return Q(verified_on=None, verified_before_on__isnull=False)
        case Standing.NEVER:
            return Q(verified_on=None, verified_before_on=None)


def _to_check(actor: Actor, on: date, stale: date, *, own: bool):
    rows = Institution.objects.existing_on(on).filter(kind__in=sorted(policies.editable_kinds(actor)))
    if own:
        rows = rows.filter(kept_by=getattr(actor, "institution_id", None))
    return rows.exclude(_of_standing(Standing.CHECKED, stale))


def _nearly(rows, search: str) -> tuple[QuerySet, tuple[str, ...]]:
    vocabulary = {word for key in rows.order_by().values_list("search_key", flat=True) for word in key.split()}
    typed = search.split()
    # A word that is written so somewhere stays as it is; only the others are looked for nearby.
    known = [any(spelled.strip() in word for spelled in spellings(each) for word in vocabulary) for each in typed]
    near = [[word] if is_known else near_words(word, vocabulary) for word, is_known in zip(typed, known, strict=True)]
    if all(known) or not all(near):
        return rows.none(), ()
    instead = {word for words, is_known in zip(near, known, strict=True) if not is_known for word in words}
    return rows.matching_any(near), tuple(sorted(instead))


def _order(kind: Kind | None) -> tuple:
    if kind in BY_REGION:
        return (F("region__number").asc(nulls_last=True), "name_key", "key")
    if kind in BY_PARENT:
        return (F("parent__name_key").asc(nulls_last=True), "name_key", "key")
    return ("name_key", "key")


def _told(rows, on: date):
    """With all that an entry says: four statements however many rows."""
    covered = Coverage.objects.on(on).select_related("district").order_by("district__name_key")
    served = RegionService.objects.on(on).select_related("region").order_by("region__number")
    return rows.select_related("region", "parent", "kept_by").prefetch_related(
        Prefetch("coverage", covered, to_attr="covered"), Prefetch("services", served, to_attr="served")
    )


def _entry(one, actor: Actor, stale: date) -> Entry:
    kind = Kind(one.kind)
    parent = str(one.parent) if one.parent else ""
    region = str(one.region) if one.region else ""
    return Entry(
        key=one.key,
        kind=kind,
        name=one.name,
        short_name=one.short_name,
        official_number=one.official_number,
        street=one.street,
        postcode=one.postcode,
        town=one.town,
        phone=one.phone,
        email=one.email,
        website=one.website,
        opening_hours=one.opening_hours,
        directions=one.directions,
        region=region,
        parent=parent,
        kept_by=str(one.kept_by) if one.kept_by else "",
        group=_heading(kind, region, parent),
        competent_for=(*(each.district.name for each in one.covered), *(str(each.region) for each in one.served)),
        source=one.source,
        standing=standing(one.verified_on, one.verified_before_on, stale),
        checked_on=one.verified_on,
        checked_before=one.verified_before_on,
        closed_on=one.closed_on,
        version=one.version,
        may_check=bool(policies.may_edit_kind(actor, kind)),
    )


def _heading(kind: Kind, region: str, parent: str) -> str:
    if kind in BY_REGION:
        return region or "ohne Region"
    return parent or "ohne Zuordnung" if kind in BY_PARENT else ""
