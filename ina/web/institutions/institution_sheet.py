"""Entries of the directory on paper: those that were ticked, or all that a filter of the directory shows."""

from __future__ import annotations

from itertools import groupby, islice

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import directory
from ina.web.institutions.institution_list import InstitutionFilter
from ina.web.shell.pages import show

# More is a book: the CSV is there for that.
MOST = 200


def institution_sheet(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    keys = request.GET.getlist("e")[:MOST]
    wanted, _, query = InstitutionFilter(request.GET).wanted()
    if keys:
        entries = directory.entries_named(request.actor, keys, on=today)
    else:
        entries = tuple(islice(directory.all_entries(request.actor, wanted, on=today), MOST + 1)) if query else ()
    context = {
        "kinds": [(kind, list(each)) for kind, each in groupby(entries[:MOST], lambda entry: entry.kind)],
        "more": len(entries) > MOST,
        "most": MOST,
        "section": "institution_list",
    }
    return show(request, "institutions/institution_sheet.html", context)
