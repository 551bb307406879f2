"""Berufe: searching by any words, and looking through the KldB 2010 from its ten areas to the names of occupations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.base.errors import NotVisible
from ina.reference import queries
from ina.web.shell.pages import show

# More than in a form: who looks through may want to compare.
SHOWN = 12


def occupations(request: HttpRequest) -> HttpResponse:
    search = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:200]
    context = {
        "search": search,
        "hits": queries.find_occupations(search, SHOWN) if search else [],
        "areas": queries.occupation_group("").below,
        "sources": queries.list_occupation_sources(),
        "section": "parameter_list",
    }
    return show(request, "reference/occupations.html", context, fragments=("hits",))


def occupation_group(request: HttpRequest, kldb: str) -> HttpResponse:
    if not (kldb.isascii() and kldb.isdigit() and len(kldb) <= 5):
        raise NotVisible()
    page = queries.occupation_group(kldb)
    return show(request, "reference/occupation_group.html", {"page": page, "section": "parameter_list"})
