"""Verzeichnis: from the kind to the region or office to the entry, without a map; to print, to take along as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.exchange.directory import directory_csv
from ina.institutions import directory
from ina.institutions.enums import Kind
from ina.web.institutions.institution_list import InstitutionFilter
from ina.web.institutions.views import views
from ina.web.shell.pages import show
from ina.web.shell.streams import Stream


@dataclass(frozen=True)
class KindLink:
    label: str
    query: str
    count: int
    current: bool


@dataclass(frozen=True)
class Group:
    """Entries under one heading; an empty heading for those of a kind without groups."""

    heading: str
    entries: tuple[directory.Entry, ...]


def institution_directory(request: HttpRequest) -> HttpResponse:
    """Without a kind in the address the first one that there is."""
    today = clock.today()
    kinds = directory.count_by_kind(on=today)
    known = {kind.value: kind for kind, _ in kinds}
    kind = known.get(request.GET.get("art", ""), kinds[0][0] if kinds else None)
    form = InstitutionFilter({**request.GET.dict(), "art": kind.value if kind else "", "q": ""})
    wanted, number, query = form.wanted()
    page = directory.find_entries(request.actor, wanted, on=today, page=number, grouped=True)
    context = {
        "kinds": [KindLink(each.label, urlencode({"art": each.value}), count, each is kind) for each, count in kinds],
        "kind": kind,
        "form": form,
        "page": page,
        "query": query,
        "groups": [
            Group(heading, tuple(entries)) for heading, entries in groupby(page.entries, lambda each: each.group)
        ],
        "selects": _selects(form, kind),
        "views": views(request, "institution_directory"),
        "section": "institution_list",
    }
    return show(request, "institutions/institution_directory.html", context, fragments=("rows",))


def institution_csv(request: HttpRequest) -> Stream:
    """What the list or the directory shows, all pages of it. Public data of offices: nothing to be recorded."""
    wanted, _, _ = InstitutionFilter(request.GET).wanted()
    today = clock.today()
    return Stream(
        request.actor,
        lambda: directory_csv(directory.all_entries(request.actor, wanted, on=today)),
        name=f"einrichtungen-{today}.csv",
    )


def _selects(form: InstitutionFilter, kind: Kind | None) -> list:
    """The one filter that says something about this kind."""
    if kind in directory.BY_REGION or kind is Kind.CARRIER:
        return [form["region"]]
    return [form["kreis"]] if kind in directory.BY_DISTRICT else []
