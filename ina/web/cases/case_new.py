"""Zugang melden: one person is proposed, without a list."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.enums import HypothesisKind
from ina.cases.operations.referrals import Person, refer_person
from ina.institutions.enums import Kind
from ina.institutions.queries import get_institution, institution_choices
from ina.reference.queries import code_choices
from ina.web.cases.places import own_place
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.pages import guided

PERSON = (
    "surname",
    "given_name",
    "born_on",
    "sex",
    "birth_place",
    "nationality",
    "booking_number",
    "release_on",
    "release_kind",
    "release_source",
    "residence_postcode",
    "residence_town",
)


class ReferralForm(forms.Form):
    """What can be known of somebody in custody; only name, prison and origin must be."""

    surname = field("cases.Participant.surname")
    given_name = field("cases.Participant.given_name")
    born_on = GermanDateField(label="geboren am", latest=TODAY, required=False)
    sex = field("cases.Participant.sex", required=False)
    birth_place = field("cases.Participant.birth_place")
    nationality = field("cases.Participant.nationality")
    prison = forms.ChoiceField(label="Anstalt")
    booking_number = field("cases.CustodyPeriod.booking_number")
    release_on = GermanDateField(label="voraussichtliche Entlassung", required=False, earliest=TODAY)
    release_kind = forms.ChoiceField(
        label="Art dieses Datums",
        choices=[(kind.value, kind.label) for kind in HypothesisKind],
        initial=HypothesisKind.SENTENCE_END,
        required=False,
    )
    release_source = forms.CharField(label="Quelle dieses Datums", max_length=120, required=False)
    residence_postcode = field(
        "cases.Participant.residence_postcode", help_text="der künftige Wohnort, nicht die Anstalt"
    )
    residence_town = field("cases.Participant.residence_town")
    referred_on = GermanDateField(label="gemeldet am", latest=TODAY, earliest=timedelta(days=-3650))
    source = forms.ChoiceField(label="Zugang über")
    remark = forms.CharField(
        label="Bemerkung", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        today = clock.today()
        self.fields["prison"].choices = institution_choices(Kind.PRISON, on=today)
        self.fields["source"].choices = code_choices("referral_sources", on=today)


def case_new(request: HttpRequest) -> HttpResponse:
    policies.may_refer_person(request.actor).require()
    return guided(
        request,
        "cases/case_new.html",
        ReferralForm,
        save=_refer,
        done=lambda case: (
            reverse("file", args=[case.dossier.number]),
            f"Zugang gemeldet. Die Akte hat das Zeichen {case.dossier.number}.",
        ),
        initial=partial(_initial, request),
    )


def _initial(request: HttpRequest) -> dict:
    return {"prison": own_place(request), "referred_on": clock.today(), "source": "SOCIAL_SERVICE"}


def _refer(*, prison: str, referred_on, source: str, remark: str, actor, now, **entered):
    person = Person(**{name: entered[name] for name in PERSON if entered[name]})
    return refer_person(
        actor=actor,
        now=now,
        person=person,
        prison_id=get_institution(prison).pk,
        referred_on=referred_on,
        source=source,
        remark=remark,
    )
