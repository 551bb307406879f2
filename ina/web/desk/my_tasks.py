"""Meine Aufgaben: what asks the reader in all their cases, and those of whom they stand in for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from ina.accounts.crypto import decrypt, encrypt
from ina.agenda import policies
from ina.agenda.enums import ReminderStep
from ina.agenda.operations.reminders import see_reminders
from ina.agenda.queries import PAGE, DueRow, ReminderRow, count_reminders, list_due, list_reminders
from ina.base import clock
from ina.base.errors import NotVisible, Refused
from ina.cases.next_steps import shown_as
from ina.cases.queries import names_in_list
from ina.web.shell.files import EPISODE
from ina.web.shell.pages import show

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A task or a reminder with the name of the person, as far as the reader sees it."""

    row: DueRow | ReminderRow
    mark: str
    name: str
    url: str
    file: str


@dataclass(frozen=True)
class Group:
    label: str
    mark: str
    lines: list[Line]


def my_tasks(request: HttpRequest) -> HttpResponse:
    actor, now = request.actor, clock.now()
    policies.may_see_reminders(actor).require()
    today, sealed = clock.day_of(now), request.GET.get("ab", "")
    found = list_due(actor, today + AHEAD, today=today, cursor=_unsealed(sealed), limit=PAGE + 1)
    rows = found[:PAGE]
    told = [] if sealed else list_reminders(actor, steps=(ReminderStep.ESCALATED,), seen=True)
    names = names_in_list(actor, [row.dossier_id for row in (*rows, *told)])
    if not sealed and count_reminders(actor, today).any:
        see_reminders(actor=actor, now=now)
    context = {
        "groups": _groups([_due(row, names) for row in rows], today),
        "told": [_told(row, names) for row in told],
        "first": not sealed,
        "next_cursor": encrypt(rows[-1].cursor) if len(found) > PAGE else "",
        "until": today + AHEAD,
        "section": "case_list",
    }
    return show(request, "desk/my_tasks.html", context)


def _unsealed(sealed: str) -> str:
    try:
        return decrypt(sealed) if sealed else ""
    except Refused as error:  # made up, or sealed by another installation
        raise NotVisible() from error


def _groups(lines: list[Line], today: date) -> list[Group]:
    groups = [
        Group("Überfällig", "late", [line for line in lines if line.row.shown_on < today]),
        Group("Heute", "due", [line for line in lines if line.row.shown_on == today]),
        Group("In den nächsten sieben Tagen", "open", [line for line in lines if line.row.shown_on > today]),
    ]
    return [group for group in groups if group.lines]


def _due(row: DueRow, names: dict[int, str]) -> Line:
    query = f"?{urlencode({EPISODE: row.case_number})}"
    url = reverse("task", args=[row.number, row.place]) + query
    file = reverse("file", args=[row.number]) + query
    return Line(row, shown_as(row.urgency), names.get(row.dossier_id, ""), url, file)


def _told(row: ReminderRow, names: dict[int, str]) -> Line:
    query = f"?{urlencode({EPISODE: row.case_number})}"
    url = reverse("tasks", args=[row.number]) + query
    return Line(row, "late", names.get(row.dossier_id, ""), url, reverse("file", args=[row.number]) + query)
