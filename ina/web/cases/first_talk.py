"""Erstgespräch (step 1, Beratung): what was said and answered, information sheet, participation agreement."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.accounts.queries import role_labels
from ina.base import clock
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.enums import TalkAnswer
from ina.cases.operations.talks import give_information, record_agreement, record_first_talk
from ina.cases.policies import may_correct_entries
from ina.cases.queries import get_intake
from ina.reference.queries import code_choices, code_labels, get_page
from ina.web.cases.way_in import way_in
from ina.web.shell.fields import pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

INFORMATION_SHEET, AGREEMENT = "informationsblatt", "teilnahmevereinbarung"


class TalkForm(forms.Form):
    held_on = GermanDateField(label="Gespräch am", latest=TODAY)
    minutes = field("cases.FirstTalk.minutes", min_value=1, max_value=600, help_text="leer lassen, wenn unbekannt")
    place = field("cases.FirstTalk.place")
    present = field("cases.FirstTalk.present")
    informed = field("cases.FirstTalk.informed")
    topics = forms.MultipleChoiceField(
        label="Darüber wurde gesprochen", required=False, widget=forms.CheckboxSelectMultiple
    )
    told_voluntary = field("cases.FirstTalk.told_voluntary")
    own_wishes = words("Was die Person selbst möchte", rows=5, help_text="möglichst in ihren eigenen Worten")
    answer = pick(TalkAnswer, "Antwort der Person", radio=True, required=False)
    answer_until = GermanDateField(
        label="Bedenkzeit bis",
        required=False,
        help_text="nur, wenn die Person nachdenken möchte; dann fragt eine Aufgabe",
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["topics"].choices = code_choices("first_talk_topics", on=clock.today())


class InformationForm(forms.Form):
    given_on = GermanDateField(label="ausgehändigt und erklärt am", latest=TODAY)
    sheet_version = field("cases.InformationGiven.sheet_version", help_text="steht unten auf dem Blatt")
    language = forms.ChoiceField(label="Sprache, in der erklärt wurde")
    interpreter = field("cases.InformationGiven.interpreter")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["language"].choices = code_choices("languages", on=clock.today())


class AgreementForm(forms.Form):
    agreed_on = GermanDateField(label="von beiden unterschrieben am", latest=TODAY)
    text_version = field("cases.ParticipationAgreement.text_version", help_text="steht unten auf dem Blatt")
    language = forms.ChoiceField(label="Sprache, in der erklärt wurde")
    interpreter = field("cases.ParticipationAgreement.interpreter")
    guardian = field("cases.ParticipationAgreement.guardian")
    own_words = words("Was der Person dabei wichtig war", rows=2)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["language"].choices = code_choices("languages", on=clock.today())


def first_talk(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "first_talk"), request.actor, clock.today()
    may = policies.may_record_first_talk(actor, opened.case)
    sheet, agreement = get_page(INFORMATION_SHEET), get_page(AGREEMENT)
    intake = get_intake(actor, opened)
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
            "agreement": Guide(
                AgreementForm,
                save=partial(record_agreement, case_id=opened.case.pk),
                done=lambda row: (
                    reverse("first_talk", args=[number]),
                    f"{row} eingetragen.",
                    void_newest(actor, opened, "teilnahmevereinbarung", row.pk),
                ),
                may=may if intake.agreement is None else refused("Die Teilnahmevereinbarung ist schon eingetragen."),
                initial=lambda: {
                    "agreed_on": today,
                    "text_version": str(agreement.version),
                    "language": opened.participant.language,
                },
            ),
        },
        {
            **head_of(opened, "intake", today),
            "way": way_in(opened, "first_talk"),
            "may_correct": bool(may_correct_entries(actor, opened.case)),
            "agreed": intake.agreement,
            "talks": _talks(opened, today),
            "given": [(row, languages.get(row.language, row.language)) for row in intake.information],
        },
    )


def _next(opened, talk) -> str:
    """What comes next on the way to the admission."""
    if opened.admitted_on or opened.ended_on:
        return ""
    if talk.answer == TalkAnswer.NO:
        return "\nEine Ablehnung hat keine Nachteile. Eingetragen wird sie unter „Prüfung und Entscheidung“."
    if talk.answer == TalkAnswer.THINKING:
        return f"\nAm {talk.answer_until:%d.%m.%Y} fragt eine Aufgabe noch einmal nach."
    if not talk.informed:
        return "\nVor der Aufnahme fehlt noch, dass die Person über INA informiert ist."
    return "\nAls Nächstes: Aufnahmebogen und Prüfung."


def _talks(opened, today) -> list[tuple]:
    """Each talk with the names of its topics, its answer, and the role of who held it."""
    topics, roles = code_labels("first_talk_topics", on=today), role_labels()
    return [
        (
            talk,
            ", ".join(topics.get(code, code) for code in talk.topics),
            TalkAnswer(talk.answer).label if talk.answer else "",
            roles.get(talk.held_as, talk.held_as),
        )
        for talk in opened.talks
    ]
