"""Orte: how much of the place list is loaded, and how one is loaded."""

from django.http import HttpRequest, HttpResponse

from ina.reference import catalogue, policies
from ina.web.shell.pages import show


def places(request: HttpRequest) -> HttpResponse:
    context = {
        "counts": catalogue.count_places(),
        "may_import": policies.may_import_places(request.actor),
        "section": "parameter_list",
    }
    return show(request, "reference/places.html", context)
