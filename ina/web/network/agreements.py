"""Vereinbarungen with partners: what wants a decision, one of them, and its upkeep."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.institutions.queries import get_institution
from ina.network import operations, policies, queries
from ina.network.enums import AgreementState
from ina.web.shell.fields import choose
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.pages import guided, show
from ina.web.shell.several import Guide, several

MARKS = {
    AgreementState.DECIDE: "due",
    AgreementState.DRAFT: "open",
    AgreementState.RUNNING: "done",
    AgreementState.TERMINATED: "due",
    AgreementState.COMING: "open",
    AgreementState.ENDED: "na",
}
COLUMNS = (
    *("subject", "target_group", "services", "referral_route", "costs", "data_rules", "reporting", "evaluation"),
    *("starts_on", "ends_on", "notice_months", "renews_months", "contact_id"),
)


class AgreementForm(forms.Form):
    subject = field("network.Agreement.subject")
    target_group = field("network.Agreement.target_group")
    services = field("network.Agreement.services", widget=forms.Textarea(attrs={"rows": 3}))
    referral_route = field("network.Agreement.referral_route")
    costs = field("network.Agreement.costs")
    data_rules = field("network.Agreement.data_rules", widget=forms.Textarea(attrs={"rows": 3}))
    reporting = field("network.Agreement.reporting")
    evaluation = field("network.Agreement.evaluation")
    contact_id = choose("Ansprechperson", required=False)
    starts_on = GermanDateField(label="gilt ab", help_text="TT.MM.JJJJ")
    ends_on = GermanDateField(label="gilt bis", required=False, help_text="Leer: ohne Ende. TT.MM.JJJJ")
    notice_months = field("network.Agreement.notice_months")
    renews_months = field("network.Agreement.renews_months")

    def __init__(self, *arguments, contacts, **options):
        super().__init__(*arguments, **options)
        self.fields["contact_id"].choices = [("", "niemand bestimmtes"), *((str(one.pk), one.name) for one in contacts)]

    def clean(self):
        chosen = self.cleaned_data.get("contact_id")
        self.cleaned_data["contact_id"] = int(chosen) if chosen else None


class ChangeForm(AgreementForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    signed_on = GermanDateField(label="unterschrieben am", latest=TODAY)


class TerminateForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    terminated_to = GermanDateField(label="letzter Tag", required=False, help_text="Leer: Kündigung zurücknehmen.")
    because = forms.CharField(label="Wer kündigt, und warum?", max_length=300, required=False)


def agreement_list(request: HttpRequest) -> HttpResponse:
    rows = queries.list_agreements(clock.today())
    context = {
        "rows": [(row, MARKS[row.state]) for row in rows],
        "may_keep": policies.may_keep_directory(request.actor),
        "section": "offer_list",
    }
    return show(request, "network/agreement_list.html", context)


def agreement(request: HttpRequest, agreement_number: int) -> HttpResponse:
    today = clock.today()
    row = queries.get_agreement(agreement_number, today)
    here, may = reverse("agreement", args=[agreement_number]), policies.may_edit_row(request.actor, row.one)
    signed = row.one.signed_on is not None
    known, version = {"agreement_id": row.one.pk}, row.one.version
    return several(
        request,
        "network/agreement.html",
        {
            "sign": Guide(
                SignForm,
                save=partial(operations.sign_agreement, **known),
                done=lambda _: (here, "Eingetragen: Die Vereinbarung ist unterschrieben."),
                may=may if not signed else refused("Diese Vereinbarung ist schon unterschrieben."),
                initial=lambda: {"version": version},
            ),
            "terminate": Guide(
                TerminateForm,
                save=partial(operations.terminate_agreement, **known),
                done=lambda saved: (here, "Kündigung eingetragen." if saved.terminated_to else "Zurückgenommen."),
                may=may if signed else refused("Was nicht unterschrieben ist, wird nicht gekündigt."),
                initial=lambda: {"version": version, "terminated_to": row.one.terminated_to},
            ),
        },
        {
            "row": row,
            "one": row.one,
            "mark": MARKS[row.state],
            "offers": queries.offers_of(row.one.institution_id, on=today),
            "may_edit": may,
            "section": "offer_list",
        },
    )


def agreement_new(request: HttpRequest, key: str) -> HttpResponse:
    partner = get_institution(key)
    policies.may_keep_directory(request.actor).require()
    return guided(
        request,
        "network/partner_form.html",
        partial(AgreementForm, contacts=queries.contacts_of(partner.pk, clock.today())),
        save=partial(operations.draft_agreement, institution_key=key),
        done=lambda one: (reverse("agreement", args=[one.number]), "Der Entwurf ist eingetragen."),
        context={"partner": partner, "what": "Vereinbarung entwerfen", "section": "offer_list"},
    )


def agreement_edit(request: HttpRequest, agreement_number: int) -> HttpResponse:
    today = clock.today()
    one = queries.get_agreement(agreement_number, today).one
    policies.may_edit_row(request.actor, one).require()

    def present() -> dict:
        now = queries.get_agreement(agreement_number, today).one
        return {name: getattr(now, name) for name in (*COLUMNS, "version")}

    return guided(
        request,
        "network/partner_form.html",
        partial(ChangeForm, contacts=queries.contacts_of(one.institution_id, today)),
        save=partial(operations.correct_agreement, agreement_id=one.pk),
        done=lambda _: (reverse("agreement", args=[agreement_number]), "Gespeichert."),
        initial=present,
        context={"partner": one.institution, "what": "Vereinbarung bearbeiten", "section": "offer_list"},
    )
