"""Fälle: the own caseload, the team's, the prison's.

What is narrowed by may stand in the address: it comes from fixed vocabularies. What is typed into the search goes by
POST and stands in no address: names must not stay in the history of a shared PC. For the same reason the place to page
on from is sealed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.queries import get_dossier
from ina.accounts.crypto import decrypt, encrypt
from ina.accounts.enums import Role
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import NotVisible, Refused
from ina.cases import policies, queries
from ina.cases.queries.list_frame import get_list_frame
from ina.cases.rules.narrowing import ListOrder, Narrowing, narrowing_of
from ina.web.desk.case_filter import address_of, fields_of, views_of
from ina.web.desk.case_lines import lines_of
from ina.web.shell.pages import SeeOther, lead_to, show, wanted_fragment

# Leading zeros and spaces are left out at will.
FILE_NUMBER = re.compile(r"([0-9]{4})\s*-\s*([0-9]{1,12})")
LONGEST_SEARCH = 120


@dataclass(frozen=True)
class Heading:
    """A column by which the list can be ordered; no query: what is searched for has an order of its own."""

    label: str
    query: str = ""
    current: bool = False


def case_list(request: HttpRequest) -> HttpResponse:
    policies.may_list_cases(request.actor).require()
    posted = request.method == "POST"
    data, today = request.POST if posted else request.GET, clock.today()
    wanted, searched = narrowing_of(data), searched_in(request)
    query = address_of(wanted)
    address = reverse("case_list") + (f"?{query}" if query else "")
    if searched:
        record_read(action="search.people", actor=request.actor, now=clock.now(), length=len(searched))
        if (said := FILE_NUMBER.fullmatch(searched)) and (number := _visible_number(request, said)):
            return lead_to(request, reverse("file", args=[number]))
    by_htmx = wanted_fragment(request, ("liste",)) is not None
    if posted and not searched and not data.get("ab") and not by_htmx:
        return SeeOther(address)
    frame = get_list_frame(request.actor, today)
    page = queries.list_cases(
        request.actor,
        today=today,
        wanted=wanted,
        frame=frame,
        **search_fields(searched),
        cursor=_unsealed(data.get("ab", "")),
    )
    answer = show(
        request, "desk/case_list.html", _context(request, wanted, searched, frame, page), fragments=("liste",)
    )
    if by_htmx and posted:
        # What was searched for is no part of an address.
        answer["HX-Push-Url"] = address
    return answer


def searched_in(request: HttpRequest) -> str:
    """What was typed; what stands in an address is not searched for."""
    return request.POST.get("q", "").strip()[:LONGEST_SEARCH]


def search_fields(searched: str) -> dict[str, str]:
    """What was typed, as the list asks for it: a Buchnummer has a digit, a name has none."""
    is_number = any(sign.isdigit() for sign in searched)
    return {"name": "" if is_number else searched, "booking_number": searched if is_number else ""}


def _context(request: HttpRequest, wanted: Narrowing, searched: str, frame, page) -> dict:
    actor, today = request.actor, clock.today()
    first, more = fields_of(actor, wanted, frame)
    leads = actor.role == Role.TEAM_LEAD
    return {
        "q": searched,
        "fields": first,
        "more_fields": more,
        "more_open": any(field.chosen for field in more),
        "kept": {
            name: value for name, value in wanted.as_query().items() if name in ("ansicht", "vertretung", "ordnung")
        },
        "query": address_of(wanted),
        "asked": wanted.as_query(),
        "page": page,
        "lines": lines_of(page.rows, today),
        "views": views_of(actor, None if searched else wanted, frame),
        "headings": _headings(wanted, searched),
        "order": "nach Güte des Treffers" if searched else wanted.ordered_by.label,
        "shows_prison": leads,
        "shows_responsible": leads or actor.role == Role.PRISON_SOCIAL,
        "colleagues": [(each.key, each.label) for each in frame.colleagues] if not wanted.ended else [],
        "first": "ab" not in request.POST and "ab" not in request.GET,
        "next_cursor": encrypt(page.next_cursor) if page.next_cursor else "",
        "narrowed": bool(searched) or replace(wanted, order=None) not in (Narrowing(), Narrowing(ended=True)),
        "ended": wanted.ended,
        "may_search_outside": bool(searched) and policies.may_search_outside(actor),
        "may_refer": policies.may_refer_person(actor),
        "may_import": policies.may_import_prison_list(actor),
        "may_take_over": policies.may_take_over(actor),
        "may_keep_views": policies.may_keep_views(actor),
        "may_export": policies.may_export_cases(actor),
    }


def _headings(wanted: Narrowing, searched: str) -> dict[str, Heading]:
    labels = {"person": ("Person", ListOrder.NAME), "release": ("Entlassung", ListOrder.RELEASE)}
    labels["due"] = ("Nächster Schritt", ListOrder.DUE)
    if searched:
        return {name: Heading(label) for name, (label, _) in labels.items()}
    return {
        name: Heading(label, address_of(replace(wanted, order=order)), wanted.ordered_by is order)
        for name, (label, order) in labels.items()
    }


def _visible_number(request: HttpRequest, said: re.Match[str]) -> str | None:
    try:
        return get_dossier(request.actor, f"{said[1]}-{said[2]:0>5}").number
    except NotVisible:
        return None


def _unsealed(sealed: str) -> str:
    try:
        return decrypt(sealed) if sealed else ""
    except Refused as error:  # made up, or sealed by another installation
        raise NotVisible() from error
