"""Freigegebene Profile: what the chamber's coordination sees of people who allowed it, as it is now."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Basis
from ina.audit.trail import record_read
from ina.base import clock
from ina.monitoring.enums import CrisisTrigger, Urgency
from ina.monitoring.operations import raise_alarm
from ina.network import policies, queries
from ina.web.shell.fields import pick, words
from ina.web.shell.pages import show
from ina.web.shell.several import Guide, several


class AlarmForm(forms.Form):
    trigger = pick(CrisisTrigger, "Was droht?")
    urgency = pick(Urgency, "Wie eilig?", radio=True)
    hypothesis = words("Was ist geschehen?", rows=2, help_text="keine Diagnosen; wer die Person begleitet, liest es")


def opened_profiles(request: HttpRequest) -> HttpResponse:
    policies.may_read_opened(request.actor).require()
    context = {"rows": queries.opened_profiles(request.actor)}
    return show(request, "network/opened_profiles.html", context)


def opened_profile(request: HttpRequest, grant_id: int) -> HttpResponse:
    actor, now = request.actor, clock.now()
    policies.may_read_opened(actor).require()
    row, sections = queries.opened_profile(actor, grant_id, clock.day_of(now))
    if request.method == "GET":
        record_read(
            action="read.profile",
            actor=actor,
            now=now,
            dossier_id=row.dossier_id,
            reason=str(Basis.CONSENT),
        )
    here = reverse("opened_profile", args=[grant_id])
    return several(
        request,
        "network/opened_profile.html",
        {
            "alarm": Guide(
                AlarmForm,
                save=partial(raise_alarm, grant_id=grant_id),
                done=lambda _: (here, "Gemeldet. Wer die Person begleitet, sieht es sofort."),
                initial=lambda: {"urgency": Urgency.THREE_DAYS},
            )
        },
        {"row": row, "sections": sections, "section": "opened_profiles"},
    )
