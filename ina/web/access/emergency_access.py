"""Notfall: a file is opened without a right to it, for a day, with a reason, and reviewed afterwards."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access import policies
from ina.access.operations.emergencies import open_emergency_access
from ina.base import clock
from ina.reference.queries import parameter
from ina.web.shell.pages import guided

HOUR = 3600


class EmergencyForm(forms.Form):
    number = forms.CharField(label="Aktenzeichen", max_length=16, help_text="zum Beispiel 2026-00417")
    reason = forms.CharField(
        label="Grund",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Welche Gefahr droht, und warum Sie nicht warten können. Die Person kann diesen Satz lesen.",
    )


def emergency_access(request: HttpRequest) -> HttpResponse:
    policies.may_open_emergency_access(request.actor).require()
    hours = int(parameter("emergency_grant_life", on=clock.today()).delta.total_seconds() // HOUR)
    number = request.POST.get("number", "").strip()
    return guided(
        request,
        "access/emergency_access.html",
        EmergencyForm,
        save=partial(open_emergency_access, hours=hours),
        done=lambda _: (
            reverse("file", args=[number]),
            f"Die Akte ist für {hours} Stunden geöffnet. Die Teamleitung prüft den Zugriff.",
        ),
        context={"hours": hours},
    )
