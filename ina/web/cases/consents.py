"""Einwilligungen: what the person allowed, and what they took back."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access import policies, queries
from ina.access.enums import Channel, ConsentPurpose
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.base import clock
from ina.base.policy import ALLOWED, refused
from ina.web.cases.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several


class RecordForm(forms.Form):
    purpose = pick(ConsentPurpose, "Zweck", radio=True)
    given_on = GermanDateField(label="erteilt am", latest=TODAY)
    text_version = field(
        "access.Consent.text_version", help_text="steht auf dem Vordruck, den die Person unterschrieben hat"
    )
    on_paper = forms.BooleanField(label="auf Papier unterschrieben", required=False)


class WithdrawForm(forms.Form):
    consent = choose("Einwilligung", numbered=True)
    withdrawn_on = GermanDateField(label="widerrufen am", latest=TODAY)
    channel = pick(Channel, "wie der Widerruf kam", radio=True)

    def __init__(self, *arguments, running, **options):
        super().__init__(*arguments, **options)
        self.fields["consent"].choices = [(number, str(consent)) for number, consent in running.items()]


def consents(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor = open_file(request, number, "consents"), request.actor
    rows = queries.list_consents(actor, opened.dossier.pk)
    # Rows are never deleted, so the place in the order of entry names one without its key.
    numbered = dict(enumerate(sorted(rows, key=lambda consent: consent.pk), start=1))
    running = {place: consent for place, consent in numbered.items() if consent.withdrawn_on is None}
    may_withdraw = next((policies.may_withdraw_consent(actor, each) for each in running.values()), None)
    here = reverse("consents", args=[number])
    return several(
        request,
        "cases/consents.html",
        {
            "record": Guide(
                RecordForm,
                save=partial(record_consent, dossier_id=opened.dossier.pk),
                done=lambda consent: (here, f"{consent} eingetragen."),
                may=policies.may_record_consent(actor, opened.dossier)
                and (
                    ALLOWED if len(running) < len(ConsentPurpose) else refused("Beide Einwilligungen liegen schon vor.")
                ),
                initial=lambda: {"given_on": clock.today(), "on_paper": True},
            ),
            "withdraw": Guide(
                partial(WithdrawForm, running=running),
                save=partial(_withdraw, running),
                done=lambda _: (here, "Widerruf eingetragen. Was auf dieser Einwilligung beruhte, ist sofort beendet."),
                may=may_withdraw or refused("Es gibt keine Einwilligung, die widerrufen werden kann."),
                initial=lambda: {"withdrawn_on": clock.today()},
            ),
        },
        {
            **head_of(opened, "consents"),
            "rows": [(consent, ConsentPurpose(consent.purpose).label, _channel(consent)) for consent in rows],
        },
    )


def _channel(consent) -> str:
    return Channel(consent.withdrawn_by_channel).label if consent.withdrawn_by_channel else ""


def _withdraw(running, *, consent: int, **entered):
    return withdraw_consent(consent_id=running[consent].pk, **entered)
