"""Angaben zur Person: facts and their correction, names, representation, other files, and the competent offices."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.enums import AliasKind, Residence
from ina.cases.operations.people import CORRECTABLE, correct_participant
from ina.cases.queries import get_file, list_links, names_of, offices_for
from ina.reference.queries import code_choices, code_labels, district_choices
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.pages import guided, show


class PersonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    surname = field("cases.Participant.surname")
    given_name = field("cases.Participant.given_name")
    birth_name = field("cases.Participant.birth_name")
    sex = field("cases.Participant.sex")
    born_on = GermanDateField(label="geboren am", latest=TODAY, required=False)
    birth_place = field("cases.Participant.birth_place")
    nationality = field("cases.Participant.nationality")
    language = forms.ChoiceField(label="Sprache für Gespräche")
    needs_interpreter = field("cases.Participant.needs_interpreter", required=False)
    residence_state = field("cases.Participant.residence_state")
    residence_postcode = field("cases.Participant.residence_postcode")
    residence_town = field("cases.Participant.residence_town")
    residence_district = forms.ChoiceField(
        label="Kreis danach", required=False, help_text="daraus folgen Jobcenter, Agentur und Kammer"
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["language"].choices = code_choices("languages", on=clock.today())
        self.fields["residence_district"].choices = [("", "noch unbekannt"), *district_choices()]


def person(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "person")
    may = policies.may_correct_participant(request.actor, opened.participant)
    today = clock.today()
    names = names_of(request.actor, opened.participant, today)
    context = {
        **head_of(opened, "person"),
        "offices": offices_for(opened.participant, on=today),
        "form": None,
        "language": code_labels("languages", on=today).get(opened.participant.language, opened.participant.language),
        "residence": Residence(opened.participant.residence_state).label,
        "aliases": [(row.name, AliasKind(row.kind).label) for row in names.aliases if not row.is_voided],
        "guardians": [row for row in names.guardians if not row.is_voided],
        "lacks_guardian": names.lacks_guardian,
        "links": list_links(request.actor, opened.dossier.pk),
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
