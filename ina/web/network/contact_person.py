"""Whom one rings at a partner: entered and changed."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.institutions.queries import get_institution
from ina.network import operations, policies, queries
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.pages import guided

COLUMNS = ("name", "role", "concern", "phone", "email")


class ContactForm(forms.Form):
    name = field("network.PartnerContact.name")
    role = field("network.PartnerContact.role")
    concern = field("network.PartnerContact.concern")
    phone = field("network.PartnerContact.phone")
    email = field("network.PartnerContact.email")


class ChangeForm(ContactForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    ended_on = GermanDateField(label="letzter Tag", required=False, help_text="Leer: ist weiter da. TT.MM.JJJJ")


def contact_person_new(request: HttpRequest, key: str) -> HttpResponse:
    partner = get_institution(key)
    policies.may_keep_directory(request.actor).require()
    return guided(
        request,
        "network/partner_form.html",
        ContactForm,
        save=partial(operations.add_contact_person, institution_key=key),
        done=lambda one: (reverse("institution", args=[key]), f"{one.name} ist eingetragen."),
        context={"partner": partner, "what": "Ansprechperson eintragen", "section": "institution_list"},
    )


def contact_person(request: HttpRequest, pk: int) -> HttpResponse:
    one = queries.get_contact_person(pk)
    policies.may_edit_row(request.actor, one).require()
    key = one.institution.key

    def present() -> dict:
        now = queries.get_contact_person(pk)
        return {name: getattr(now, name) for name in (*COLUMNS, "ended_on", "version")}

    return guided(
        request,
        "network/partner_form.html",
        ChangeForm,
        save=partial(operations.correct_contact_person, partnercontact_id=pk),
        done=lambda saved: (reverse("institution", args=[key]), f"Die Angaben zu {saved.name} sind gespeichert."),
        initial=present,
        context={"partner": one.institution, "what": "Ansprechperson ändern", "section": "institution_list"},
    )
