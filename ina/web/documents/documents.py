"""Dokumente: what can be written about the case, what there is, and what somebody brings."""

from __future__ import annotations

from functools import partial

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Compartment
from ina.documents import policies
from ina.documents.kinds import all_kinds
from ina.documents.letters import LETTER
from ina.documents.operations import keep_paper, keep_upload
from ina.documents.queries import covers, list_documents, writable_kinds
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import field
from ina.web.shell.several import Guide, several

# What an upload is about decides who sees it.
ABOUT = {
    "VOCATIONAL": ("Bildung, Arbeit, Zeugnisse", Compartment.IDENTITY | Compartment.VOCATIONAL),
    "CASE": ("Fall und Person", Compartment.CASE | Compartment.IDENTITY),
    "PLAN": ("Plan", Compartment.IDENTITY | Compartment.PLAN),
    "CUSTODY": ("Haft und Entlassungstermin", Compartment.IDENTITY | Compartment.CUSTODY),
    "BENEFITS": ("Leistungen und Anträge", Compartment.IDENTITY | Compartment.BENEFITS),
    "HEALTH": ("Gesundheit", Compartment.IDENTITY | Compartment.HEALTH),
    "CONFIDENTIAL": ("vertraulich (§ 203 StGB)", Compartment.IDENTITY | Compartment.CONFIDENTIAL),
}


class UploadForm(forms.Form):
    title = field("documents.Document.title", label="Was ist es?", help_text="Zum Beispiel: Zeugnis Schweißkurs 2026")
    about = forms.ChoiceField(label="Worum geht es?", help_text="Danach richtet sich, wer es sieht.")
    file = forms.FileField(label="Datei", allow_empty_file=True)

    def __init__(self, *arguments, choices, **options):
        super().__init__(*arguments, **options)
        self.fields["about"].choices = choices
        self.fields["file"].help_text = f"PDF, JPEG oder PNG bis {settings.UPLOAD_MAX_BYTES // 1_000_000} MB"


class KeepForm(forms.Form):
    kind = forms.CharField(widget=forms.HiddenInput)


def documents(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor = open_file(request, number, "documents"), request.actor
    dossier, case = opened.dossier, opened.case
    may_keep = policies.may_keep_paper(actor, dossier)
    here = reverse("documents", args=[number])
    choices = [(key, label) for key, (label, bits) in ABOUT.items() if covers(actor, dossier.pk, bits)]
    kinds = writable_kinds(actor, dossier.pk) if may_keep else ()
    return several(
        request,
        "documents/documents.html",
        {
            "upload": Guide(
                partial(UploadForm, choices=choices),
                save=partial(_upload, dossier_id=dossier.pk, case_number=case.number),
                done=lambda version: (here, f"{version.document.title} ist abgelegt, verschlüsselt."),
                may=may_keep,
            ),
            "keep": Guide(
                KeepForm,
                save=partial(keep_paper, dossier_id=dossier.pk, case_number=case.number),
                done=lambda version: (
                    reverse("document", args=[number, version.document.token]),
                    f"Fassung {version.number} ist festgehalten. Sie ändert sich nicht mehr.",
                ),
                may=may_keep,
            ),
        },
        {
            **head_of(opened, "documents"),
            "kinds": [kind for kind in kinds if kind.key != LETTER.key],
            "may_write_letter": LETTER in kinds,
            "hidden_kinds": len(all_kinds()) - len(kinds) if may_keep else 0,
            "rows": list_documents(actor, dossier.pk),
        },
    )


def _upload(*, title: str, about: str, file, **more):
    # One byte more than allowed is enough to know.
    content = file.read(settings.UPLOAD_MAX_BYTES + 1)
    return keep_upload(title=title, compartments=ABOUT[about][1], content=content, **more)
