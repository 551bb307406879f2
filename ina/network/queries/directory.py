"""What partners offer: found by need, place and phase, and how far it can be relied on. Everybody reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from ina.base.errors import NotVisible
from ina.base.periods import period
from ina.institutions.directory import stale_on
from ina.institutions.enums import Standing
from ina.institutions.rules import spellings, standing
from ina.network.enums import OfferPhase
from ina.network.models.directory import Offer
from ina.profiling.enums import Need
from ina.reference.queries import list_districts

PAGE = 50
# Nobody pages further than this; who finds more is asked to narrow the search.
MOST = 1000


@dataclass(frozen=True)
class OfferRow:
    """A line in a list of offers. ``area``: names of districts, empty for the whole of NRW."""

    number: int
    title: str
    partner: str
    partner_key: str
    town: str
    target_group: str
    needs: tuple[str, ...]
    phases: tuple[str, ...]
    area: tuple[str, ...]
    waiting_days: int | None
    standing: Standing
    checked_on: date | None
    ends_on: date | None
    version: int


@dataclass(frozen=True)
class WantedOffer:
    """What is looked for; everything optional. district: five digits; what is for all of NRW is for it as well.
    to_check: only what was not checked for longer than ``partner_verification_interval``, changed since, or never."""

    search: str = ""
    need: Need | None = None
    phase: OfferPhase | None = None
    district: str = ""
    to_check: bool = False


@dataclass(frozen=True)
class OfferPage:
    """One page of offers. ``more``: there are more than ``total``, which stops at ``MOST``."""

    offers: tuple[OfferRow, ...]
    total: int
    more: bool
    page: int
    pages: int


def find_offers(wanted: WantedOffer, *, on: date, page: int = 1) -> OfferPage:
    """Offers that exist on this day, by name of the partner; those to check the longest unchecked first."""
    stale = stale_on(on)
    rows = _narrowed(wanted, on, stale)
    counted = rows.order_by()[: MOST + 1].count()
    total = min(counted, MOST)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    order = ("verified_on", "number") if wanted.to_check else ("institution__name_key", "institution_id", "number")
    found = rows.select_related("institution").order_by(*order)[(page - 1) * PAGE : min(page * PAGE, MOST)]
    return OfferPage(_told(found, stale), total, counted > MOST, page, pages)


def every_offer(wanted: WantedOffer, on: date) -> Iterator[Offer]:
    """All that are wanted, by name of the partner, as they come."""
    rows = _narrowed(wanted, on, stale_on(on)).select_related("institution")
    return rows.order_by("institution__name_key", "institution_id", "number").iterator(chunk_size=1000)


def offers_of(institution_id: int, *, on: date) -> tuple[OfferRow, ...]:
    """What a partner offers on this day or will, by number; ended ones are left out."""
    rows = Offer.objects.filter(institution=institution_id).filter(valid_period__overlap=period(on))
    return _told(rows.select_related("institution").order_by("number"), stale_on(on))


def get_offer(number: int) -> Offer:
    """The offer with this number and its partner, ended ones too. For reading only. Raises NotVisible."""
    found = Offer.objects.select_related("institution").filter(number=number).first()
    if found is None:
        raise NotVisible(f"Ein Angebot mit der Nummer {number} gibt es nicht.")
    return found


def area_names(area: list[str]) -> tuple[str, ...]:
    """The districts of an area by name."""
    return tuple(one.name for one in list_districts() if one.ags in area) if area else ()


def offer_standing(offer: Offer, *, on: date) -> Standing:
    return standing(offer.verified_on, offer.verified_before_on, stale_on(on))


def narrowed(wanted: WantedOffer, on: date) -> QuerySet[Offer]:
    """The rows that are wanted and exist on this day, in no order."""
    return _narrowed(wanted, on, stale_on(on))


def told(ids: list[int], on: date) -> dict[int, OfferRow]:
    """These offers as lines of a list, by id."""
    rows = Offer.objects.filter(pk__in=ids).select_related("institution").order_by("pk")
    return dict(zip(sorted(ids), _told(rows, stale_on(on)), strict=True))


def _narrowed(wanted: WantedOffer, on: date, stale: date) -> QuerySet[Offer]:
    rows = Offer.objects.filter(valid_period__contains=on, institution__valid_period__contains=on)
    if wanted.need:
        rows = rows.filter(needs__contains=[wanted.need.value])
    if wanted.phase:
        rows = rows.filter(phases__contains=[wanted.phase.value])
    if wanted.district:
        rows = rows.filter(Q(area__contains=[wanted.district]) | Q(area=[]))
    if wanted.to_check:
        rows = rows.filter(Q(verified_on=None) | Q(verified_on__lte=stale))
    for word in wanted.search.split():
        found = (
            Q(search_key__contains=spelled) | Q(institution__search_key__contains=spelled)
            for spelled in spellings(word)
        )
        rows = rows.filter(reduce(or_, found))
    return rows


def _told(rows: QuerySet[Offer], stale: date) -> tuple[OfferRow, ...]:
    offers = list(rows)
    names = {one.ags: one.name for one in list_districts()} if any(one.area for one in offers) else {}
    return tuple(_row(one, names, stale) for one in offers)


def _row(one: Offer, names: dict[str, str], stale: date) -> OfferRow:
    return OfferRow(
        number=one.number,
        title=one.title,
        partner=one.institution.short_name,
        partner_key=one.institution.key,
        town=one.institution.town,
        target_group=one.target_group,
        needs=tuple(Need(code).label for code in one.needs),
        phases=tuple(each.label for each in OfferPhase if each.value in one.phases),
        area=tuple(names.get(ags, ags) for ags in one.area),
        waiting_days=one.waiting_days,
        standing=standing(one.verified_on, one.verified_before_on, stale),
        checked_on=one.verified_on,
        ends_on=one.ends_on,
        version=one.version,
    )
