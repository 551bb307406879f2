"""Freigegebene Profile: what the chamber's coordination sees of people who allowed it, as it is now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.access.enums import Basis
from ina.audit.trail import record_read
from ina.base import clock
from ina.network import policies, queries
from ina.web.shell.pages import show


def opened_profiles(request: HttpRequest) -> HttpResponse:
    policies.may_read_opened(request.actor).require()
    context = {"rows": queries.opened_profiles(request.actor)}
    return show(request, "network/opened_profiles.html", context)


def opened_profile(request: HttpRequest, grant_id: int) -> HttpResponse:
    actor, now = request.actor, clock.now()
    policies.may_read_opened(actor).require()
    row, sections = queries.opened_profile(actor, grant_id, clock.day_of(now))
    record_read(
        action="read.profile",
        actor=actor,
        now=now,
        dossier_id=row.dossier_id,
        reason=str(Basis.CONSENT),
    )
    context = {"row": row, "sections": sections, "section": "opened_profiles"}
    return show(request, "network/opened_profile.html", context)
