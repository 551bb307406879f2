"""Netzwerk (step 4): which partner could help, and what became of it."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases.policies import may_correct_entries
from ina.network import policies
from ina.network.enums import ReferralAct, ReferralState
from ina.network.lifecycle import FINAL_STATES
from ina.network.operations import move_referral, propose_partner
from ina.network.queries import get_referral, legal_bases, list_partners, list_referrals
from ina.profiling.enums import Need
from ina.web.cases.fields import choose, pick, words
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
    proposed_on = GermanDateField(label="vorgeschlagen am", latest=TODAY)
    remark = words("Bemerkung", rows=2)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        partners = list_partners(on=clock.today())
        self.fields["partner_key"].choices = [
            ("", "bitte wählen"),
            *[
                (kind.label, [(one.key, one.short_name) for one in rows])
                for kind, rows in groupby(partners, lambda one: one.kind)
            ],
        ]


class MoveForm(forms.Form):
    referral = choose("Vermittlung", numbered=True)
    act = pick(ReferralAct, "Was geschehen ist", without=(ReferralAct.PROPOSED,))
    happened_on = GermanDateField(label="am", latest=TODAY)
    legal_basis = forms.ChoiceField(
        label="Grundlage", required=False, help_text="zählt, wenn die Stelle angefragt oder erinnert wurde"
    )
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
    return several(
        request,
        "cases/network.html",
        {
            "propose": Guide(
                ProposeForm,
                save=partial(propose_partner, case_id=opened.case.pk),
                done=lambda _: (here, "Stelle vorgeschlagen. Es ist noch nichts an sie übermittelt worden."),
                may=may,
                initial=lambda: {"proposed_on": today},
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


def _move(reader, case, *, referral: int, **entered):
    return move_referral(servicereferral_id=get_referral(reader, case, referral).pk, **entered)
