"""Aufnahme: admitted with both consents, waiting, declined by the person, or not taken in."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import ConsentPurpose
from ina.access.queries import running_purposes
from ina.base import clock
from ina.cases import policies
from ina.cases.operations.acts import admit, decline, reject, waitlist
from ina.web.cases.fields import words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several


class AdmitForm(forms.Form):
    admitted_on = GermanDateField(label="aufgenommen am", latest=TODAY)
    participation_on = GermanDateField(
        label="Einwilligung „Teilnahme an INA“ unterschrieben am", latest=TODAY, required=False
    )
    data_use_on = GermanDateField(
        label="Einwilligung „Nutzung der Daten“ unterschrieben am", latest=TODAY, required=False
    )
    text_version = field("access.Consent.text_version", required=False, help_text="steht auf dem Vordruck")
    remark = words("Bemerkung")

    def __init__(self, *arguments, have, **options):
        super().__init__(*arguments, **options)
        for purpose, name in (
            (ConsentPurpose.PARTICIPATION, "participation_on"),
            (ConsentPurpose.DATA_USE, "data_use_on"),
        ):
            if purpose in have:
                del self.fields[name]

    def clean(self):
        """Whoever enters a consent says which text was signed; a consent that is there already stays as it is."""
        given = self.cleaned_data
        entered = given.setdefault("participation_on", None), given.setdefault("data_use_on", None)
        if any(entered) and not given.get("text_version"):
            self.add_error("text_version", "Bitte geben Sie die Fassung des Vordrucks an.")


class WaitlistForm(forms.Form):
    happened_on = GermanDateField(label="entschieden am", latest=TODAY)
    reason = forms.CharField(label="Grund", max_length=500)
    resubmit_on = GermanDateField(label="Wiedervorlage am")


class DeclineForm(forms.Form):
    happened_on = GermanDateField(label="abgelehnt am", latest=TODAY)
    remark = words("Bemerkung", help_text="Nach einem Grund wird nicht gefragt. Eine Ablehnung hat keine Nachteile.")


class RejectForm(forms.Form):
    happened_on = GermanDateField(label="entschieden am", latest=TODAY)
    reason = words("Grund", required=True, help_text="Die Straftat allein ist kein Grund.")


def admission(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "admission"), request.actor, clock.today()
    case = opened.case
    have = running_purposes(actor, opened.dossier.pk, today)

    def guide(form, operation, may, message: str, initial: dict) -> Guide:
        return Guide(
            form,
            save=partial(operation, case_id=case.pk),
            done=lambda _: (reverse("file", args=[number]), message),
            may=may,
            initial=lambda: initial,
        )

    decided = {"happened_on": today}
    return several(
        request,
        "cases/admission.html",
        {
            "admit": guide(
                partial(AdmitForm, have=have),
                admit,
                policies.may_admit(actor, case),
                "Aufgenommen. Die Einwilligungen sind eingetragen.",
                {"admitted_on": today},
            ),
            "waitlist": guide(
                WaitlistForm, waitlist, policies.may_waitlist(actor, case), "Auf der Warteliste.", decided
            ),
            "decline": guide(
                DeclineForm,
                decline,
                policies.may_decline(actor, case),
                "Ablehnung eingetragen. Der Fall ist beendet.",
                decided,
            ),
            "reject": guide(
                RejectForm,
                reject,
                policies.may_reject(actor, case),
                "Nicht aufgenommen. Der Fall ist beendet.",
                decided,
            ),
        },
        {
            **head_of(opened, "admission", today),
            "have": [purpose.label for purpose in ConsentPurpose if purpose in have],
            "refusal": policies.may_admit(actor, case).reason,
        },
    )
