"""Entering, changing, checking and ending what a partner offers."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from ina.base import clock
from ina.base.errors import Invalid
from ina.institutions.queries import get_institution
from ina.network import operations, policies, queries
from ina.network.enums import OfferPhase
from ina.profiling.enums import Need
from ina.reference.queries import list_districts
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.pages import guided, lead_to

# Fields of the form that are columns of the same name.
WRITTEN = (
    *("title", "needs", "phases", "target_group", "area", "capacity", "costs", "legal_basis", "waiting_days"),
    *("referral_route", "response_days"),
)


class OfferForm(forms.Form):
    """What is entered about an offer."""

    title = field("network.Offer.title")
    needs = forms.MultipleChoiceField(
        label="hilft bei",
        choices=[(one.value, one.label) for one in Need],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie, wobei das Angebot hilft."},
    )
    phases = forms.MultipleChoiceField(
        label="Phasen",
        choices=[(one.value, one.label) for one in OfferPhase],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie mindestens eine Phase."},
    )
    target_group = field("network.Offer.target_group")
    referral_route = field("network.Offer.referral_route")
    response_days = field("network.Offer.response_days")
    waiting_days = field("network.Offer.waiting_days")
    capacity = field("network.Offer.capacity")
    costs = field("network.Offer.costs")
    legal_basis = field("network.Offer.legal_basis")
    area = forms.MultipleChoiceField(
        label="Gebiet",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nichts angekreuzt: ganz Nordrhein-Westfalen.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["area"].choices = [(each.ags, each.name) for each in list_districts()]


class NewOfferForm(OfferForm):
    valid_from = GermanDateField(
        label="besteht seit", required=False, help_text="Leer lassen, wenn es nicht belegt ist. TT.MM.JJJJ"
    )


class ChangeOfferForm(OfferForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndOfferForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    last_day_on = GermanDateField(
        label="letzter Tag", required=False, help_text="TT.MM.JJJJ oder „heute“. Leer: das Angebot besteht weiter."
    )


def offer_new(request: HttpRequest, key: str) -> HttpResponse:
    partner = get_institution(key)
    policies.may_add_offer(request.actor).require()
    return guided(
        request,
        "network/offer_form.html",
        NewOfferForm,
        save=partial(operations.add_offer, institution_key=key),
        done=lambda one: (reverse("offer", args=[one.number]), f"„{one.title}“ ist eingetragen."),
        context={"partner": partner, "section": "offer_list"},
    )


def offer_edit(request: HttpRequest, offer_number: int) -> HttpResponse:
    one = queries.get_offer(offer_number)
    policies.may_edit_offer(request.actor, one).require()
    return guided(
        request,
        "network/offer_form.html",
        ChangeOfferForm,
        save=partial(operations.correct_offer, offer_id=one.pk),
        done=lambda saved: (
            reverse("offer", args=[offer_number]),
            f"Die Angaben zu „{saved.title}“ sind gespeichert.",
        ),
        initial=lambda: _present(offer_number),
        context={"partner": one.institution, "one": one, "section": "offer_list"},
    )


@require_POST
def offer_verify(request: HttpRequest, offer_number: int) -> HttpResponse:
    """Somebody says that everything on the page was checked today; the page must still show what is stored."""
    one = queries.get_offer(offer_number)
    policies.may_edit_offer(request.actor, one).require()
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Invalid("Bitte laden Sie die Seite neu und bestätigen Sie noch einmal.")
    operations.verify_offer(actor=request.actor, now=clock.now(), offer_id=one.pk, version=int(version))
    return lead_to(request, reverse("offer", args=[offer_number]), f"„{one.title}“ gilt als heute geprüft.")


def offer_end(request: HttpRequest, offer_number: int) -> HttpResponse:
    one = queries.get_offer(offer_number)
    policies.may_edit_offer(request.actor, one).require()

    def present() -> dict:
        now = queries.get_offer(offer_number)
        return {"version": now.version, "last_day_on": now.ends_on}

    def done(saved) -> tuple[str, str]:
        day = saved.ends_on
        told = f"Letzter Tag ist der {day:%d.%m.%Y}." if day else f"„{saved.title}“ besteht weiter."
        return reverse("offer", args=[offer_number]), told

    return guided(
        request,
        "network/offer_end.html",
        EndOfferForm,
        save=partial(operations.end_offer, offer_id=one.pk),
        done=done,
        initial=present,
        context={"one": one, "section": "offer_list"},
    )


def _present(offer_number: int) -> dict:
    one = queries.get_offer(offer_number)
    return {**{name: getattr(one, name) for name in WRITTEN}, "version": one.version}
