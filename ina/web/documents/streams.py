"""Files as they lie there, and papers set afresh: not kept by the browser, shown as what they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.access.queries import get_dossier
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import NotVisible
from ina.documents.kinds import PaperRequest
from ina.documents.queries import open_version, writable_kinds
from ina.documents.typeset import set_paper
from ina.web.shell.files import open_file
from ina.web.shell.sent_files import answer_file


def document_file(request: HttpRequest, number: str, token: str, version: int) -> HttpResponse:
    """A version: shown where the browser can, or taken along (``?herunterladen``)."""
    actor = request.actor
    read = open_version(actor, get_dossier(actor, number), token, version, now=clock.now())
    return answer_file(read.content, read.media_type, read.file_name, attached="herunterladen" in request.GET)


def paper_view(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A paper as it would be today, marked as a draft. Nothing is kept."""
    opened, actor, now = open_file(request, number, "paper_view"), request.actor, clock.now()
    known = next((one for one in writable_kinds(actor, opened.dossier.pk) if one.key == kind), None)
    if known is None:
        raise NotVisible()
    options = {key: str(value)[:200] for key, value in request.GET.items()} | {"draft": "ja"}
    paper = known.build(PaperRequest(actor, opened.dossier.pk, opened.case.number, clock.day_of(now), options))
    record_read(
        action="read.paper",
        actor=actor,
        now=now,
        dossier_id=opened.dossier.pk,
        reason=next(iter(opened.bases), ""),
        kind=known.key,
    )
    return answer_file(set_paper(known.template, paper.data), "application/pdf", f"Entwurf_{paper.file_name}.pdf")
