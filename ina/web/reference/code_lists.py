"""Listen: all code lists."""

from django.http import HttpRequest, HttpResponse

from ina.reference import queries
from ina.web.shell.pages import show


def code_lists(request: HttpRequest) -> HttpResponse:
    return show(request, "reference/code_lists.html", {"lists": queries.list_code_lists()})
