"""Einrichtungen: search and filter, for everybody who is logged in."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import policies, queries
from ina.institutions.enums import Kind
from ina.web.shell.pages import show


class InstitutionFilter(forms.Form):
    """One line of fields; everything optional, nonsense is ignored."""

    q = forms.CharField(label="Name, Ort oder Nummer", max_length=100, required=False)
    art = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle"), *((one.value, one.label) for one in Kind)]
    )
    region = forms.TypedChoiceField(label="B5-Region", required=False, coerce=int, empty_value=None)
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "bestehende"), ("ungeprueft", "nie geprüft"), ("alle", "auch beendete")],
    )
    seite = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)

    def __init__(self, data=None, *, regions: list[tuple[int, str]], **options):
        super().__init__(data, **options)
        self.fields["region"].choices = [("", "alle"), *regions]


def institution_list(request: HttpRequest) -> HttpResponse:
    form = InstitutionFilter(request.GET, regions=queries.region_choices())
    form.is_valid()
    chosen = form.cleaned_data
    page = queries.find_institutions(
        kind=Kind(chosen["art"]) if chosen.get("art") else None,
        search=chosen.get("q", ""),
        region=chosen.get("region"),
        on=None if chosen.get("stand") == "alle" else clock.today(),
        unverified=chosen.get("stand") == "ungeprueft",
        page=chosen.get("seite") or 1,
    )
    kept = {name: chosen[name] for name in ("q", "art", "region", "stand") if chosen.get(name)}
    context = {
        "form": form,
        "page": page,
        "query": urlencode(kept),
        "narrowed": bool(kept),
        "may_add": policies.may_add_some_institution(request.actor),
    }
    return show(request, "institutions/institution_list.html", context, fragments=("rows",))
