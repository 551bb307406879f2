"""Eigene Seite: inviting the person to a page of their own after the release, and shutting it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.monitoring import policies
from ina.monitoring.operations import close_own_page, open_own_page
from ina.monitoring.queries import own_page_of
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show


def own_page(request: HttpRequest, number: str) -> HttpResponse:
    """Address and code are shown once, in the answer to the form that made them."""
    opened, actor, now, fresh = open_file(request, number, "own_page"), request.actor, clock.now(), None
    if request.method == "POST" and "close" in request.POST:
        close_own_page(case_id=opened.case.pk, actor=actor, now=now)
    elif request.method == "POST":
        way = open_own_page(case_id=opened.case.pk, actor=actor, now=now)
        address = request.build_absolute_uri(reverse("own_page_behind", args=[way.address]))
        fresh = {"address": address, "code": way.code}
    may, page = policies.may_open_own_page(actor, opened.case), own_page_of(actor, opened.case)
    context = {
        **head_of(opened, "outcomes"),
        "fresh": fresh,
        "page": page,
        "refusal": may.reason,
        "may_close": bool(page and policies.may_close_own_page(actor, opened.case)),
    }
    return show(request, "cases/own_page.html", context)
