"""Kreise: for every district of NRW the offices that are competent for people who live there; gaps are named."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import competence, policies
from ina.institutions.queries import OFFICE_KINDS
from ina.web.institutions.views import views
from ina.web.shell.pages import show

GAPS = "luecken"


def districts(request: HttpRequest) -> HttpResponse:
    lines = competence.list_district_lines(on=clock.today())
    gaps = [line for line in lines if line.has_gap]
    only_gaps = request.GET.get("nur") == GAPS
    context = {
        "lines": gaps if only_gaps else lines,
        "gaps": len(gaps),
        "only_gaps": only_gaps,
        "kinds": [kind.label for kind in OFFICE_KINDS],
        "may_assign": policies.may_assign_some_competence(request.actor),
        "views": views(request, "districts"),
        "section": "institution_list",
    }
    return show(request, "institutions/districts.html", context)
