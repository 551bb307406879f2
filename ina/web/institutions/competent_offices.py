"""Which Jobcenter, agency and chamber are competent for a future residence; never for the prison."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.institutions import queries
from ina.reference.queries import district_choices, has_place_list
from ina.web.institutions.views import views
from ina.web.shell.pages import show


class ResidenceForm(forms.Form):
    """What is known about the residence; at least one of them."""

    plz = forms.CharField(
        label="Postleitzahl",
        required=False,
        max_length=5,
        validators=[RegexValidator(r"^\d{5}$", "Eine Postleitzahl hat fünf Ziffern.")],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ort = forms.CharField(
        label="Ort", required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kreis = forms.ChoiceField(label="Kreis oder kreisfreie Stadt", required=False)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["kreis"].choices = [("", "unbekannt"), *district_choices()]


def competent_offices(request: HttpRequest) -> HttpResponse:
    asked = any(request.GET.get(name, "").strip() for name in ("plz", "ort", "kreis"))
    form = ResidenceForm(request.GET if asked else None)
    answer, status = None, 200
    if asked and form.is_valid():
        given = form.cleaned_data
        answer = queries.competent_offices(
            on=clock.today(), postcode=given["plz"], place=given["ort"], district_ags=given["kreis"]
        )
    elif asked:
        status = 422
    context = {
        "form": form,
        "answer": answer,
        "has_places": has_place_list(),
        "views": views(request, "competent_offices"),
        "section": "institution_list",
    }
    return show(request, "institutions/competent_offices.html", context, status=status)
