"""Anfragen: others ask whether a file led here is about the same person as theirs."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.queries import bases_of, remember_bases
from ina.audit.trail import record_reads
from ina.base import clock
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.operations.links import answer_link
from ina.cases.queries import list_link_requests
from ina.web.shell.fields import NOTHING_CHOSEN, choose
from ina.web.shell.several import Guide, several

YES, NO = "ja", "nein"


class AnswerForm(forms.Form):
    link = choose("Anfrage")
    verdict = forms.ChoiceField(
        label="Ist es dieselbe Person?",
        choices=[(YES, "ja, dieselbe Person"), (NO, "nein, jemand anderes")],
        widget=forms.RadioSelect,
        error_messages=NOTHING_CHOSEN,
    )
    answer = forms.CharField(
        label="Antwort an die andere Seite",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bei „nein“ bitte mit Grund. Nichts über den Fall.",
    )

    def __init__(self, *arguments, waiting, **options):
        super().__init__(*arguments, **options)
        self.fields["link"].choices = [
            (key, f"{row.dossier.participant}, {row.dossier.number} – {row.house}") for key, row in waiting.items()
        ]


def link_requests(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    may = policies.may_list_link_requests(actor)
    may.require()
    rows = list_link_requests(actor)
    remember_bases(actor, rows)
    if request.method == "GET":
        reasons = {row.dossier_id: min(bases_of(actor, row), default="") for row in rows}
        record_reads(action="read.link_request", actor=actor, now=clock.now(), reasons=reasons)
    waiting = {str(row.pair): row for row in rows if policies.may_answer_link(actor, row)}
    return several(
        request,
        "cases/link_requests.html",
        {
            "answer": Guide(
                partial(AnswerForm, waiting=waiting),
                save=partial(_answer, waiting),
                done=lambda _: (reverse("link_requests"), "Beantwortet. Die andere Seite sieht es in ihrer Akte."),
                may=may if waiting else refused("Es wartet keine Anfrage auf Sie."),
            )
        },
        {"rows": rows, "section": "case_list"},
    )


def _answer(waiting, *, link: str, verdict: str, **entered):
    row = waiting[link]
    return answer_link(sameperson_id=row.pk, version=row.version, accepted=verdict == YES, **entered)
