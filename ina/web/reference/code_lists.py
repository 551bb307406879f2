"""Listen: all code lists."""

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.reference import catalogue
from ina.web.shell.pages import show


def code_lists(request: HttpRequest) -> HttpResponse:
    context = {"lists": catalogue.list_lines(on=clock.today()), "section": "parameter_list"}
    return show(request, "reference/code_lists.html", context)
