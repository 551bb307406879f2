"""What is written or uploaded is kept: checked, encrypted, as a version that is never changed."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible, Refused
from ina.base.operation import note, operation
from ina.documents import leaks, policies, uploads, vault
from ina.documents.enums import Origin, Scan
from ina.documents.kinds import DocumentKind, Paper, PaperRequest, get_kind
from ina.documents.models import Document, DocumentContent, DocumentVersion, DossierKey, Signature
from ina.documents.queries import covers
from ina.documents.typeset import set_paper
from ina.documents.uploads import Examined

UPLOAD = Compartment.CASE | Compartment.IDENTITY


@operation("documents.keep_paper", may=policies.may_keep_paper, on=Dossier)
def keep_paper(
    dossier: Dossier,
    *,
    actor: Actor,
    case_number: int,
    kind: str,
    options: Mapping[str, str] | None = None,
    now: datetime,
) -> DocumentVersion:
    """Write the paper anew and keep it as the next version of its document; each free letter is a document of its own.

    Refused: a kind whose compartments the actor has not got. Invalid: nothing has changed since the last version, or a
    neutral paper betrays something (each place is named).
    """
    known = get_kind(kind)
    _require_rights(actor, dossier.pk, known.compartments)
    asked = PaperRequest(actor, dossier.pk, case_number, day_of(now), {**(options or {}), "draft": ""})
    paper = known.build(asked)
    document = _document_for(known, paper, actor, dossier, case_number, now)
    told = hashlib.sha256(json.dumps(paper.data, sort_keys=True).encode()).hexdigest()
    last = _last_version(document, actor)
    if last and last.data_sha256 == told:
        raise Invalid(f"Seit Fassung {last.number} hat sich nichts geändert.")
    pdf = set_paper(known.template, paper.data)
    file_name = f"{paper.file_name}.pdf"
    if known.neutral:
        leaks.require_neutral(pdf, file_name, names=leaks.house_names())
    examined = Examined("application/pdf", pdf, len(uploads.read_pdf(pdf).pages))
    return add_version(document, examined, file_name, actor, now, data_sha256=told, scan=Scan.OWN)


@operation("documents.keep_upload", may=policies.may_keep_paper, on=Dossier)
def keep_upload(
    dossier: Dossier,
    *,
    actor: Actor,
    case_number: int,
    title: str,
    content: bytes,
    compartments: Compartment = UPLOAD,
    now: datetime,
) -> DocumentVersion:
    """Keep a file that somebody brought. Invalid: what ``uploads.examine`` refuses. Refused: no right to these bits."""
    if not title.strip():
        raise Invalid("Bitte sagen Sie, was es ist.", "title")
    _require_rights(actor, dossier.pk, compartments)
    examined = uploads.examine(content)
    scan = uploads.scan_for_viruses(content)
    document = new_document(
        dossier, actor, now, case_number=case_number, origin=Origin.UPLOADED, title=title, compartments=compartments
    )
    return add_version(document, examined, uploads.safe_name(title, examined.media_type), actor, now, scan=scan)


@operation("documents.void_document", may=policies.may_change_document, on=Document)
def void_document(document: Document, *, actor: Actor, because: str, now: datetime) -> None:
    """Kept by mistake (wrong person, wrong file). That there was one stays visible; what nobody signed is removed.

    Refused: the scan of a signed sheet, as long as a document that counts points to it. Void that document first.
    """
    if not because.strip():
        raise Invalid("Bitte schreiben Sie, warum.", "because")
    proves = Signature.objects.visible_to(actor).filter(scanned__document=document, document__voided_at=None)
    if signed := proves.select_related("document").first():
        raise Refused(f"Dieses Blatt belegt eine Unterschrift: {signed.document.title}, {signed.name}.")
    document.voided_at, document.voided_by_id, document.voided_because = now, actor.membership_id, because.strip()
    document.version += 1
    document.save(update_fields=["voided_at", "voided_by", "voided_because", "version"])
    if not document.signatures.visible_to(actor).exists():
        document.documentcontents.visible_to(actor).delete()


def key_of(dossier_id: int, actor: Actor, now: datetime | None = None) -> bytes:
    """The dossier's key; made at its first document (``now``). Raises NotVisible when there is none."""
    row = DossierKey.objects.visible_to(actor).filter(dossier_id=dossier_id).first()
    if row is None and now is not None:
        key = vault.new_key()
        master, wrapped = vault.wrap(key, dossier_id)
        DossierKey.objects.create(dossier_id=dossier_id, master=master, wrapped=wrapped, made_at=now)
        return key
    if row is None:
        raise NotVisible()
    return vault.unwrap(row.master, row.wrapped, dossier_id)


def _require_rights(actor: Actor, dossier_id: int, compartments: Compartment) -> None:
    if not covers(actor, dossier_id, compartments):
        raise Refused("Dieses Papier enthält Angaben, die Sie in dieser Akte nicht sehen.")


def _document_for(
    kind: DocumentKind, paper: Paper, actor: Actor, dossier: Dossier, case_number: int, now: datetime
) -> Document:
    kept = Document.objects.visible_to(actor).filter(dossier_id=dossier.pk, case_number=case_number, voided_at=None)
    document = None if kind.many else kept.filter(kind=kind.key).order_by("-pk").first()
    return document or new_document(
        dossier,
        actor,
        now,
        case_number=case_number,
        origin=Origin.WRITTEN,
        title=paper.title,
        compartments=kind.compartments,
        kind=kind.key,
        neutral=kind.neutral,
    )


def new_document(
    dossier: Dossier, actor: Actor, now: datetime, *, title: str, compartments: Compartment, **said
) -> Document:
    document = Document(
        dossier=dossier,
        compartments=int(compartments),
        token=secrets.token_hex(5),
        title=title.strip(),
        made_at=now,
        made_by_id=actor.membership_id,
        **said,
    )
    document.clean_fields(exclude=["dossier", "made_by", "voided_by"])
    document.save(force_insert=True)
    return document


def _last_version(document: Document, actor: Actor) -> DocumentVersion | None:
    return document.documentversions.visible_to(actor).order_by("-number").first()


def add_version(
    document: Document,
    examined: Examined,
    file_name: str,
    actor: Actor,
    now: datetime,
    *,
    scan: Scan,
    data_sha256: str = "",
) -> DocumentVersion:
    last = _last_version(document, actor)
    digest = hashlib.sha256(examined.content).hexdigest()
    above = {"dossier_id": document.dossier_id, "compartments": document.compartments, "document": document}
    version = DocumentVersion.objects.create(
        **above,
        number=last.number + 1 if last else 1,
        media_type=examined.media_type,
        file_name=file_name,
        sha256=digest,
        data_sha256=data_sha256,
        size=len(examined.content),
        pages=examined.pages,
        scan=str(scan),
        made_at=now,
        made_by_id=actor.membership_id,
    )
    sealed = vault.seal(key_of(document.dossier_id, actor, now), examined.content, bound_to(document, version))
    DocumentContent.objects.create(**above, of_version=version, sealed=sealed)
    note(document=document.token, number=version.number, kind=document.kind)
    return version


def bound_to(document: Document, version: DocumentVersion) -> str:
    """What a sealed content belongs to; bound into it."""
    return f"{document.token}:{version.number}:{version.sha256}"
