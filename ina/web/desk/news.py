"""What waits for the reader, above the list of cases: fetched after it, so that the list itself stays quick.

Without script the same stands behind the entries of the navigation and the link to the own tasks.
"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from ina.agenda.policies import may_see_reminders
from ina.agenda.queries import count_reminders
from ina.base import clock
from ina.cases import policies
from ina.cases.queries.handovers import count_offers
from ina.cases.queries.people import count_link_requests
from ina.web.shell.pages import show


def news(request: HttpRequest) -> HttpResponse:
    policies.may_list_cases(request.actor).require()
    context = {"news": _news(request, clock.today()), "waiting": _waiting(request)}
    return show(request, "desk/news.html", context, fragments=("news",))


def _news(request: HttpRequest, today: date) -> str:
    """What the night reminded the reader of, as a link to their tasks; empty for who has none."""
    if not may_see_reminders(request.actor):
        return ""
    new = count_reminders(request.actor, today)
    said = []
    if new.today:
        said.append(f"{_tasks(new.today)} heute fällig")
    if new.overdue:
        said.append(f"{new.overdue} überfällig" if said else f"{_tasks(new.overdue)} überfällig")
    if new.escalated:
        said.append(f"{_tasks(new.escalated, ' Ihres Teams')} lange überfällig")
    return ", ".join(said) or "Meine Aufgaben"


def _waiting(request: HttpRequest) -> list[tuple[str, str]]:
    """What others wait for, as words and the page to answer on."""
    if not policies.may_answer_offers(request.actor):
        return []
    offers, asked = count_offers(request.actor), count_link_requests(request.actor)
    said = []
    if offers:
        said.append((f"{offers} {'Übergabe wartet' if offers == 1 else 'Übergaben warten'} auf Antwort", "handovers"))
    if asked:
        said.append((f"{asked} {'Anfrage wartet' if asked == 1 else 'Anfragen warten'} auf Antwort", "link_requests"))
    return said


def _tasks(count: int, whose: str = "") -> str:
    return f"1 Aufgabe{whose} ist" if count == 1 else f"{count} Aufgaben{whose} sind"
