"""Wie gut waren die Termine? How far the planned day was off before the release, per prison. No person is in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.audit.trail import record_read
from ina.base import clock
from ina.cases import policies
from ina.cases.queries.release_dates import WINDOWS, ForecastRow, forecast_errors
from ina.reference.queries import parameter
from ina.web.shell.pages import show


@dataclass(frozen=True)
class PrisonLine:
    """A prison with one cell for each window; None: too few releases to show."""

    prison: str
    cells: tuple[tuple[int, ForecastRow | None, str], ...]


def forecast(request: HttpRequest) -> HttpResponse:
    actor, now = request.actor, clock.now()
    policies.may_see_forecasts(actor).require()
    record_read(action="read.forecast", actor=actor, now=now)
    rows = forecast_errors(actor)
    found = {(row.prison, row.days_before): row for row in rows}
    lines = [
        PrisonLine(
            prison,
            tuple((days, row := found.get((prison, days)), words(row.middle) if row else "") for days in WINDOWS),
        )
        for prison in dict.fromkeys(row.prison for row in rows)
    ]
    limit = parameter("small_number_limit", on=clock.day_of(now))
    return show(request, "cases/forecast.html", {"lines": lines, "windows": WINDOWS, "limit": limit})


def words(middle: float) -> str:
    """„12 Tage früher“: when people really left, against what was planned."""
    days = abs(middle)
    if days == 0:
        return "am geplanten Tag"
    amount = f"{days:g}".replace(".", ",") + (" Tag" if days == 1 else " Tage")
    return f"{amount} {'früher' if middle < 0 else 'später'}"
