"""Am Tor: who is released soon and what is missing, who was released and whether somebody was there. And the list for
the day on which the system is down, printed beforehand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.audit.trail import record_read
from ina.base import clock
from ina.institutions.queries import institution_by_id
from ina.monitoring import policies
from ina.monitoring.queries.gate import read_gate
from ina.web.shell.pages import show


def gate(request: HttpRequest) -> HttpResponse:
    policies.may_look_at_gate(request.actor).require()
    today = clock.today()
    return show(request, "desk/gate.html", {"found": read_gate(request.actor, today), "section": "case_list"})


def emergency_list(request: HttpRequest) -> HttpResponse:
    """For paper: locked away, thrown away when the next one is printed. Taking it is recorded."""
    actor, now = request.actor, clock.now()
    policies.may_look_at_gate(actor).require()
    found = read_gate(actor, clock.day_of(now))
    record_read(action="export.emergency_list", actor=actor, now=now, cases=len(found.before) + len(found.after))
    context = {"found": found, "now": now, "house": institution_by_id(actor.institution_id), "section": "case_list"}
    return show(request, "desk/emergency_list.html", context)
