"""Abschluss: the case rests, goes on, or ends with a reason."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases import policies
from ina.cases.enums import Act
from ina.cases.operations.acts import close_case, pause, resume
from ina.reference.queries import code_choices, code_labels
from ina.web.cases.fields import choose, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several


class CloseForm(forms.Form):
    closed_on = GermanDateField(label="beendet am", latest=TODAY)
    reason = choose("Grund")
    remark = words("Bemerkung")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        choices = code_choices("ending_reasons", on=clock.today())
        self.fields["reason"].choices = [("", "bitte wählen"), *choices]


class PauseForm(forms.Form):
    happened_on = GermanDateField(label="ruht seit", latest=TODAY)
    until = GermanDateField(label="voraussichtlich bis")
    reason = forms.CharField(label="Grund", max_length=500, help_text="Therapie, Krankenhaus, kurze Haft …")


class ResumeForm(forms.Form):
    happened_on = GermanDateField(label="geht weiter seit", latest=TODAY)


def closing(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "closing"), request.actor, clock.today()
    case, overview = opened.case, reverse("file", args=[number])
    may_close = policies.may_close_case(actor, case)
    return several(
        request,
        "cases/closing.html",
        {
            "close": Guide(
                CloseForm,
                save=partial(close_case, case_id=case.pk),
                done=lambda _: (
                    overview,
                    "Der Fall ist beendet. Die Akte bleibt lesbar, bis sie gelöscht werden muss.",
                ),
                may=may_close,
                initial=lambda: {"closed_on": today},
            ),
            "pause": Guide(
                PauseForm,
                save=partial(pause, case_id=case.pk),
                done=lambda _: (overview, "Die Nachsorge ruht."),
                may=policies.may_pause(actor, case),
                initial=lambda: {"happened_on": today},
            ),
            "resume": Guide(
                ResumeForm,
                save=partial(resume, case_id=case.pk),
                done=lambda _: (overview, "Die Nachsorge geht weiter."),
                may=policies.may_resume(actor, case),
                initial=lambda: {"happened_on": today},
            ),
        },
        {**head_of(opened, "closing", today), "ending": _ending(opened), "refusal": may_close.reason},
    )


def _ending(opened) -> str:
    last = opened.acts[-1]
    if opened.ended_on is None:
        return ""
    reason = code_labels("ending_reasons", on=last.happened_on).get(last.reason, "") if last.act == Act.CLOSED else ""
    return f"Beendet am {last.happened_on:%d.%m.%Y}: {reason or Act(last.act).label}."
