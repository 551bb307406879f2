"""Doppelte: entries that may be one house, side by side, and merged."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.institutions import merging, operations, policies, queries
from ina.institutions.enums import Kind
from ina.web.institutions.views import views
from ina.web.shell.pages import guided, show

COMPARED = (
    ("Name", "name"),
    ("Kurzname", "short_name"),
    ("Straße", "street"),
    ("Postleitzahl", "postcode"),
    ("Ort", "town"),
    ("Telefon", "phone"),
    ("E-Mail", "email"),
    ("Internetseite", "website"),
    ("Sprechzeiten", "opening_hours"),
    ("Quelle", "source"),
)


class MergeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    into_key = forms.CharField(widget=forms.HiddenInput)


def doubles(request: HttpRequest) -> HttpResponse:
    policies.may_add_some_institution(request.actor).require()
    kinds = policies.editable_kinds(request.actor)
    rows = [row for row in merging.alike(clock.today()) if Kind(row.one.kind) in kinds]
    context = {"rows": rows, "most": merging.MOST, "views": views(request, "doubles"), "section": "institution_list"}
    return show(request, "institutions/doubles.html", context)


def institution_merge(request: HttpRequest, key: str) -> HttpResponse:
    """``?mit=``: the entry that stays; the one in the address goes."""
    gone = queries.get_institution(key)
    policies.may_edit_institution(request.actor, gone).require()
    kept = queries.get_institution(request.POST.get("into_key") or request.GET.get("mit", ""))
    return guided(
        request,
        "institutions/institution_merge.html",
        MergeForm,
        save=partial(operations.merge_institution, institution_id=gone.pk),
        done=lambda one: (reverse("institution", args=[one.key]), f"„{gone.short_name}“ ist hierin aufgegangen."),
        initial=lambda: {"version": queries.get_institution(key).version, "into_key": kept.key},
        context={
            "gone": gone,
            "kept": kept,
            "lines": [(label, getattr(gone, name), getattr(kept, name)) for label, name in COMPARED],
            "section": "institution_list",
        },
    )
