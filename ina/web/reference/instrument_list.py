"""Förderungen: the catalogue of instruments as it holds on a day, with what held before and the names of benefits."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.reference import queries
from ina.web.shell.dates import parse_day
from ina.web.shell.pages import show


@dataclass(frozen=True)
class Line:
    row: queries.InstrumentRow
    earlier: tuple[queries.InstrumentRow, ...]


def instrument_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    asked = request.GET.get("tag", "").strip()[:20].replace("\x00", "")
    problem, day = "", today
    if asked:
        try:
            day = parse_day(asked, today)
        except (ValueError, OverflowError):
            problem = "Diesen Tag gibt es nicht; gezeigt ist heute. Bitte als TT.MM.JJJJ schreiben."
    earlier: dict[str, list[queries.InstrumentRow]] = {}
    for row in queries.earlier_facts(on=day):
        earlier.setdefault(row.code, []).append(row)
    groups: dict[str, list[Line]] = {}
    for row in queries.instruments(on=day):
        groups.setdefault(row.group.label, []).append(Line(row, tuple(earlier.get(row.code, ()))))
    benefits = [
        [one for one in versions if not one.voided_at]
        for versions in queries.terms_of("benefits").values()
        if sum(1 for one in versions if not one.voided_at) > 1
    ]
    context = {
        "groups": groups,
        "benefits": benefits,
        "day": day,
        "section": "parameter_list",
        "asked": asked,
        "problem": problem,
    }
    return show(request, "reference/instrument_list.html", context, status=422 if problem else 200)
