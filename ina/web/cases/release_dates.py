"""Termine: who says when the person may be released, and the day they really were."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.operations.acts import confirm_release
from ina.cases.operations.release_dates import drop_release_date, state_release_date
from ina.web.cases.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

SHOWN_AS = {
    HypothesisStatus.POSSIBLE: "unknown",
    HypothesisStatus.PLAUSIBLE: "run",
    HypothesisStatus.DECIDED: "done",
    HypothesisStatus.DROPPED: "na",
}


class StateForm(forms.Form):
    on = GermanDateField(label="Entlassung am", earliest=TODAY)
    kind = pick(HypothesisKind, "Art")
    status = pick(HypothesisStatus, "Stand", radio=True, without=(HypothesisStatus.DROPPED,))
    source = field("cases.ReleaseDateHypothesis.source", help_text="Vollstreckungsblatt, Beschluss, Auskunft von …")
    asserted_on = GermanDateField(label="mitgeteilt am", latest=TODAY)


class DropForm(forms.Form):
    claim = choose("Termin", numbered=True)

    def __init__(self, *arguments, claims, **options):
        super().__init__(*arguments, **options)
        self.fields["claim"].choices = [(place, str(claim)) for place, claim in claims.items()]


class ConfirmForm(forms.Form):
    released_on = GermanDateField(label="entlassen am", latest=TODAY)
    residence_postcode = field("cases.Participant.residence_postcode", required=False)
    residence_town = field("cases.Participant.residence_town", required=False)


def release_dates(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "release_dates"), request.actor, clock.today()
    case, here = opened.case, reverse("release_dates", args=[number])
    # Claims are never deleted, so the place in the order of entry names one without its key.
    numbered = dict(enumerate(sorted(opened.hypotheses, key=lambda claim: claim.pk), start=1))
    standing = {place: claim for place, claim in numbered.items() if claim.status != HypothesisStatus.DROPPED}
    may_state = policies.may_state_release_date(actor, case)
    return several(
        request,
        "cases/release_dates.html",
        {
            "state": Guide(
                StateForm,
                save=partial(state_release_date, case_id=case.pk),
                done=lambda claim: (here, f"{claim} eingetragen. Der Planungstermin richtet sich danach."),
                may=may_state,
                initial=lambda: {"asserted_on": today},
            ),
            "drop": Guide(
                partial(DropForm, claims=standing),
                save=partial(_drop, standing),
                done=lambda _: (here, "Der Termin ist entfallen. Er bleibt in der Geschichte der Termine stehen."),
                may=may_state if standing else refused("Es gibt keinen Termin, der entfallen kann."),
            ),
            "confirm": Guide(
                ConfirmForm,
                save=partial(confirm_release, case_id=case.pk),
                done=lambda _: (reverse("file", args=[number]), "Entlassung bestätigt. Die Nachsorge hat begonnen."),
                may=policies.may_confirm_release(actor, case),
                initial=partial(_residence, opened),
            ),
        },
        {
            **head_of(opened, "release_dates", today),
            "claims": [_line(claim, opened.planning_date) for claim in opened.hypotheses],
        },
    )


def _residence(opened) -> dict:
    return {name: getattr(opened.participant, name) for name in ("residence_postcode", "residence_town")}


def _line(claim, planning_date) -> dict:
    status = HypothesisStatus(claim.status)
    return {
        "claim": claim,
        "kind": HypothesisKind(claim.kind).label,
        "mark": SHOWN_AS[status],
        "status": status.label,
        "planned": claim.on == planning_date and status is not HypothesisStatus.DROPPED,
    }


def _drop(standing, *, claim: int, **entered):
    return drop_release_date(releasedatehypothesis_id=standing[claim].pk, **entered)
