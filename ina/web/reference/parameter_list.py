"""Werte: every dated parameter with what holds today; a search finds entries of lists as well."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.accounts.queries import actor_names
from ina.base import clock
from ina.reference import catalogue, queries
from ina.reference.seed import ENTERED_BY
from ina.web.shell.pages import show


@dataclass(frozen=True)
class Line:
    """``changed`` and ``by``: who entered the newest value when; none for what came with the program."""

    row: queries.ParameterRow
    coming: queries.Coming | None
    changed: catalogue.Change | None
    by: str


def parameter_list(request: HttpRequest) -> HttpResponse:
    today, search = clock.today(), request.GET.get("q", "")[:100].replace("\x00", "")
    coming, changes = queries.coming_values(on=today), catalogue.last_changes()
    names = actor_names({each.by for each in changes.values() if each.by != ENTERED_BY})
    groups: dict[str, list[Line]] = {}
    for row in catalogue.find_parameters(search, on=today):
        change = changes.get(row.key)
        shown = change if change and change.by != ENTERED_BY else None
        line = Line(row, coming.get(row.key), shown, names[shown.by] if shown else "")
        groups.setdefault(row.group, []).append(line)
    context = {
        "groups": groups,
        "count": sum(map(len, groups.values())),
        "codes": catalogue.find_codes(search, on=today) if search.strip() else (),
        "search": search,
        "today": today,
    }
    return show(request, "reference/parameter_list.html", context, fragments=("rows",))
