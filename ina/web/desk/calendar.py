"""Kalender: an address that a calendar outside can subscribe to; and what it gets there, without log-in."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from ina.access.context import acting_as
from ina.base import clock
from ina.exchange.calendar import calendar_of
from ina.monitoring import policies
from ina.monitoring.operations import close_feed, open_feed
from ina.monitoring.queries import fed_appointments, feed_opened_at, reader_behind
from ina.web.shell.pages import show


def calendar(request: HttpRequest) -> HttpResponse:
    """The address is shown once, in the answer to the form that made it."""
    actor, now, address = request.actor, clock.now(), ""
    policies.may_list_appointments(actor).require()
    if request.method == "POST" and "close" in request.POST:
        close_feed(actor=actor, now=now)
    elif request.method == "POST":
        part = open_feed(actor=actor, now=now)
        address = request.build_absolute_uri(reverse("calendar_feed", args=[part]))
    context = {"address": address, "opened_at": feed_opened_at(actor), "section": "today_page"}
    return show(request, "desk/calendar.html", context)


@login_not_required
@never_cache
def calendar_feed(request: HttpRequest, address: str) -> HttpResponse:
    """Whoever knows the address learns when, and nothing else. Unknown and closed: the same answer."""
    if not ratelimit.consume(request, app="allauth.account", action="calendar", limit_get=True):
        return HttpResponse(status=429)
    now = clock.now()
    reader = reader_behind(address, clock.day_of(now))
    if reader is None:
        return HttpResponse(status=404)
    with acting_as(reader):
        rows = fed_appointments(reader, clock.day_of(now))
    told = [
        (salted_hmac("calendar", f"{row.dossier_id}:{row.case_number}:{row.place}").hexdigest(), row) for row in rows
    ]
    return HttpResponse(calendar_of(told, now), content_type="text/calendar; charset=utf-8")
