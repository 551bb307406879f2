"""Übermittlungen: what was passed on to whom and on which basis, and a new one prepared for the preview."""

from __future__ import annotations

from datetime import date
from functools import partial, reduce
from itertools import groupby
from operator import or_

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Compartment
from ina.base import clock
from ina.network import policies
from ina.network.enums import Delivery, DisclosureState, OverrideState
from ina.network.lifecycle import FINAL_STATES
from ina.network.operations import prepare_disclosure
from ina.network.queries import (
    OVERRIDE,
    legal_bases,
    list_disclosures,
    list_overrides,
    list_partners,
    list_referrals,
    shareable_to,
)
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.several import Guide, several

MARKS = {
    DisclosureState.PREPARED: "open",
    DisclosureState.WAITING: "due",
    DisclosureState.DELIVERED: "done",
    DisclosureState.STOPPED: "fail",
}

TELLING = frozenset({OverrideState.ASKED, OverrideState.RUNNING})


class PrepareForm(forms.Form):
    partner_key = choose("Stelle")
    referral_number = choose("gehört zur Vermittlung", required=False)
    compartments = forms.TypedMultipleChoiceField(
        label="welche Angaben",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="„Person und Kontakt“ geht immer mit. Nur, was Sie selbst sehen, und nur, was die Grundlage umfasst.",
        required=False,
    )
    subject = forms.CharField(label="Betreff", max_length=160, help_text="ohne Hinweis auf Haft")
    reason = words("wozu die Stelle das braucht, Ihre Bitte", rows=4, required=True)
    delivery = pick(Delivery, "Weg", radio=True)
    address = forms.CharField(
        label="Mailadresse der Stelle",
        max_length=200,
        required=False,
        widget=forms.EmailInput,
        help_text="nur für einen Link; gemailt wird er, wenn die Systemverwaltung das eingeschaltet hat",
    )
    legal_basis = forms.ChoiceField(
        label="Grundlage", required=False, help_text="ein Gesetz nur, wo es ohne Einwilligung trägt"
    )
    asks_answer = forms.BooleanField(label="um Antwort bitten", required=False)

    def __init__(self, *arguments, referrals, compartments, emergency, **options):
        super().__init__(*arguments, **options)
        today = clock.today()
        self.fields["partner_key"].choices = partner_choices(today)
        self.fields["referral_number"].choices = [
            ("", "zu keiner"),
            *((str(row.number), f"{row.number}: {row.partner}, {row.purpose}"[:80]) for row in referrals),
        ]
        self.fields["compartments"].choices = [(int(one), one.label) for one in compartments]
        self.fields["legal_basis"].choices = [
            ("", "Einwilligung der Person"),
            *legal_bases(today),
            *([(OVERRIDE, "Notfall, von zwei Personen verantwortet")] if emergency else []),
        ]

    def clean(self):
        chosen = self.cleaned_data.get("compartments") or []
        self.cleaned_data["compartments"] = reduce(or_, map(Compartment, chosen), Compartment.IDENTITY)
        number = self.cleaned_data.get("referral_number")
        self.cleaned_data["referral_number"] = int(number) if number else None


def partner_choices(today: date) -> list:
    """Partners by kind, for a choice."""
    return [
        ("", "bitte wählen"),
        *[
            (kind.label, [(one.key, one.short_name) for one in rows])
            for kind, rows in groupby(list_partners(on=today), lambda one: one.kind)
        ],
    ]


def disclosures(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor = open_file(request, number, "disclosures"), request.actor
    rows = list_disclosures(actor, opened.case)
    referrals = [row for row in list_referrals(actor, opened.case) if row.state not in FINAL_STATES]
    wanted = next((row for row in referrals if str(row.number) == request.GET.get("vermittlung", "")), None)
    emergencies = [row for row in list_overrides(actor, opened.case, clock.today()) if row.state in TELLING]
    may = policies.may_prepare_disclosure(actor, opened.case)
    return several(
        request,
        "cases/disclosures.html",
        {
            "prepare": Guide(
                partial(
                    PrepareForm,
                    referrals=referrals,
                    compartments=list(shareable_to(actor, opened.dossier.pk) & ~Compartment.IDENTITY),
                    emergency=any(row.state is OverrideState.RUNNING for row in emergencies),
                ),
                save=partial(prepare_disclosure, case_id=opened.case.pk),
                done=lambda made: (
                    reverse("disclosure", args=[number, made.number]),
                    "Vorbereitet. Noch ist nichts hinausgegangen: Bitte prüfen Sie, was die Stelle lesen wird.",
                ),
                may=may,
                initial=lambda: {
                    "asks_answer": True,
                    "partner_key": wanted.partner_key if wanted else request.GET.get("stelle", ""),
                    "referral_number": str(wanted.number) if wanted else "",
                    "subject": wanted.purpose[:160] if wanted else "",
                },
            )
        },
        {
            **head_of(opened, "network"),
            "rows": [(row, MARKS[row.state]) for row in rows],
            "refusal": may.reason,
            "emergencies": emergencies,
        },
    )
