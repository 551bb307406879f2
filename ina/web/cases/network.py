"""Netzwerk (step 4): which partner could help, and what became of it."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.base.policy import refused
from ina.cases.policies import may_correct_entries
from ina.network import policies
from ina.network.enums import ReferralAct, ReferralState, RefusalReason
from ina.network.lifecycle import FINAL_STATES
from ina.network.operations import move_referral, propose_partner
from ina.network.queries import get_offer, get_referral, legal_bases, list_partners, list_referrals
from ina.planning.enums import StepStatus
from ina.planning.queries import current_plan, get_step
from ina.profiling.enums import Need
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several

MARKS = {
    ReferralState.PROPOSED: "open",
    ReferralState.CONSENTED: "open",
    ReferralState.SENT: "run",
    ReferralState.ACCEPTED: "run",
    ReferralState.WAITLIST: "due",
    ReferralState.REFUSED: "fail",
    ReferralState.NO_ANSWER: "unknown",
    ReferralState.STARTED: "run",
    ReferralState.ENDED: "done",
}


class ProposeForm(forms.Form):
    partner_key = choose("Stelle")
    purpose = words("Wobei die Stelle helfen soll", rows=2, required=True)
    need = pick(Need, "Handlungsbedarf", required=False)
    offer_number = choose("Angebot", required=False, help_text="aus den Angeboten, die zur Person passen")
    step_id = choose("Schritt im Plan", required=False, help_text="bekommt das Ergebnis, wenn die Vermittlung endet")
    proposed_on = GermanDateField(label="vorgeschlagen am", latest=TODAY)
    remark = words("Bemerkung", rows=2)

    def __init__(self, *arguments, steps, offer=None, **options):
        super().__init__(*arguments, **options)
        if offer is None:
            del self.fields["offer_number"]
        else:
            self.fields["offer_number"].choices = [("", "ohne"), (str(offer.number), offer.title)]
        self.steps = steps
        self.fields["step_id"].choices = [("", "keiner"), *((key, label) for key, (label, _) in steps.items())]
        partners = list_partners(on=clock.today())
        self.fields["partner_key"].choices = [
            ("", "bitte wählen"),
            *[
                (kind.label, [(one.key, one.short_name) for one in rows])
                for kind, rows in groupby(partners, lambda one: one.kind)
            ],
        ]

    def clean(self):
        number = self.cleaned_data.get("offer_number")
        self.cleaned_data["offer_number"] = int(number) if number else None
        chosen = self.cleaned_data.get("step_id")
        self.cleaned_data["step_id"] = self.steps[chosen][1] if chosen else None


class MoveForm(forms.Form):
    referral = choose("Vermittlung", numbered=True)
    act = pick(ReferralAct, "Was geschehen ist", without=(ReferralAct.PROPOSED,))
    happened_on = GermanDateField(label="am", latest=TODAY)
    legal_basis = forms.ChoiceField(
        label="Grundlage", required=False, help_text="zählt, wenn die Stelle angefragt oder erinnert wurde"
    )
    refused_because = pick(RefusalReason, "Grund der Absage", required=False, help_text="nötig, wenn die Stelle absagt")
    result = words("Ergebnis", rows=2, help_text="nötig, wenn die Vermittlung endet")
    remark = words("Bemerkung", rows=2)

    def __init__(self, *arguments, running, **options):
        super().__init__(*arguments, **options)
        self.fields["referral"].choices = [(row.number, f"{row.partner}: {row.state.label}") for row in running]
        self.fields["legal_basis"].choices = [("", "Einwilligung der Person"), *legal_bases(clock.today())]


def network(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "network"), request.actor, clock.today()
    rows, may = list_referrals(actor, opened.case, voided=True), policies.may_propose_partner(actor, opened.case)
    running = [row for row in rows if row.state not in FINAL_STATES and not row.voided]
    here = reverse("network", args=[number])
    offer = _offer_asked_for(request)
    return several(
        request,
        "cases/network.html",
        {
            "propose": Guide(
                partial(ProposeForm, steps=_open_steps(actor, opened), offer=offer),
                save=partial(propose_partner, case_id=opened.case.pk),
                done=lambda _: (here, "Stelle vorgeschlagen. Es ist noch nichts an sie übermittelt worden."),
                may=may,
                initial=lambda: {"proposed_on": today, **_from(offer)},
            ),
            "move": Guide(
                partial(MoveForm, running=running),
                save=partial(_move, actor, opened.case),
                done=lambda _: (here, "Eingetragen."),
                may=may if running else refused("Es läuft keine Vermittlung."),
                initial=lambda: {"happened_on": today},
            ),
        },
        {
            **head_of(opened, "network", today),
            "rows": [(row, "na" if row.voided else MARKS[row.state]) for row in rows],
            "may_tell": bool(may),
            "may_correct": bool(may_correct_entries(actor, opened.case)),
            "refusal": may.reason,
        },
    )


def _offer_asked_for(request: HttpRequest) -> Any:
    """``?angebot=``: the offer that somebody chose on the page of offers; it may have been typed."""
    asked = request.GET.get("angebot", "")
    if not (asked.isdecimal() and len(asked) < 9):
        return None
    try:
        return get_offer(int(asked))
    except NotVisible:
        return None


def _from(offer: Any) -> dict:
    if offer is None:
        return {}
    need = offer.needs[0] if len(offer.needs) == 1 else ""
    known = {"partner_key": offer.institution.key, "purpose": offer.title, "offer_number": str(offer.number)}
    return known | {"need": need}


def _open_steps(actor, opened) -> dict[str, tuple[str, int]]:
    """The open steps of the plan: what stands in the form, with their ids."""
    plan = current_plan(actor, opened.case, release=opened.planning_date)
    found = {}
    for goal in plan.goals if plan else ():
        for step in goal.steps:
            if step.status is StepStatus.OPEN:
                row = get_step(actor, opened.case, goal.number, step.number)
                found[f"{goal.number}.{step.number}"] = (f"{goal.number}.{step.number} {step.what}"[:80], row.pk)
    return found


def _move(reader, case, *, referral: int, **entered):
    return move_referral(servicereferral_id=get_referral(reader, case, referral).pk, **entered)
