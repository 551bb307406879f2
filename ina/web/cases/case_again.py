"""Neuer Fall: somebody comes back. What worked before stands beside the form."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.operations.referrals import refer_again
from ina.cases.queries import earlier_cases
from ina.institutions.enums import Kind
from ina.institutions.queries import get_institution, institution_choices
from ina.reference.queries import code_choices
from ina.web.cases.places import own_place
from ina.web.shell.fields import words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several


class AgainForm(forms.Form):
    prison = forms.ChoiceField(label="Anstalt")
    booking_number = field("cases.CustodyPeriod.booking_number", help_text="die neue, sie gilt je Haft")
    referred_on = GermanDateField(label="gemeldet am", latest=TODAY, earliest=timedelta(days=-3650))
    source = forms.ChoiceField(label="Zugang über")
    remark = words("Bemerkung")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        today = clock.today()
        self.fields["prison"].choices = institution_choices(Kind.PRISON, on=today)
        self.fields["source"].choices = code_choices("referral_sources", on=today)


def case_again(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "case_again"), request.actor, clock.today()
    may = policies.may_refer_again(actor, opened.dossier)
    return several(
        request,
        "cases/case_again.html",
        {
            "again": Guide(
                AgainForm,
                save=partial(_refer_again, dossier_id=opened.dossier.pk),
                done=lambda case: (reverse("intake", args=[number]), f"Fall {case.number} begonnen."),
                may=may,
                initial=lambda: {"prison": own_place(request), "referred_on": today, "source": "SELF"},
                draft=f"neuer-fall:{number}",
            )
        },
        {
            **head_of(opened, "intake", today),
            "before": earlier_cases(actor, opened.dossier),
            "refusal": may.reason,
        },
    )


def _refer_again(*, prison: str, **entered):
    return refer_again(prison_id=get_institution(prison).pk, **entered)
