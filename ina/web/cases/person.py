"""Angaben zur Person: corrections, and the future residence from which the competent offices follow."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.operations.people import CORRECTABLE, correct_participant
from ina.cases.queries import get_file, offices_for
from ina.reference.queries import district_choices
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.pages import guided, show


class PersonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    surname = field("cases.Participant.surname")
    given_name = field("cases.Participant.given_name")
    birth_name = field("cases.Participant.birth_name")
    aliases = field("cases.Participant.aliases")
    sex = field("cases.Participant.sex")
    born_on = GermanDateField(label="geboren am", latest=TODAY, required=False)
    birth_place = field("cases.Participant.birth_place")
    nationality = field("cases.Participant.nationality")
    residence_state = field("cases.Participant.residence_state")
    residence_postcode = field("cases.Participant.residence_postcode")
    residence_town = field("cases.Participant.residence_town")
    residence_district = forms.ChoiceField(
        label="Kreis danach", required=False, help_text="daraus folgen Jobcenter, Agentur und Kammer"
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["residence_district"].choices = [("", "noch unbekannt"), *district_choices()]


def person(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "person")
    may = policies.may_correct_participant(request.actor, opened.participant)
    context = {
        **head_of(opened, "person"),
        "offices": offices_for(opened.participant, on=clock.today()),
        "form": None,
    }
    if request.method == "POST":
        may.require()
    elif not may:
        return show(request, "cases/person.html", context)
    return guided(
        request,
        "cases/person.html",
        PersonForm,
        save=partial(correct_participant, participant_id=opened.participant.pk),
        done=lambda _: (reverse("file", args=[number]), "Angaben zur Person gespeichert."),
        initial=partial(_present, request, number),
        context=context,
    )


def _present(request: HttpRequest, number: str) -> dict:
    """The row as it is now; asked again when somebody was faster."""
    row = get_file(request.actor, number, today=clock.today()).participant
    return {name: getattr(row, name) for name in (*CORRECTABLE, "version")}
