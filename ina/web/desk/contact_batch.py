"""Ein Tag im Haus: many short contacts of one day in one go, after a day without a computer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.monitoring import policies
from ina.monitoring.enums import ContactOutcome
from ina.monitoring.operations import Met, record_day
from ina.monitoring.queries.batch import cases_to_meet
from ina.reference.queries import code_choices
from ina.web.shell.fields import choose
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.pages import guided

ROWS = 10


class DayForm(forms.Form):
    """The day, then lines: who, what became of it, how long, what was said. Lines without a person are left out."""

    happened_on = GermanDateField(label="Tag", latest=TODAY)
    kind = choose("Art")
    place = field("monitoring.Contact.place")

    def __init__(self, *arguments: Any, cases: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = code_choices("contact_kinds", on=clock.today())
        outcomes = [(each.value, each.label) for each in ContactOutcome]
        for row in range(1, ROWS + 1):
            self.fields[f"case_{row}"] = forms.TypedChoiceField(
                label=f"Person, Zeile {row}", choices=[("", "–"), *cases], coerce=int, empty_value=None, required=False
            )
            self.fields[f"outcome_{row}"] = forms.ChoiceField(
                label=f"Ergebnis, Zeile {row}", choices=outcomes, required=False
            )
            self.fields[f"minutes_{row}"] = forms.IntegerField(
                label=f"Minuten, Zeile {row}", min_value=1, max_value=24 * 60, required=False
            )
            self.fields[f"content_{row}"] = forms.CharField(
                label=f"Inhalt, Zeile {row}", max_length=500, required=False
            )

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        names = ("case", "outcome", "minutes", "content")
        return [[self[f"{name}_{row}"] for name in names] for row in range(1, ROWS + 1)]

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("happened_on", "kind", "place")]

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        entries = []
        for row in range(1, ROWS + 1):
            case_id, said = entered.pop(f"case_{row}", None), entered.pop(f"content_{row}", "")
            outcome, minutes = entered.pop(f"outcome_{row}", ""), entered.pop(f"minutes_{row}", None)
            if case_id:
                entries.append(Met(case_id, ContactOutcome(outcome or ContactOutcome.MET), minutes, said))
            elif said and f"case_{row}" not in self.errors:
                self.add_error(f"case_{row}", "Bitte wählen Sie, um wen es geht.")
        return entered | {"entries": entries}


def contact_batch(request: HttpRequest) -> HttpResponse:
    """Autosaved while it is typed, like every long form."""
    actor = request.actor
    policies.may_list_appointments(actor).require()
    return guided(
        request,
        "desk/contact_batch.html",
        partial(DayForm, cases=cases_to_meet(actor)),
        save=record_day,
        done=lambda rows: (reverse("today_page"), f"{len(rows)} Kontakte eingetragen."),
        initial=lambda: {"happened_on": clock.today(), "kind": "TALK"},
        context={"section": "today_page"},
        draft="contact_batch",
    )
