"""The picture of the network: who sends whom where, how often, how fast, how well; and what nobody offers."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.network import policies, queries
from ina.network.queries import Line, PartnerRow
from ina.reference.queries import district_choices, parameter
from ina.web.shell.pages import show

# More lines than these nobody tells apart; the table has all.
MOST = 14
STEP, TOP = 44, 30
ORDERS = {
    "vermittlungen": ("Vermittlungen", lambda row: (-row.referrals, row.name)),
    "antwort": ("Antwort", lambda row: (row.answer_days is None, row.answer_days or 0, row.name)),
    "ankunft": ("Ankunft", lambda row: (row.arrival_days is None, row.arrival_days or 0, row.name)),
    "anteil": ("angekommen", lambda row: (row.share is None, -(row.share or 0), row.name)),
}


@dataclass(frozen=True)
class Node:
    """A house or a partner; ``y`` in units of the picture."""

    label: str
    y: int


@dataclass(frozen=True)
class Edge:
    """``tone``: good, fair, poor, or unknown where too few people stand behind the share."""

    from_y: int
    to_y: int
    width: str
    tone: str


@dataclass(frozen=True)
class Drawing:
    houses: tuple[Node, ...]
    partners: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int


def draw(partners: tuple[PartnerRow, ...], lines: tuple[Line, ...]) -> Drawing:
    """The partners that were asked the most on the right, the houses that send there on the left."""
    shown = {row.id: place for place, row in enumerate(partners[:MOST])}
    kept = [line for line in lines if line.partner_id in shown]
    houses = list(dict.fromkeys((line.house_id, line.house) for line in kept))[:MOST]
    kept = [line for line in kept if (line.house_id, line.house) in houses]
    rows = max(len(houses), len(shown), 1)
    left = {house_id: _at(place, len(houses), rows) for place, (house_id, _) in enumerate(houses)}
    right = {pk: _at(place, len(shown), rows) for pk, place in shown.items()}
    most = max((line.referrals for line in kept), default=1)
    share = {row.id: row.share for row in partners}
    return Drawing(
        houses=tuple(Node(_short(name), left[house_id]) for house_id, name in houses),
        partners=tuple(Node(_short(row.name), right[row.id]) for row in partners[:MOST]),
        edges=tuple(
            Edge(
                left[line.house_id],
                right[line.partner_id],
                f"{1.5 + 8.5 * line.referrals / most:.1f}",
                tone(share[line.partner_id]),
            )
            for line in kept
        ),
        height=TOP + rows * STEP,
    )


def tone(share: float | None) -> str:
    if share is None:
        return "unknown"
    return "good" if share >= 2 / 3 else "fair" if share >= 1 / 3 else "poor"


def _at(place: int, count: int, rows: int) -> int:
    """The middle of its share of the height."""
    return round(TOP + (place + 0.5) * rows * STEP / max(count, 1))


def _short(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:29]}…"


class PictureFilter(forms.Form):
    kreis = forms.ChoiceField(label="Kreis oder Stadt", required=False)
    nach = forms.ChoiceField(
        label="Reihenfolge", required=False, choices=[(key, word) for key, (word, _) in ORDERS.items()]
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["kreis"].choices = [("", "ganz Nordrhein-Westfalen"), *district_choices()]


def network_picture(request: HttpRequest) -> HttpResponse:
    policies.may_see_picture(request.actor).require()
    form, today = PictureFilter(request.GET), clock.today()
    form.is_valid()
    district = form.cleaned_data.get("kreis", "")
    order = ORDERS.get(form.cleaned_data.get("nach", ""), ORDERS["vermittlungen"])[1]
    found = queries.network_picture(today, district)
    context = {
        "form": form,
        "found": found,
        "drawing": draw(found.partners, found.lines) if found.lines else None,
        "rows": sorted(found.partners, key=order),
        "limit": parameter("small_number_limit", on=today),
        "period": parameter("partner_figures_period", on=today),
        "section": "offer_list",
    }
    return show(request, "network/picture.html", context)
