"""One document: its versions, who signed, where it went."""

from __future__ import annotations

from functools import partial

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.queries import get_dossier
from ina.base import clock
from ina.base.policy import allowed_if, first_refusal, refused
from ina.documents import policies
from ina.documents.enums import Agreement, Channel, DispatchState
from ina.documents.operations import prepare_dispatch, record_signature, void_document
from ina.documents.queries import get_document
from ina.web.documents.outbox import move_guide
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.several import Guide, several


class SignForm(forms.Form):
    number = forms.TypedChoiceField(label="Fassung", coerce=int)
    name = field("documents.Signature.name")
    role = field("documents.Signature.role", help_text="Teilnehmer/in, Fallführung, gesetzliche Vertretung …")
    signed_on = GermanDateField(label="am")
    agreement = forms.ChoiceField(
        label="Einverstanden?", choices=[(one.value, one.label) for one in Agreement], initial=Agreement.YES
    )
    because = field("documents.Signature.because", help_text="nötig, wenn nicht „ja“")
    scan = forms.FileField(label="Unterschriebenes Blatt", required=False, allow_empty_file=True)

    def __init__(self, *arguments, numbers, **options):
        super().__init__(*arguments, **options)
        self.fields["number"].choices = [(number, f"Fassung {number}") for number in numbers]
        self.fields[
            "scan"
        ].help_text = f"eingescannt, PDF, JPEG oder PNG bis {settings.UPLOAD_MAX_BYTES // 1_000_000} MB"


class SendForm(forms.Form):
    number = forms.TypedChoiceField(label="Fassung", coerce=int)
    recipient = field("documents.Dispatch.recipient")
    channel = forms.ChoiceField(
        label="Weg",
        choices=[(one.value, one.label) for one in (Channel.LETTER, Channel.HANDED_OVER)],
        help_text="E-Mail ist in dieser Installation nicht eingerichtet.",
    )

    def __init__(self, *arguments, numbers, **options):
        super().__init__(*arguments, **options)
        self.fields["number"].choices = [(number, f"Fassung {number}") for number in numbers]


class VoidForm(forms.Form):
    because = field("documents.Document.voided_because", label="Warum es nicht hierher gehört", required=True)


def document(request: HttpRequest, number: str, token: str) -> HttpResponse:
    actor = request.actor
    row = get_document(actor, get_dossier(actor, number).pk, token)
    opened = open_file(request, number, "document")
    may = (
        policies.may_keep_paper(actor, opened.dossier) if not row.voided else refused("Dieses Dokument ist storniert.")
    )
    here = reverse("document", args=[number, token])
    numbers = [version.number for version in row.versions]
    under_way = [sent for sent in row.dispatches if sent.state not in {DispatchState.DROPPED, DispatchState.RETURNED}]
    may_move = first_refusal(may, allowed_if(bool(under_way), "Dieses Dokument ist nicht unterwegs."))
    today = {"signed_on": clock.today(), "number": numbers[0]}
    return several(
        request,
        "documents/document.html",
        {
            "sign": Guide(
                partial(SignForm, numbers=numbers),
                save=partial(_sign, document_id=row.id),
                done=lambda _: (here, "Die Antwort steht bei ihrer Fassung."),
                may=may,
                initial=lambda: today,
            ),
            "send": Guide(
                partial(SendForm, numbers=numbers),
                save=partial(prepare_dispatch, document_id=row.id),
                done=lambda sent: (here, f"Liegt im Postausgang, an {sent.recipient}. Noch hat es niemand gedruckt."),
                may=may,
            ),
            "move": move_guide(request, under_way, here, may_move),
            "void": Guide(
                VoidForm,
                save=partial(void_document, document_id=row.id, version=row.version),
                done=lambda _: (here, "Storniert. Dass es das Dokument gab, bleibt sichtbar."),
                may=may,
            ),
        },
        {**head_of(opened, "documents"), "row": row},
    )


def _sign(*, scan=None, **entered):
    content = scan.read(settings.UPLOAD_MAX_BYTES + 1) if scan else None
    return record_signature(scan=content, **entered)
