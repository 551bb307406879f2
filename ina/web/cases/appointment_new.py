"""Termin vereinbaren: a meeting with the person, before it takes place."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.monitoring import policies
from ina.monitoring.enums import Repeat
from ina.monitoring.operations import agree_appointment, agree_series
from ina.monitoring.queries import list_keepers
from ina.web.cases.appointment import address_of, said_of
from ina.web.cases.appointment_forms import AgreeForm
from ina.web.shell.files import head_of, open_file
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import AT_ONCE, Undo


def appointment_new(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "appointment_new"), request.actor, clock.today()
    may = policies.may_agree_appointment(actor, opened.case)
    keepers = list_keepers(opened.case, today)
    head = head_of(opened, "contacts", today)

    def done(made):
        row = made[0]
        if len(made) > 1:
            said = f"{len(made)} Termine vereinbart, bis zum {made[-1].on:%d.%m.%Y}. {said_of(actor, row, 'zuerst')}"
            return reverse("contacts", args=[number]) + head["head"].query, said
        here = address_of(number, row.number, opened.case.number)
        undo = Undo(here, {"formular": "cancel", "version": row.version, "because": AT_ONCE})
        return reverse("contacts", args=[number]) + head["head"].query, said_of(actor, row, "vereinbart"), undo

    return several(
        request,
        "cases/appointment_new.html",
        {
            "agree": Guide(
                partial(AgreeForm, keepers=keepers, in_custody=opened.released_on is None),
                save=partial(_agree, opened.case.pk),
                done=done,
                may=may,
                initial=lambda: {"keeper_id": actor.membership_id},
                draft=f"termin:{number}:{opened.case.number}",
            )
        },
        {**head, "refusal": may.reason},
    )


def _agree(case_id: int, *, repeat: Repeat | None, times: int | None, **entered: Any) -> list:
    """One appointment, or a series of them."""
    if repeat is None:
        return [agree_appointment(case_id=case_id, **entered)]
    return agree_series(case_id=case_id, repeat=repeat, times=times or 0, **entered)
