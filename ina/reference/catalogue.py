"""The reference data as somebody who keeps them looks at them: finding, what changed last, how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from ina.base.names import NAMES, WORDS, sort_key
from ina.reference.models import CodeList, District, Municipality, Parameter, Place, Term
from ina.reference.queries import ParameterRow, list_parameters

# So many entries of lists are shown for one search.
MOST = 100


@dataclass(frozen=True)
class Change:
    """Who entered something last; ``by`` is the label of an actor."""

    by: str
    at: datetime


def find_parameters(search: str, *, on: date) -> tuple[ParameterRow, ...]:
    """Parameters in whose name, key, group or source all words occur, with what holds on this day."""
    words = search.split()
    return tuple(
        row
        for row in list_parameters(on=on)
        if all(_occurs(word, row.label, row.key, row.group, row.source, row.shown) for word in words)
    )


def last_changes() -> dict[str, Change]:
    """By key of the parameter: its newest entry."""
    rows = Parameter.objects.order_by("key_id", "-entered_at", "-pk").distinct("key_id")
    return {key: Change(by, at) for key, by, at in rows.values_list("key__key", "entered_by", "entered_at")}


@dataclass(frozen=True)
class FoundCode:
    list_key: str
    list_label: str
    code: str
    label: str


def find_codes(search: str, *, on: date) -> tuple[FoundCode, ...]:
    """Entries of lists that hold on this day and in whose name, code or list all words occur; ``MOST`` at most."""
    rows = Term.objects.on(on).order_by("code__list__label", "code__position")
    found = (FoundCode(*row) for row in rows.values_list("code__list__key", "code__list__label", "code__code", "label"))
    words = search.split()
    return tuple(
        one for one in found if all(_occurs(word, one.label, one.code, one.list_label, one.list_key) for word in words)
    )[:MOST]


@dataclass(frozen=True)
class ListLine:
    """A code list with how many entries hold today and when one was entered last."""

    key: str
    label: str
    codes: int
    changed_at: datetime | None


def list_lines(*, on: date) -> tuple[ListLine, ...]:
    holding = Q(codes__terms__valid_period__contains=on, codes__terms__voided_at=None)
    rows = CodeList.objects.annotate(
        holding=Count("codes", filter=holding, distinct=True), changed_at=Max("codes__terms__entered_at")
    )
    return tuple(ListLine(row.key, row.label, row.holding, row.changed_at) for row in rows)


@dataclass(frozen=True)
class PlaceCounts:
    """How much of the place list is loaded; ``in_nrw`` of the municipalities."""

    districts: int
    municipalities: int
    in_nrw: int
    postcodes: int


def count_places() -> PlaceCounts:
    return PlaceCounts(
        districts=District.objects.count(),
        municipalities=Municipality.objects.count(),
        in_nrw=Municipality.objects.filter(ags__startswith="05").count(),
        postcodes=Place.objects.values("postcode").distinct().count(),
    )


def _occurs(word: str, *texts: str) -> bool:
    """However the umlauts are typed."""
    return any(sort_key(word, table) in sort_key(text, table) for table in (NAMES, WORDS) for text in texts)
