"""Brief: written freely, set after DIN 5008, kept as a document."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.documents import policies
from ina.documents.letters import LENGTHS, LETTER
from ina.documents.operations import keep_paper
from ina.web.shell.files import head_of, open_file
from ina.web.shell.several import Guide, several


class LetterForm(forms.Form):
    recipient = forms.CharField(
        label="An",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LENGTHS["recipient"],
        help_text="Name und Anschrift, jede Zeile für sich, höchstens sechs",
    )
    subject = forms.CharField(label="Betreff", max_length=LENGTHS["subject"])
    salutation = forms.CharField(label="Anrede", max_length=LENGTHS["salutation"], initial="Guten Tag,")
    body = forms.CharField(
        label="Text",
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=LENGTHS["body"],
        help_text="Eine leere Zeile beginnt einen Absatz.",
    )
    closing = forms.CharField(label="Gruß", max_length=LENGTHS["closing"], initial="Mit freundlichen Grüßen")
    enclosures = forms.CharField(
        label="Anlagen",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LENGTHS["enclosures"],
        required=False,
        help_text="jede in einer Zeile",
    )


def letter_new(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "letter_new")
    return several(
        request,
        "documents/letter_new.html",
        {
            "letter": Guide(
                LetterForm,
                save=partial(_keep, dossier_id=opened.dossier.pk, case_number=opened.case.number),
                done=lambda version: (
                    reverse("document", args=[number, version.document.token]),
                    "Der Brief ist festgehalten. Ansehen, drucken, in den Postausgang legen.",
                ),
                may=policies.may_keep_paper(request.actor, opened.dossier),
                initial=lambda: {"salutation": "Guten Tag,", "closing": "Mit freundlichen Grüßen"},
            )
        },
        head_of(opened, "documents"),
    )


def _keep(*, actor, now, dossier_id: int, case_number: int, **said):
    return keep_paper(
        actor=actor, now=now, dossier_id=dossier_id, case_number=case_number, kind=LETTER.key, options=said
    )
