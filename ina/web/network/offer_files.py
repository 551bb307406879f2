"""Offers as a file: what a search found to take along, and a list to read in, looked at before anything is written."""

from __future__ import annotations

import base64
import binascii
import zlib

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import Invalid
from ina.exchange.offers import HEADINGS, MAX_BYTES, offers_csv, read_offers
from ina.exchange.tables import RowError, Unusable
from ina.network import operations, policies, queries
from ina.network.operations import plan_import
from ina.profiling.enums import Need
from ina.web.network.offer_list import OfferFilter
from ina.web.shell.pages import lead_to, show
from ina.web.shell.streams import Stream

SHOWN = 100


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Datei (CSV oder Excel)",
        allow_empty_file=True,
        help_text="Spalten wie in der Datei, die Sie mitnehmen können; höchstens 1 MB und 2.000 Zeilen",
    )


def offer_csv(request: HttpRequest) -> Stream:
    """What the search on the page found, all of it."""
    policies.may_keep_directory(request.actor).require()
    wanted, _, _ = OfferFilter(request.GET).wanted()
    today = clock.today()
    return Stream(request.actor, lambda: offers_csv(queries.every_offer(wanted, today)), name=f"angebote-{today}.csv")


def offer_import(request: HttpRequest) -> HttpResponse:
    policies.may_add_offer(request.actor).require()
    if request.method != "POST":
        return _page(request, UploadForm())
    if "kept" in request.POST:
        return _write(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    content = form.cleaned_data["file"].read(MAX_BYTES + 1)
    return _look(request, content, form)


def _look(request: HttpRequest, content: bytes, form: forms.Form | None = None, problem: str = "") -> HttpResponse:
    form = form or UploadForm()
    try:
        found = read_offers(content)
    except Unusable as error:
        if form.is_bound:
            form.add_error("file", str(error))
        return _page(request, form, status=422, problem="" if form.is_bound else str(error))
    plan = plan_import(found.lines)
    errors = sorted(
        [*found.errors, *(RowError(row, "", "", said) for row, said in plan.errors)], key=lambda one: one.row
    )
    usable = not errors and bool(plan.new or plan.changed)
    context = {
        "plan": plan,
        "errors": errors[:SHOWN],
        "more_errors": max(len(errors) - SHOWN, 0),
        "shown_new": plan.new[:SHOWN],
        "shown_changed": [(one, [HEADINGS[name] for name in one.changed]) for one in plan.changed[:SHOWN]],
        "kept": base64.b64encode(zlib.compress(content)).decode() if usable else "",
        "problem": problem,
    }
    return _page(request, UploadForm(), status=422 if errors or problem else 200, **context)


def _write(request: HttpRequest) -> HttpResponse:
    content = _unpacked(request.POST["kept"])
    try:
        found = read_offers(content)
    except Unusable as error:
        return _page(request, UploadForm(), status=422, problem=str(error))
    if found.errors:  # the page offers to write only what has none
        return _look(request, content)
    try:
        plan = operations.import_offers(
            actor=request.actor, now=clock.now(), lines=found.lines, fingerprint=request.POST.get("fingerprint", "")
        )
    except Invalid as error:
        return _look(request, content, problem=error.message)
    told = f"{len(plan.new)} Angebote sind eingetragen, {len(plan.changed)} geändert."
    return lead_to(request, reverse("offer_list"), told)


def _unpacked(kept: str) -> bytes:
    """What the page itself had put there; anything else is no file."""
    try:
        unpacker = zlib.decompressobj()
        return unpacker.decompress(base64.b64decode(kept, validate=True), MAX_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise Invalid("Bitte laden Sie die Datei noch einmal hoch.") from error


def _page(request: HttpRequest, form: forms.Form, *, status: int = 200, **context) -> HttpResponse:
    context |= {"form": form, "needs": [(one.value, one.label) for one in Need], "section": "offer_list"}
    return show(request, "network/offer_import.html", context, status=status)
