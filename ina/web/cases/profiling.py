"""Profiling (step 2): strengths first, then what stands between the person and work."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.cases.policies import may_correct_entries
from ina.profiling import policies
from ina.profiling.enums import Aspect, FindingBasis, KeyGroup, Need, ProfilingKind, Severity
from ina.profiling.operations import record_finding
from ina.profiling.queries import list_profilings
from ina.web.cases.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

TOPICS = [
    ("", "bitte wählen"),
    (Aspect.STRENGTH.value, Aspect.STRENGTH.label),
    *[
        (
            group.label,
            [(need.value, need.label) for need in Need if need.key_group is group and need is not Need.HEALTH],
        )
        for group in KeyGroup
    ],
]
SCALE = {Severity.NONE: 0, Severity.PRESENT: 1, Severity.SEVERE: 2}


class FindingForm(forms.Form):
    held_on = GermanDateField(label="Profiling am", latest=TODAY)
    kind = pick(ProfilingKind, "Anlass")
    topic = choose("Worum es geht", choices=TOPICS)
    severity = pick(Severity, "Ausprägung", radio=True, required=False, help_text="bei einer Stärke bleibt das frei")
    text = field("profiling.Finding.text", widget=forms.Textarea(attrs={"rows": 3}))
    basis = pick(FindingBasis, "Grundlage", radio=True)
    source = field("profiling.Finding.source")

    def clean(self):
        """A need says how much; a strength says nothing of the kind."""
        entered = self.cleaned_data
        topic = entered.pop("topic", None)
        if topic is None:
            return
        strength = topic == Aspect.STRENGTH
        if not strength and entered.get("severity") is None:
            self.add_error("severity", "Bitte wählen Sie, wie sehr das der Arbeit im Weg steht.")
        entered["need"] = None if strength else Need(topic)
        entered["aspect"] = Aspect.STRENGTH if strength else Aspect(Need(topic).key_group.value)
        entered["severity"] = entered.get("severity") or Severity.NONE


def profiling(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "profiling"), clock.today()
    held = list_profilings(request.actor, opened.case, voided=True)
    return several(
        request,
        "cases/profiling.html",
        {
            "finding": Guide(
                FindingForm,
                save=partial(record_finding, case_id=opened.case.pk),
                done=lambda found: (reverse("profiling", args=[number]), f"{found} eingetragen."),
                may=policies.may_record_finding(request.actor, opened.case),
                initial=lambda: {"held_on": today, "kind": _kind([row for row in held if not row.voided], today)},
            )
        },
        {
            **head_of(opened, "profiling", today),
            "held": [(row, [(need, SCALE[need.severity]) for need in row.needs]) for row in held],
            "refusal": policies.may_record_finding(request.actor, opened.case).reason,
            "may_correct": bool(may_correct_entries(request.actor, opened.case)),
        },
    )


def _kind(held, today) -> ProfilingKind:
    """What it probably is: the one begun today goes on, the first one is the first, any other comes before release."""
    if not held:
        return ProfilingKind.INITIAL
    return held[0].kind if held[0].held_on == today else ProfilingKind.BEFORE_RELEASE
