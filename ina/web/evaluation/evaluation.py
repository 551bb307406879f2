"""Auswertung: the figures with n, unknowns, interval and definition. No row of this page is a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.evaluation import queries
from ina.evaluation.rates import Rate, Share
from ina.web.shell.pages import show

# The forest line: 0 to 100 % between these places of its viewBox.
LEFT, WIDTH = 10, 200
GRID = tuple(f"{LEFT + WIDTH * quarter / 4:.0f}" for quarter in range(5))


@dataclass(frozen=True)
class Bar:
    """Places of an interval and its share on the forest line; text, so that no decimal comma gets in."""

    low: str
    value: str
    high: str


@dataclass(frozen=True)
class Figure:
    """A rate as the page draws it."""

    rate: Rate
    with_unknowns: Bar | None
    without_unknowns: Bar | None


def evaluation(request: HttpRequest) -> HttpResponse:
    report = queries.get_report(request.actor, today=clock.today())
    figures = [Figure(rate, _bar(rate.with_unknowns), _bar(rate.without_unknowns)) for rate in report.rates]
    return show(request, "evaluation/evaluation.html", {"report": report, "figures": figures, "grid": GRID})


def _bar(share: Share | None) -> Bar | None:
    if share is None:
        return None
    low, value, high = (f"{LEFT + WIDTH * part:.1f}" for part in (share.interval.low, share.value, share.interval.high))
    return Bar(low, value, high)
