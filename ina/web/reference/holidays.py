"""Public holidays of NRW in one year: the days that are no working days in any deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.reference.rules import FIRST_YEAR, holidays_of
from ina.web.shell.dates import WEEKDAYS
from ina.web.shell.pages import show

YEARS_AHEAD = 10


@dataclass(frozen=True)
class Holiday:
    day: date
    weekday: str
    name: str
    free: bool  # it takes a working day away


def holidays(request: HttpRequest) -> HttpResponse:
    this_year = clock.today().year
    last = this_year + YEARS_AHEAD
    asked = request.GET.get("jahr", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
    year = min(max(year, FIRST_YEAR), last)
    rows = [Holiday(day, WEEKDAYS[day.weekday()], name, day.weekday() < 5) for day, name in holidays_of(year).items()]
    context = {
        "year": year,
        "rows": rows,
        "section": "parameter_list",
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < last else None,
    }
    return show(request, "reference/holidays.html", context)
