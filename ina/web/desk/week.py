"""Woche: the reader's appointments by day, and those of whom they stand in for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from ina.base import clock
from ina.base.errors import NotVisible
from ina.cases.queries import names_in_list
from ina.monitoring import policies
from ina.monitoring.queries import AppointmentRow, list_appointments
from ina.monitoring.rules import mark_of
from ina.reference.rules import holiday_name
from ina.web.shell.files import EPISODE
from ina.web.shell.pages import show

WEEK = "woche"
WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})")
# How far back the present week looks for what nobody has answered yet: a matter of display.
LOOKS_BACK = timedelta(weeks=4)
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
WORKING_WEEK = 5


@dataclass(frozen=True)
class Line:
    """An appointment with the name of the person, as far as the reader sees it."""

    row: AppointmentRow
    mark: str
    name: str
    url: str
    file: str


@dataclass(frozen=True)
class Day:
    """A day of the week. remark: the name of a public holiday."""

    on: date
    name: str
    remark: str
    is_today: bool
    lines: list[Line]


def week(request: HttpRequest) -> HttpResponse:
    policies.may_list_appointments(request.actor).require()
    today = clock.today()
    monday = _monday(request.GET.get(WEEK, ""), today)
    sunday, present = monday + timedelta(days=6), monday <= today <= monday + timedelta(days=6)
    rows = list_appointments(request.actor, monday - LOOKS_BACK if present else monday, sunday)
    names = names_in_list(request.actor, list(dict.fromkeys(row.dossier_id for row in rows)))
    lines = [_line(row, names, today) for row in rows]
    context = {
        "days": _days(monday, lines, today),
        "open": [line for line in lines if line.row.on < monday],
        "monday": monday,
        "sunday": sunday,
        "number": monday.isocalendar().week,
        "before": _written(monday - timedelta(days=7)),
        "after": _written(monday + timedelta(days=7)),
        "present": present,
        "count": sum(line.row.on >= monday for line in lines),
        "section": "today_page",
    }
    return show(request, "desk/week.html", context)


def _monday(written: str, today: date) -> date:
    """The first day of the week that the address names; of the present one without."""
    if not written:
        return today - timedelta(days=today.weekday())
    match = WRITTEN.fullmatch(written)
    try:
        assert match
        # Far enough from both ends of the calendar to go on from there.
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        if not 2000 <= monday.year <= 2099:
            raise ValueError(monday)
        return monday
    except (AssertionError, ValueError):
        raise NotVisible() from None


def _written(monday: date) -> str:
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02}"


def _days(monday: date, lines: list[Line], today: date) -> list[Day]:
    """Monday to Friday, and the weekend when there is something."""
    days = []
    for place, name in enumerate(DAYS):
        on = monday + timedelta(days=place)
        found = [line for line in lines if line.row.on == on]
        if found or place < WORKING_WEEK:
            days.append(Day(on, name, holiday_name(on), on == today, found))
    return days


def _line(row: AppointmentRow, names: dict[int, str], today: date) -> Line:
    query = f"?{urlencode({EPISODE: row.case_number})}"
    url = reverse("appointment", args=[row.number, row.place]) + query
    file = reverse("file", args=[row.number]) + query
    return Line(row, mark_of(row.state, row.on, today), names.get(row.dossier_id, ""), url, file)
