"""The rows of an uploaded prison list: who is to be proposed?"""

from __future__ import annotations

from collections import Counter
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies, queries
from ina.cases.enums import RowState
from ina.cases.operations.referrals import Person, discard_prison_list, refer_from_list
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several

MARKS = {RowState.NEW: "open", RowState.KNOWN: "na", RowState.DUPLICATE: "na", RowState.REFERRED: "done"}


class ReferForm(forms.Form):
    """Which rows; the checkboxes stand in the table."""

    rows = forms.TypedMultipleChoiceField(
        label="Personen", coerce=int, error_messages={"required": "Bitte kreuzen Sie mindestens eine Person an."}
    )
    referred_on = GermanDateField(label="gemeldet am", latest=TODAY)
    template_name = "cases/prison_list_fields.html"

    def __init__(self, *arguments, lines, **options):
        super().__init__(*arguments, **options)
        self.lines = lines
        self.fields["rows"].choices = [(line["row"], line["row"]) for line in lines if line["new"]]
        self.ticked = {str(row) for row in (self["rows"].value() or [])}


def prison_list_rows(request: HttpRequest, import_id: int) -> HttpResponse:
    prison_list = queries.get_import(request.actor, import_id)
    rows = queries.list_import_rows(request.actor, prison_list)
    may = policies.may_use_import(request.actor, prison_list)
    states = Counter(RowState(row.state) for row in rows)
    return several(
        request,
        "cases/prison_list_rows.html",
        {
            "refer": Guide(
                partial(ReferForm, lines=[_line(row) for row in rows]),
                save=partial(refer_from_list, prisonlistimport_id=prison_list.pk),
                done=lambda cases: (reverse("prison_list_rows", args=[import_id]), _said(cases)),
                may=may,
                initial=lambda: {"referred_on": clock.today()},
            ),
            "finish": Guide(
                forms.Form,
                save=partial(discard_prison_list, prisonlistimport_id=prison_list.pk),
                done=lambda _: (
                    reverse("case_list"),
                    "Die Liste ist abgeschlossen. Nicht gemeldete Zeilen sind gelöscht.",
                ),
                may=may,
            ),
        },
        {
            "prison_list": prison_list,
            "counts": prison_list.counts,
            "errors": prison_list.counts.get("errors", []),
            "states": [(MARKS[state], state.label, states[state]) for state in RowState if states[state]],
        },
    )


def _line(row) -> dict:
    state = RowState(row.state)
    return {
        "row": row.row,
        "person": Person.restored(row.data),
        "new": state is RowState.NEW,
        "mark": MARKS[state],
        "label": state.label,
    }


def _said(cases) -> str:
    return (
        "Eine Person ist als Zugang gemeldet."
        if len(cases) == 1
        else f"{len(cases)} Personen sind als Zugang gemeldet."
    )
