"""In which B5 regions a carrier leads cases: begin in one, end in one; what was before stays."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.institutions import competence, operations, policies, queries
from ina.web.institutions.told import told
from ina.web.shell.forms import GermanDateField
from ina.web.shell.several import Guide, several


def source_field() -> forms.CharField:
    return forms.CharField(
        label="Quelle", max_length=500, help_text="Vertrag, Erlass oder Zuwendungsbescheid mit Datum."
    )


class BeginForm(forms.Form):
    region_number = forms.TypedChoiceField(label="Region", coerce=int)
    valid_from = GermanDateField(label="führt Fälle ab", help_text="TT.MM.JJJJ")
    valid_until = GermanDateField(label="bis einschließlich", required=False, help_text="Leer: bis auf Weiteres")
    source = source_field()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["region_number"].choices = [("", "Bitte wählen"), *queries.region_choices()]


class EndForm(forms.Form):
    region_number = forms.TypedChoiceField(label="Region", coerce=int)
    last_day_on = GermanDateField(
        label="letzter Tag", help_text="TT.MM.JJJJ. Offene Fälle bleiben, bis sie übergeben sind."
    )

    def __init__(self, *args, regions: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        self.fields["region_number"].choices = [("", "Bitte wählen"), *regions]


def institution_regions(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.get_institution(key)
    policies.may_assign_competence(request.actor, one).require()
    if one.kind not in competence.CARRIERS:
        raise NotVisible()
    today = clock.today()
    rows = competence.regions_of(one.pk)
    running = [(each.key, each.name) for each in rows if each.when(today) != "past"]
    address = reverse("institution_regions", args=[key])
    guides = {
        "begin": Guide(
            BeginForm,
            save=partial(operations.serve_region, institution_id=one.pk),
            done=lambda made: (
                address,
                f"Ab dem {made.valid_from:%d.%m.%Y} führt {one.short_name} Fälle in {made.region}.",
            ),
        ),
        "end": Guide(
            partial(EndForm, regions=running),
            save=partial(operations.end_region_service, institution_id=one.pk),
            done=lambda ended: (
                address,
                f"{one.short_name} führt Fälle in {ended.region} bis zum {ended.valid_until:%d.%m.%Y}.",
            ),
        ),
    }
    context = {
        "one": one,
        "rows": told(rows, today),
        "running": running,
        "section": "institution_list",
    }
    return several(request, "institutions/institution_regions.html", guides, context)
