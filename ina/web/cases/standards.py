"""Mindeststandards: 38 items before the gate, x of y, the late first; one is ticked off beside the list."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.monitoring import policies
from ina.monitoring.enums import StandardMark, StandardState
from ina.monitoring.operations import check_standard
from ina.monitoring.queries import list_standards
from ina.web.shell.fields import pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several

MARKS = {
    StandardMark.LATE: "late",
    StandardMark.SOON: "due",
    StandardMark.LATER: "open",
    StandardMark.NO_DATE: "unknown",
    StandardMark.DONE: "done",
    StandardMark.LEFT_OUT: "na",
}


class CheckForm(forms.Form):
    """``item``: the one that the page showed; the first open one may be another by now."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    state = pick(StandardState, "Stand", radio=True)
    done_on = GermanDateField(label="erfüllt am", latest=TODAY, required=False)
    evidence = forms.CharField(label="Nachweis", max_length=300, required=False)
    because = forms.CharField(label="entfällt, weil", max_length=300, required=False)


def standards(request: HttpRequest, number: str) -> HttpResponse:
    """``?punkt=``: the item whose form stands beside the list; without one the first that is not done."""
    opened, actor, today = open_file(request, number, "standards"), request.actor, clock.today()
    found = list_standards(actor, opened.case, opened.planning_date, today)
    asked = request.POST.get("item", "") or request.GET.get("punkt", "")
    wanted = next((row for row in found.rows if str(row.one.number) == asked), None)
    if asked and wanted is None:
        raise NotVisible()
    open_ones = [row for row in found.rows if row.state is StandardState.OPEN]
    chosen = wanted or (open_ones[0] if open_ones else found.rows[0])
    may, here = policies.may_check_standard(actor, opened.case), reverse("standards", args=[number])
    return several(
        request,
        "cases/standards.html",
        {
            "check": Guide(
                CheckForm,
                save=partial(check_standard, case_id=opened.case.pk),
                done=lambda row: (here, f"Punkt {row.item}: {StandardState(row.state).label}."),
                may=may,
                initial=lambda: {
                    "item": chosen.one.number,
                    "seen": chosen.version,
                    "state": chosen.state if chosen.version else StandardState.DONE,
                    "done_on": chosen.done_on or today,
                    "evidence": chosen.evidence,
                    "because": chosen.because,
                },
            )
        },
        {
            **head_of(opened, "release_dates"),
            "found": found,
            "rows": [(row, MARKS[row.mark]) for row in found.rows],
            "chosen": chosen,
            "refusal": may.reason,
        },
    )
