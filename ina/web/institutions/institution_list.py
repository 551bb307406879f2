"""Einrichtungen: search and filter, for everybody who is logged in."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import directory, policies, queries
from ina.institutions.enums import Kind, Standing
from ina.reference.queries import district_choices
from ina.web.institutions.views import views
from ina.web.shell.pages import show

ENDED = "alle"
STATES = (
    ("", "bestehende"),
    *((each.value, f"bestehende, {each.label}") for each in Standing),
    (ENDED, "auch beendete"),
)


class InstitutionFilter(forms.Form):
    """One line of fields; everything optional, nonsense is ignored."""

    q = forms.CharField(
        label="Name, Ort, PLZ oder Nummer",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    art = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle"), *((one.value, one.label) for one in Kind)]
    )
    region = forms.TypedChoiceField(label="B5-Region", required=False, coerce=int, empty_value=None)
    kreis = forms.ChoiceField(label="zuständig für", required=False)
    stand = forms.ChoiceField(label="Stand", required=False, choices=STATES)
    seite = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["region"].choices = [("", "alle"), *queries.region_choices()]
        self.fields["kreis"].choices = [("", "alle"), *district_choices()]

    def wanted(self) -> tuple[directory.Wanted, int, str]:
        """What is asked for, the page of it, and the query that asks for it again."""
        self.is_valid()
        chosen = self.cleaned_data
        state = chosen.get("stand", "")
        wanted = directory.Wanted(
            search=chosen.get("q", ""),
            kind=Kind(chosen["art"]) if chosen.get("art") else None,
            region=chosen.get("region"),
            district=chosen.get("kreis", ""),
            standing=Standing(state) if state and state != ENDED else None,
            with_ended=state == ENDED,
        )
        kept = {name: chosen[name] for name in ("q", "art", "region", "kreis", "stand") if chosen.get(name)}
        return wanted, chosen.get("seite") or 1, urlencode(kept)


def institution_list(request: HttpRequest) -> HttpResponse:
    form = InstitutionFilter(request.GET)
    wanted, number, query = form.wanted()
    context = {
        "form": form,
        "page": directory.find_entries(request.actor, wanted, on=clock.today(), page=number),
        "query": query,
        "views": views(request, "institution_list"),
        "may_add": policies.may_add_some_institution(request.actor),
    }
    return show(request, "institutions/institution_list.html", context, fragments=("rows",))
