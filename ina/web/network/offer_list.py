"""Netzwerk: who helps with this need, at this place, in this phase; how old that knowledge is."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.network import policies, queries
from ina.network.enums import OfferPhase
from ina.profiling.enums import Need
from ina.reference.queries import district_choices, parameter
from ina.web.shell.pages import show

TO_CHECK = "pruefen"


class OfferFilter(forms.Form):
    """One line of fields; everything optional, nonsense is ignored."""

    bedarf = forms.ChoiceField(
        label="Bedarf", required=False, choices=[("", "alle"), *((one.value, one.label) for one in Need)]
    )
    kreis = forms.ChoiceField(label="künftiger Wohnort", required=False)
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[("", "alle"), *((one.value, one.label) for one in OfferPhase)]
    )
    q = forms.CharField(
        label="Angebot, Stelle oder Ort",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), (TO_CHECK, "zu prüfen")])
    seite = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["kreis"].choices = [("", "überall"), *district_choices()]

    def wanted(self) -> tuple[queries.WantedOffer, int, str]:
        """What is asked for, the page of it, and the query that asks for it again."""
        self.is_valid()
        chosen = self.cleaned_data
        wanted = queries.WantedOffer(
            search=chosen.get("q", ""),
            need=Need(chosen["bedarf"]) if chosen.get("bedarf") else None,
            phase=OfferPhase(chosen["phase"]) if chosen.get("phase") else None,
            district=chosen.get("kreis", ""),
            to_check=chosen.get("stand") == TO_CHECK,
        )
        kept = {name: chosen[name] for name in ("bedarf", "kreis", "phase", "q", "stand") if chosen.get(name)}
        return wanted, chosen.get("seite") or 1, urlencode(kept)


def offer_list(request: HttpRequest) -> HttpResponse:
    form = OfferFilter(request.GET)
    wanted, number, query = form.wanted()
    today = clock.today()
    context = {
        "form": form,
        "page": queries.find_offers(wanted, on=today, page=number),
        "query": query,
        "to_check": wanted.to_check,
        "interval": parameter("partner_verification_interval", on=today),
        "may_keep": policies.may_keep_directory(request.actor),
    }
    return show(request, "network/offer_list.html", context, fragments=("rows",))
