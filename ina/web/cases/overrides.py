"""Notfall-Weitergabe: two people let something out without a consent for a life in danger, and the person is told."""

from __future__ import annotations

from functools import partial, reduce
from operator import or_

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Compartment
from ina.base import clock
from ina.base.policy import allowed_if
from ina.network import policies
from ina.network.enums import OverrideState
from ina.network.operations import (
    ask_override,
    confirm_override,
    end_override,
    note_override_told,
    refuse_override,
)
from ina.network.queries import list_overrides, shareable_to
from ina.web.cases.disclosures import partner_choices
from ina.web.shell.fields import choose, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several

MARKS = {
    OverrideState.ASKED: "due",
    OverrideState.LAPSED: "na",
    OverrideState.REFUSED: "fail",
    OverrideState.RUNNING: "open",
    OverrideState.OVER: "done",
}


class AskForm(forms.Form):
    partner_key = choose("Stelle")
    compartments = forms.TypedMultipleChoiceField(
        label="welche Angaben höchstens",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="„Person und Kontakt“ geht immer mit.",
        required=False,
    )
    danger = words("welche Gefahr droht, und warum es nicht warten kann", rows=4, required=True)

    def __init__(self, *arguments, compartments, **options):
        super().__init__(*arguments, **options)
        self.fields["partner_key"].choices = partner_choices(clock.today())
        self.fields["compartments"].choices = [(int(one), one.label) for one in compartments]

    def clean(self):
        chosen = self.cleaned_data.get("compartments") or []
        self.cleaned_data["compartments"] = reduce(or_, map(Compartment, chosen), Compartment.IDENTITY)


class WhichForm(forms.Form):
    """One of those that wait or run; the page lists them."""

    override_id = choose("Notfall-Weitergabe", numbered=True)

    def __init__(self, *arguments, rows, **options):
        super().__init__(*arguments, **options)
        self.fields["override_id"].choices = [(row.id, f"{row.number}: {row.partner}") for row in rows]


class RefuseForm(WhichForm):
    because = forms.CharField(label="Warum nicht?", max_length=300)


class ToldForm(WhichForm):
    told_on = GermanDateField(label="unterrichtet am", latest=TODAY)
    told_how = forms.CharField(label="wie und durch wen", max_length=300)


def overrides(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, now = open_file(request, number, "overrides"), request.actor, clock.now()
    rows, here = list_overrides(actor, opened.case, clock.day_of(now)), reverse("overrides", args=[number])
    may = policies.may_ask_override(actor, opened.case)
    others = [row for row in rows if row.state is OverrideState.ASKED and not row.mine]
    running = [row for row in rows if row.state is OverrideState.RUNNING]
    owed = [row for row in rows if not row.is_told]
    nothing = "Das ist in diesem Stand nicht möglich."

    def guide(form, listed, save, sentence):
        return Guide(
            partial(form, rows=listed),
            save=save,
            done=lambda _: (here, sentence),
            may=allowed_if(bool(listed), nothing),
            initial=lambda: {"override_id": listed[0].id, "told_on": clock.day_of(now)},
        )

    return several(
        request,
        "cases/overrides.html",
        {
            "ask": Guide(
                partial(AskForm, compartments=list(shareable_to(actor, opened.dossier.pk) & ~Compartment.IDENTITY)),
                save=partial(ask_override, case_id=opened.case.pk),
                done=lambda _: (here, "Eingetragen. Bitten Sie jetzt die zweite Person, hier zu bestätigen."),
                may=may,
            ),
            "confirm": guide(WhichForm, others, confirm_override, "Bestätigt. Sie verantworten es beide."),
            "refuse": guide(RefuseForm, others, refuse_override, "Abgelehnt."),
            "end": guide(WhichForm, running, end_override, "Beendet. Was noch offen war, ist geschlossen."),
            "told": guide(ToldForm, owed, note_override_told, "Eingetragen: Die Person weiß Bescheid."),
        },
        {**head_of(opened, "network"), "rows": [(row, MARKS[row.state]) for row in rows], "refusal": may.reason},
    )
