"""Erstgespräch (step 1, Beratung): what was said, and what the person wants."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.operations.talks import record_first_talk
from ina.web.cases.fields import words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several


class TalkForm(forms.Form):
    held_on = GermanDateField(label="Gespräch am", latest=TODAY)
    place = field("cases.FirstTalk.place")
    informed = field("cases.FirstTalk.informed")
    told_voluntary = field("cases.FirstTalk.told_voluntary")
    own_wishes = words("Was die Person selbst möchte", rows=5, help_text="möglichst in ihren eigenen Worten")


def first_talk(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "first_talk"), clock.today()
    return several(
        request,
        "cases/first_talk.html",
        {
            "talk": Guide(
                TalkForm,
                save=partial(record_first_talk, case_id=opened.case.pk),
                done=lambda talk: (
                    reverse("file", args=[number]),
                    f"Erstgespräch vom {talk.held_on:%d.%m.%Y} gespeichert.",
                ),
                may=policies.may_record_first_talk(request.actor, opened.case),
                initial=lambda: {"held_on": today},
            )
        },
        head_of(opened, "first_talk", today),
    )
