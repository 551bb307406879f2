"""Anrufe zum Entlassungstermin: whom to call in which order, who may be told, who was told what. Printable."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Channel
from ina.base import clock
from ina.base.policy import allowed_if, first_refusal
from ina.cases import policies
from ina.cases.operations.notices import record_notice
from ina.cases.queries.notices import list_notices
from ina.cases.queries.release_dates import calls_of
from ina.web.shell.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest


class ToldForm(forms.Form):
    institution_key = choose("Stelle")
    on = GermanDateField(label="mitgeteilter Tag")
    told_on = GermanDateField(label="mitgeteilt am", latest=TODAY)
    channel = pick(Channel, "Weg", radio=True)

    def __init__(self, *arguments, bodies, **options):
        super().__init__(*arguments, **options)
        self.fields["institution_key"].choices = bodies


def release_calls(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "release_calls"), request.actor, clock.today()
    lines = calls_of(actor, opened, today)
    bodies = [(line.institution, line.whom) for line in lines if line.institution and not line.blocked_because]
    here = reverse("release_calls", args=[number])
    chosen = request.GET.get("stelle", "")
    notices = list_notices(actor, opened.case)
    return several(
        request,
        "cases/release_calls.html",
        {
            "told": Guide(
                partial(ToldForm, bodies=bodies),
                save=partial(record_notice, case_id=opened.case.pk),
                done=lambda notice: (
                    here,
                    f"Eingetragen: {notice.institution} weiß seit dem {notice.told_on:%d.%m.%Y} Bescheid.",
                    void_newest(actor, opened, "mitteilung", notice.pk),
                ),
                may=first_refusal(
                    policies.may_record_notice(actor, opened.case),
                    allowed_if(bool(bodies), "Es gibt keine Stelle, die informiert werden darf."),
                ),
                initial=lambda: {
                    "told_on": today,
                    "on": opened.planning_date,
                    "channel": Channel.PHONE,
                    "institution_key": chosen,
                },
            )
        },
        {
            **head_of(opened, "release_dates", today),
            "lines": lines,
            "notices": [(notice, Channel(notice.channel).label) for notice in notices],
            "fresh": request.GET.get("schritt") == "3",
        },
    )
