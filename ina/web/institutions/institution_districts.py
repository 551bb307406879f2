"""For which districts an office is competent: choose them anew from a day on; before that day nothing changes."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.institutions import competence, operations, policies, queries
from ina.reference.queries import list_districts
from ina.web.institutions.told import told
from ina.web.shell.forms import GermanDateField
from ina.web.shell.pages import guided


class CoverageForm(forms.Form):
    district_ags = forms.MultipleChoiceField(
        label="Kreise und kreisfreie Städte",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nichts angekreuzt: ab dem Tag ist die Stelle für niemanden mehr zuständig.",
    )
    valid_from = GermanDateField(
        label="gilt ab", help_text="TT.MM.JJJJ; was nicht mehr angekreuzt ist, endet am Tag davor"
    )
    source = forms.CharField(
        label="Quelle", max_length=500, help_text="Verordnung oder Bekanntmachung, zum Beispiel „EinglMV 2027“."
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["district_ags"].choices = [(each.ags, each.name) for each in list_districts()]


def institution_districts(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.get_institution(key)
    policies.may_assign_competence(request.actor, one).require()
    if one.kind not in competence.OFFICES:
        raise NotVisible()
    today = clock.today()
    rows = competence.coverage_of(one.pk)
    return guided(
        request,
        "institutions/institution_districts.html",
        CoverageForm,
        save=partial(operations.set_coverage, institution_id=one.pk),
        done=lambda _: (reverse("institution", args=[key]), f"Die Kreise von {one.short_name} sind festgelegt."),
        initial=lambda: {"district_ags": [each.key for each in rows if each.when(today) == "now"]},
        context={"one": one, "rows": told(rows, today), "section": "institution_list"},
    )
