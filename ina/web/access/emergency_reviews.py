"""Zugriffe im Notfall prüfen: the team lead looks at why files were opened without a right."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access import policies, queries
from ina.access.operations.emergencies import review_emergency_access
from ina.base.clock import BERLIN
from ina.base.policy import refused
from ina.web.shell.several import Guide, several

GONE = "Das ist inzwischen geprüft. Bitte wählen Sie noch einmal."


class ReviewForm(forms.Form):
    """A review names the access by file and moment."""

    emergency = forms.ChoiceField(label="Zugriff", error_messages={"invalid_choice": GONE})
    review_note = forms.CharField(
        label="Ergebnis der Prüfung", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments, waiting, **options):
        super().__init__(*arguments, **options)
        self.fields["emergency"].choices = [(key, _told(one)) for key, one in waiting.items()]


def emergency_reviews(request: HttpRequest) -> HttpResponse:
    policies.may_list_emergencies(request.actor).require()
    rows = queries.list_unreviewed_emergencies(request.actor)
    waiting = {
        f"{one.dossier.number}@{one.opened_at.timestamp():.0f}": one
        for one in rows
        if policies.may_review_emergency_access(request.actor, one)
    }
    return several(
        request,
        "access/emergency_reviews.html",
        {
            "review": Guide(
                partial(ReviewForm, waiting=waiting),
                save=partial(_review, waiting),
                done=lambda _: (reverse("emergency_reviews"), "Geprüft."),
                may=policies.may_list_emergencies(request.actor) if waiting else refused("Es wartet kein Zugriff."),
            )
        },
        {"rows": rows},
    )


def _told(one) -> str:
    return f"{one.dossier.number}, {one.opened_at.astimezone(BERLIN):%d.%m.%Y, %H:%M}, {one.holder}"


def _review(waiting, *, emergency: str, **entered):
    return review_emergency_access(emergencyaccess_id=waiting[emergency].pk, **entered)
