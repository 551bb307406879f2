"""All entries of a file by kind, voided ones struck through, each with the page where it is corrected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.cases.queries.corrections import list_entries
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show


def entry_list(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "entry_list")
    kinds = list_entries(request.actor, opened.dossier.pk)
    return show(request, "cases/entry_list.html", {**head_of(opened, "file", clock.today()), "kinds": kinds})
