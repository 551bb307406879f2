"""Werte: every dated parameter with what holds today."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.reference import queries
from ina.web.shell.pages import show


@dataclass(frozen=True)
class Line:
    row: queries.ParameterRow
    coming: queries.Coming | None


def parameter_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    coming = queries.coming_values(on=today)
    groups: dict[str, list[Line]] = {}
    for row in queries.list_parameters(on=today):
        groups.setdefault(row.group, []).append(Line(row, coming.get(row.key)))
    return show(request, "reference/parameter_list.html", {"groups": groups, "today": today})
