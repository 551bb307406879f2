"""Erstgespräch (step 1, Beratung): what was said, what the person wants, the information sheet handed over."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.operations.talks import give_information, record_first_talk
from ina.cases.policies import may_correct_entries
from ina.cases.queries import get_intake
from ina.reference.queries import code_choices, code_labels, get_page
from ina.web.cases.fields import words
from ina.web.cases.way_in import way_in
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

INFORMATION_SHEET = "informationsblatt"


class TalkForm(forms.Form):
    held_on = GermanDateField(label="Gespräch am", latest=TODAY)
    place = field("cases.FirstTalk.place")
    informed = field("cases.FirstTalk.informed")
    told_voluntary = field("cases.FirstTalk.told_voluntary")
    own_wishes = words("Was die Person selbst möchte", rows=5, help_text="möglichst in ihren eigenen Worten")


class InformationForm(forms.Form):
    given_on = GermanDateField(label="ausgehändigt und erklärt am", latest=TODAY)
    sheet_version = field("cases.InformationGiven.sheet_version", help_text="steht unten auf dem Blatt")
    language = forms.ChoiceField(label="Sprache, in der erklärt wurde")
    interpreter = field("cases.InformationGiven.interpreter")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["language"].choices = code_choices("languages", on=clock.today())


def first_talk(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "first_talk"), request.actor, clock.today()
    may = policies.may_record_first_talk(actor, opened.case)
    sheet = get_page(INFORMATION_SHEET)
    languages = code_labels("languages", on=today)
    return several(
        request,
        "cases/first_talk.html",
        {
            "talk": Guide(
                TalkForm,
                save=partial(record_first_talk, case_id=opened.case.pk),
                done=lambda talk: (
                    reverse("file", args=[number]),
                    f"Erstgespräch vom {talk.held_on:%d.%m.%Y} gespeichert.{_next(opened, talk)}",
                    void_newest(actor, opened, "erstgespraech", talk.pk),
                ),
                may=may,
                initial=lambda: {"held_on": today},
                draft=f"gespraech:{number}:{opened.case.number}",
            ),
            "information": Guide(
                InformationForm,
                save=partial(give_information, case_id=opened.case.pk),
                done=lambda row: (
                    reverse("first_talk", args=[number]),
                    f"{row} eingetragen.",
                    void_newest(actor, opened, "informationsblatt", row.pk),
                ),
                may=may,
                initial=lambda: {
                    "given_on": today,
                    "sheet_version": str(sheet.version),
                    "language": opened.participant.language,
                },
            ),
        },
        {
            **head_of(opened, "intake", today),
            "way": way_in(opened, "first_talk"),
            "may_correct": bool(may_correct_entries(actor, opened.case)),
            "given": [
                (row, languages.get(row.language, row.language)) for row in get_intake(actor, opened).information
            ],
        },
    )


def _next(opened, talk) -> str:
    """What comes next on the way to the admission."""
    if opened.admitted_on or opened.ended_on:
        return ""
    if not talk.informed:
        return "\nVor der Aufnahme fehlt noch, dass die Person über INA informiert ist."
    return "\nAls Nächstes: Aufnahmebogen und Prüfung."
