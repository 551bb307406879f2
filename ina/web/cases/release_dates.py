"""Termine: who says when the person may be released, what is possible, how it moved, and the day they really were."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Basis
from ina.agenda.rules import SOON
from ina.base import clock
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.operations.acts import confirm_release
from ina.cases.policies import may_correct_entries
from ina.cases.queries import as_claim
from ina.cases.queries.release_dates import list_claims, planning_dates, possible_days
from ina.cases.rules.release import remarks
from ina.cases.rules.release_history import Planned
from ina.reference.queries import code_choices
from ina.web.cases.release_forms import DecideForm, DropForm
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

SHOWN_AS = {
    HypothesisStatus.POSSIBLE: "unknown",
    HypothesisStatus.PLAUSIBLE: "run",
    HypothesisStatus.DECIDED: "done",
    HypothesisStatus.DROPPED: "na",
}
# A release that is farther from the plan is asked about once more: a slip, or news for everybody.
NEAR_PLAN = timedelta(days=7)


class ConfirmForm(forms.Form):
    released_on = GermanDateField(label="entlassen am", latest=TODAY)
    release_type = forms.ChoiceField(label="Art der Entlassung", required=False)
    residence_postcode = field("cases.Participant.residence_postcode", required=False)
    residence_town = field("cases.Participant.residence_town", required=False)
    sure = forms.BooleanField(label="Der Tag stimmt, auch wenn er weit vom Planungstermin liegt", required=False)

    def __init__(self, *arguments, planned: date | None, types, **options):
        super().__init__(*arguments, **options)
        self.planned = planned
        self.fields["release_type"].choices = [("", "keine Angabe"), *types]
        if not self.is_bound:  # asked only when there is something to ask
            self.fields["sure"].widget = forms.HiddenInput()

    def clean(self):
        entered = super().clean() or {}
        released, sure = entered.get("released_on"), entered.pop("sure", False)
        if released and self.planned and abs(released - self.planned) > NEAR_PLAN and not sure:
            days = (released - self.planned).days
            raise ValidationError(
                f"Der {released:%d.%m.%Y} liegt {abs(days)} Tage {'vor' if days < 0 else 'nach'} dem Planungstermin "
                f"{self.planned:%d.%m.%Y}. Stimmt der Tag? Dann setzen Sie unten das Häkchen."
            )
        if not self.planned or not released or abs(released - self.planned) <= NEAR_PLAN:
            self.fields["sure"].widget = forms.HiddenInput()
        return entered


class AsOfForm(forms.Form):
    am = GermanDateField(label="Planungstermin, wie er galt am", latest=TODAY)


def release_dates(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "release_dates"), request.actor, clock.today()
    case = opened.case
    numbered = list_claims(actor, case)
    planned = planning_dates(actor, list(numbered.values()))
    may_state = policies.may_state_release_date(actor, case)
    may_confirm = policies.may_confirm_release(actor, case)
    asked = AsOfForm(request.GET) if "am" in request.GET else AsOfForm()
    choices = standing(numbered) if may_state else {}
    return several(
        request,
        "cases/release_dates.html",
        {
            "confirm": Guide(
                partial(
                    ConfirmForm,
                    planned=opened.planning_date,
                    types=code_choices("release_types", on=today) if may_confirm else (),
                ),
                save=partial(confirm_release, case_id=case.pk),
                done=lambda _: (
                    reverse("file", args=[number]),
                    "Entlassung bestätigt.\nDie Nachsorge hat begonnen, ihre Fristen stehen unter „Aufgaben“.",
                    void_newest(actor, opened, "ereignis"),
                ),
                may=may_confirm,
                initial=partial(_residence, opened),
            ),
        },
        {
            **head_of(opened, "release_dates", today),
            "claims": [_line(place, claim, opened.planning_date) for place, claim in standing(numbered).items()],
            "all_claims": [_line(place, claim, None) for place, claim in numbered.items()],
            "remarks": remarks(as_claim(claim) for claim in standing(numbered).values()),
            "possible": possible_days(opened, today) if may_state else [],
            "planned": planned,
            "asked": asked,
            "as_of": _as_of(planned, asked),
            "decide": DecideForm(claims=choices, initial={"asserted_on": today}, auto_id="decide_%s")
            if choices
            else None,
            "drop": DropForm(claims=choices, auto_id="drop_%s") if choices else None,
            # Folded away while the day is far, so that what comes next stands first.
            "confirm_open": opened.planning_date is not None and opened.planning_date <= today + SOON,
            "may_state": bool(may_state),
            "may_correct": bool(may_correct_entries(actor, opened.case, Basis.PRISON)),
            "sees_forecasts": bool(policies.may_see_forecasts(actor)),
        },
    )


def standing(numbered) -> dict:
    """The claims that count or might: neither dropped nor voided."""
    return {
        place: claim
        for place, claim in numbered.items()
        if claim.status != HypothesisStatus.DROPPED and not claim.is_voided
    }


def _residence(opened) -> dict:
    return {name: getattr(opened.participant, name) for name in ("residence_postcode", "residence_town")}


def _line(place: int, claim, planning_date: date | None) -> dict:
    status = HypothesisStatus(claim.status)
    return {
        "place": place,
        "claim": claim,
        "kind": HypothesisKind(claim.kind).label,
        "mark": "fail" if claim.is_voided else SHOWN_AS[status],
        "status": "storniert" if claim.is_voided else status.label,
        "planned": claim.on == planning_date,
    }


def _as_of(planned: list[Planned], asked: AsOfForm) -> str:
    """What was planned for at the end of the day asked for."""
    if not asked.is_bound or not asked.is_valid():
        return ""
    day = asked.cleaned_data["am"]
    ends = datetime.combine(day + timedelta(days=1), time.min, clock.BERLIN)
    last = next((each for each in reversed(planned) if each.since < ends), None)
    if last is None or last.on is None:
        return f"Am {day:%d.%m.%Y} gab es keinen Planungstermin."
    return f"Am {day:%d.%m.%Y} war der {last.on:%d.%m.%Y} der Planungstermin."
