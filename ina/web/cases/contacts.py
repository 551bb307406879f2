"""Kontakte (step 5, Monitoring): talks, calls, visits and attempts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Basis
from ina.base import clock
from ina.cases.policies import may_correct_entries
from ina.monitoring import policies
from ina.monitoring.enums import Absence, AppointmentState, ContactOutcome, Initiative
from ina.monitoring.operations import record_contact
from ina.monitoring.queries import CaseAppointment, list_case_appointments, list_contacts
from ina.monitoring.rules import mark_of
from ina.reference.queries import code_choices
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest


class ContactForm(forms.Form):
    happened_on = GermanDateField(label="Datum des Kontakts", latest=TODAY)
    minutes = field("monitoring.Contact.minutes", min_value=1, help_text="leer lassen, wenn unbekannt")
    kind = choose("Art", widget=forms.RadioSelect)
    outcome = pick(ContactOutcome, "Ergebnis", radio=True)
    absence = pick(Absence, "Nicht erschienen, weil", required=False)
    initiative = pick(Initiative, "auf Wunsch von", radio=True)
    place = field("monitoring.Contact.place")
    content = words(
        "Was besprochen wurde",
        rows=4,
        help_text="Das lesen auch Teamleitung und Sozialdienst. Bitte nichts Vertrauliches.",
    )
    next_step = forms.CharField(label="nächster Schritt", max_length=500, required=False)
    next_on = GermanDateField(label="am", required=False)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = code_choices("contact_kinds", on=clock.today())


@dataclass(frozen=True)
class Agreed:
    """An appointment with its mark."""

    row: CaseAppointment
    mark: str


def contacts(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "contacts"), clock.today()
    may = policies.may_record_contact(request.actor, opened.case)
    rows = list_contacts(request.actor, opened.case, today=today, voided=True)
    agreed = [
        Agreed(row, mark_of(row.state, row.on, today)) for row in list_case_appointments(request.actor, opened.case)
    ]
    return several(
        request,
        "cases/contacts.html",
        {
            "contact": Guide(
                ContactForm,
                save=partial(record_contact, case_id=opened.case.pk),
                done=lambda row: (
                    reverse("contacts", args=[number]),
                    _said(row),
                    void_newest(request.actor, opened, "kontakt", row.pk),
                ),
                may=may,
                initial=lambda: {"happened_on": today, "initiative": Initiative.STAFF},
                draft=f"kontakt:{number}:{opened.case.number}",
            )
        },
        {
            **head_of(opened, "contacts", today),
            "rows": rows,
            "agreed": [line for line in agreed if line.row.state is AppointmentState.PLANNED],
            "over": [line for line in reversed(agreed) if line.row.state is not AppointmentState.PLANNED],
            "may_agree": bool(policies.may_agree_appointment(request.actor, opened.case)),
            "counted": sum(not row.voided for row in rows),
            "may_correct": bool(may_correct_entries(request.actor, opened.case, Basis.DEPUTYSHIP)),
            "refusal": may.reason,
        },
    )


def _said(row) -> str:
    said = f"{row} gespeichert" + (f", {row.minutes} Minuten." if row.minutes else ".")
    return f"{said}\nNächster Schritt am {row.next_on:%d.%m.%Y}." if row.next_on else said
