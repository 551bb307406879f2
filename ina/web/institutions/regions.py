"""Regionen: the B5 regions, what lies in them, and which carrier leads their cases since when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import competence, policies
from ina.institutions.queries import institution_choices
from ina.web.institutions.views import views
from ina.web.shell.pages import show


def regions(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    sheets = competence.list_region_sheets(on=today)
    may_assign = policies.may_assign_some_competence(request.actor)
    context = {
        "regions": [
            (
                sheet,
                [(each, each.when(today)) for each in sheet.carriers if each.when(today) != "past"],
                [each for each in sheet.carriers if each.when(today) == "past"],
            )
            for sheet in sheets
        ],
        "carriers": institution_choices("CARRIER", on=today) if may_assign else [],
        "may_assign": may_assign,
        "views": views(request, "regions"),
        "section": "institution_list",
    }
    return show(request, "institutions/regions.html", context)
