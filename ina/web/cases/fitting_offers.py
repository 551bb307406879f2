"""Angebote, die passen: each criterion of each offer held against what the file knows, before anybody is proposed."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.cases.enums import Residence
from ina.cases.queries import CaseFile, offices_for
from ina.network import policies
from ina.network.enums import OfferPhase
from ina.network.queries import WantedOffer
from ina.network.queries.entitlement import facts_of, judged_offers
from ina.network.rules.entitlement import Verdict
from ina.profiling.enums import Need
from ina.reference.queries import district_choices
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show

MARKS = {Verdict.PASSED: "done", Verdict.UNKNOWN: "unknown", Verdict.FAILED: "fail"}


class WantedForm(forms.Form):
    """Everything optional, nonsense is ignored; without a choice, what the file knows is taken."""

    bedarf = forms.ChoiceField(
        label="Bedarf", required=False, choices=[("", "alle"), *((one.value, one.label) for one in Need)]
    )
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[("", "alle"), *((one.value, one.label) for one in OfferPhase)]
    )
    kreis = forms.ChoiceField(label="künftiger Wohnort", required=False)
    q = forms.CharField(
        label="Angebot, Stelle oder Ort",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    seite = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["kreis"].choices = [("", "überall"), *district_choices()]


def fitting_offers(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "fitting_offers"), request.actor, clock.today()
    facts = facts_of(actor, opened, today=today)
    # What is typed counts, also when it is emptied; the first look takes what the file knows.
    known = {"phase": facts.get("phase"), "kreis": facts.get("residence_district")}
    first = {name: str(one.value) for name, one in known.items() if one}
    asked = request.GET if any(name in request.GET for name in ("bedarf", "phase", "kreis", "q")) else first
    form = WantedForm(asked if asked is first else request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    wanted = WantedOffer(
        search=chosen.get("q", ""),
        need=Need(chosen["bedarf"]) if chosen.get("bedarf") else None,
        phase=OfferPhase(chosen["phase"]) if chosen.get("phase") else None,
        district=chosen.get("kreis", ""),
    )
    seite = request.GET.get("seite", "")
    page = judged_offers(facts, wanted, on=today, page=int(seite) if seite.isdecimal() and len(seite) < 6 else 1)
    return show(
        request,
        "cases/fitting_offers.html",
        {
            **head_of(opened, "network", today),
            "form": form,
            "page": page,
            "rows": [(row, MARKS[row.verdict], [(MARKS[one.verdict], one) for one in row.judged]) for row in page.rows],
            "counts": [(MARKS[verdict], verdict.label, n) for verdict, n in page.counts.items()],
            "query": urlencode({name: chosen.get(name) or "" for name in ("bedarf", "phase", "kreis", "q")}),
            "may_propose": bool(policies.may_propose_partner(actor, opened.case)),
            **_offices(opened, today),
        },
        fragments=("rows",),
    )


def _offices(opened: CaseFile, today: date) -> dict:
    """The competent offices from the future residence, never from the prison, and how sure that is."""
    person = opened.participant
    offices = offices_for(person, on=today)
    only = offices.only
    named = (
        [("Jobcenter", only.jobcenter), ("Agentur für Arbeit", only.agency), ("Kammer", only.chamber)] if only else []
    )
    return {
        "residence": Residence(person.residence_state).label,
        "offices": [(label, one.short_name, one.key) for label, one in named],
        "reason": offices.reason,
    }
