"""Zu prüfen: entries whose last check is old, that were changed since, or that nobody ever checked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import directory, policies
from ina.reference.queries import parameter
from ina.web.institutions.views import views
from ina.web.shell.pages import show

OWN = "eigene"


def institutions_to_check(request: HttpRequest) -> HttpResponse:
    policies.may_add_some_institution(request.actor).require()
    today = clock.today()
    own = request.GET.get("von") == OWN
    asked = request.GET.get("seite", "")
    page = directory.list_to_check(
        request.actor, on=today, own=own, page=int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    )
    context = {
        "page": page,
        "own": own,
        "own_count": page.total if own else directory.count_to_check(request.actor, on=today, own=True),
        "all_count": directory.count_to_check(request.actor, on=today) if own else page.total,
        "interval": parameter("partner_verification_interval", on=today),
        "query": f"von={OWN}" if own else "",
        "views": views(request, "institutions_to_check"),
        "section": "institution_list",
    }
    return show(request, "institutions/institutions_to_check.html", context, fragments=("rows",))
