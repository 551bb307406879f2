"""Fälle: the own caseload, the team's, the prison's.

What is typed into the search goes by POST and stands in no address: names must not stay in the history of a shared PC.
For the same reason the place to page on from is sealed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ina.access.queries import get_dossier
from ina.accounts.crypto import decrypt, encrypt
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import NotVisible, Refused
from ina.cases import policies, queries
from ina.cases.enums import State
from ina.cases.lifecycle import ENDED_STATES, LABELS, OPEN_STATES
from ina.web.shell.pages import show
from ina.web.shell.track import Track, track

FILE_NUMBER = re.compile(r"\d{4}-\d{5,}")
ENDED = "beendet"


class CaseFilter(forms.Form):
    """One line of fields; everything optional, nonsense is ignored."""

    q = forms.CharField(label="Name, Akte, Buchnummer", max_length=120, required=False)
    stand = forms.ChoiceField(label="Stand", required=False)
    ordnung = forms.ChoiceField(
        label="Ordnung", choices=[("entlassung", "nach Entlassung"), ("name", "nach Namen")], required=False
    )

    def __init__(self, data=None, *, ended: bool, **options):
        super().__init__(data, **options)
        states = ENDED_STATES if ended else OPEN_STATES
        known = [(state.value, label) for (state, _), label in LABELS.items() if state in states]
        # The phases of one state share it: the list filters by what is stored.
        labels: dict[str, list[str]] = {}
        for value, label in known:
            labels.setdefault(value, []).append(label)
        self.fields["stand"].choices = [("", "alle")] + [(value, ", ".join(each)) for value, each in labels.items()]


@dataclass(frozen=True)
class View:
    """A saved view above the list."""

    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Line:
    """A row as the template needs it."""

    row: queries.CaseRow
    track: Track
    distance: str


def case_list(request: HttpRequest) -> HttpResponse:
    policies.may_list_cases(request.actor).require()
    data, today = request.POST if request.method == "POST" else request.GET, clock.today()
    ended, deputy = data.get("ansicht") == ENDED, data.get("vertretung", "")
    form = CaseFilter(data, ended=ended)
    form.is_valid()
    chosen = form.cleaned_data
    searched = chosen.get("q", "") if request.method == "POST" else ""
    if searched:
        record_read(action="search.people", actor=request.actor, now=clock.now(), length=len(searched))
        if FILE_NUMBER.fullmatch(searched) and (number := _visible_number(request, searched)):
            return redirect("file", number)
    principals = queries.principals_of(request.actor, today)
    page = queries.list_cases(
        request.actor,
        today=today,
        ended=ended,
        state=State(chosen["stand"]) if chosen.get("stand") else None,
        name="" if any(sign.isdigit() for sign in searched) else searched,
        booking_number=searched if any(sign.isdigit() for sign in searched) else "",
        order=chosen.get("ordnung") or "entlassung",
        cursor=_unsealed(data.get("ab", "")),
        deputy_for=next((each.pk for each in principals if each.user.username == deputy), None),
    )
    context = {
        "form": form,
        "selects": [form["stand"], form["ordnung"]],
        "page": page,
        "lines": [_line(row, today) for row in page.rows],
        "views": _views(principals, ended, deputy),
        "kept": {"ansicht": ENDED if ended else "", "vertretung": deputy},
        "first": not data.get("ab"),
        "next_cursor": encrypt(page.next_cursor) if page.next_cursor else "",
        "narrowed": bool(searched or chosen.get("stand")),
        "may_refer": policies.may_refer_person(request.actor),
        "may_import": policies.may_import_prison_list(request.actor),
        "may_take_over": policies.may_take_over(request.actor),
    }
    return show(request, "desk/case_list.html", context, fragments=("rows",))


def _visible_number(request: HttpRequest, number: str) -> str | None:
    try:
        return get_dossier(request.actor, number).number
    except NotVisible:
        return None


def _unsealed(sealed: str) -> str:
    try:
        return decrypt(sealed) if sealed else ""
    except Refused as error:  # made up, or sealed by another installation
        raise NotVisible() from error


def _views(principals, ended: bool, deputy: str) -> list[View]:
    views = [View("Offene", "", not ended and not deputy)]
    for principal in principals:
        user = principal.user
        query = urlencode({"vertretung": user.username})
        views.append(View(f"Vertretung {user.display_name}", query, not ended and deputy == user.username))
    return [*views, View("Beendete", urlencode({"ansicht": ENDED}), ended)]


def _line(row: queries.CaseRow, today) -> Line:
    distance = ""
    if row.planning_date:
        days = (row.planning_date - today).days
        distance = f"{abs(days)} {'Tag' if abs(days) == 1 else 'Tage'}{'' if days >= 0 else ' her'}"
    drawn = track(row.phase, row.planning_date, row.preparation_starts, row.aftercare_ends, today)
    return Line(row=row, track=drawn, distance=distance)
