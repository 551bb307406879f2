"""Gesetzliche Vertretung: who signs with or for the person."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.operations.guardians import add_guardian, void_guardian
from ina.cases.queries import names_of
from ina.cases.queries.people import represents
from ina.web.shell.fields import choose
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest


class GuardianForm(forms.Form):
    name = field("cases.Guardian.name")
    relation = field("cases.Guardian.relation")
    contact = field("cases.Guardian.contact", help_text="Telefon, Anschrift oder E-Mail")
    valid_from = GermanDateField(label="seit", required=False)
    valid_until = GermanDateField(label="bis", required=False)


class VoidForm(forms.Form):
    guardian = choose("Vertretung", numbered=True)
    because = forms.CharField(label="Warum der Eintrag falsch war", max_length=300)

    def __init__(self, *arguments, standing, **options):
        super().__init__(*arguments, **options)
        self.fields["guardian"].choices = [(place, str(row)) for place, row in standing.items()]


def guardians(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "guardians"), request.actor, clock.today()
    participant = opened.participant
    names = names_of(actor, participant, today)
    # Rows are never deleted, so the place in the order of entry names one without its key.
    numbered = dict(enumerate(sorted(names.guardians, key=lambda row: row.pk), start=1))
    standing = {place: row for place, row in numbered.items() if policies.may_void_guardian(actor, row)}
    may_add = policies.may_add_guardian(actor, participant)
    here = reverse("guardians", args=[number])
    return several(
        request,
        "cases/guardians.html",
        {
            "add": Guide(
                GuardianForm,
                save=partial(add_guardian, participant_id=participant.pk),
                done=lambda row: (
                    here,
                    f"{row} eingetragen.",
                    void_newest(actor, opened, "vertretung", row.pk),
                ),
                may=may_add,
            ),
            "void": Guide(
                partial(VoidForm, standing=standing),
                save=partial(_void, standing),
                done=lambda _: (here, "Storniert. Der Eintrag bleibt durchgestrichen stehen."),
                may=policies.may_correct_participant(actor, participant)
                if standing
                else refused("Es gibt keine Vertretung, die storniert werden kann."),
            ),
        },
        {
            **head_of(opened, "guardians"),
            "rows": [(row, represents(row, today)) for row in names.guardians],
            "lacks_guardian": names.lacks_guardian,
        },
    )


def _void(standing, *, guardian: int, because: str, **entered):
    row = standing[guardian]
    return void_guardian(guardian_id=row.pk, version=row.version, because=because, **entered)
