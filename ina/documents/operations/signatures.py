"""Signed on paper: printed, signed, scanned back. The signature belongs to one version."""

from __future__ import annotations

from datetime import date, datetime

from ina.access.enums import Compartment
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible
from ina.base.operation import note, operation
from ina.documents import policies, uploads
from ina.documents.enums import Agreement, Origin
from ina.documents.models import Document, DocumentVersion, Signature
from ina.documents.operations.keeping import add_version, new_document


@operation("documents.record_signature", may=policies.may_change_document, on=Document)
def record_signature(
    document: Document,
    *,
    actor: Actor,
    number: int,
    name: str,
    role: str,
    signed_on: date,
    agreement: Agreement = Agreement.YES,
    because: str = "",
    scan: bytes | None = None,
    now: datetime,
) -> Signature:
    """Somebody signed version ``number``, or said no, or could not answer; both need a reason. ``scan``: the sheet.

    The scan is kept as a document of its own with its hash, with the rights of what was signed. Invalid: a day in the
    future or before the version, an unknown version, a scan that ``uploads`` refuses.
    """
    version = document.documentversions.visible_to(actor).filter(number=number).first()
    if version is None:
        raise NotVisible()
    if signed_on > day_of(now):
        raise Invalid(f"Der {signed_on:%d.%m.%Y} liegt in der Zukunft.", "signed_on")
    if signed_on < day_of(version.made_at):
        raise Invalid(f"Fassung {number} gibt es erst seit dem {day_of(version.made_at):%d.%m.%Y}.", "signed_on")
    if agreement != Agreement.YES and not because.strip():
        raise Invalid("Bitte schreiben Sie, warum.", "because")
    signature = Signature(
        dossier_id=document.dossier_id,
        compartments=document.compartments,
        document=document,
        of_version=version,
        name=name.strip(),
        role=role.strip(),
        signed_on=signed_on,
        agreement=str(agreement),
        because=because.strip(),
        scanned=_keep_scan(document, version, scan, actor, now) if scan else None,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    signature.clean_fields(exclude=["dossier", "document", "of_version", "scanned", "recorded_by"])
    signature.save(force_insert=True)
    note(document=document.token, number=number, agreement=signature.agreement)
    return signature


def _keep_scan(
    document: Document, version: DocumentVersion, content: bytes, actor: Actor, now: datetime
) -> DocumentVersion:
    examined = uploads.examine(content)
    title = f"{document.title}, Fassung {version.number}, unterschrieben"[:200]
    kept = new_document(
        document.dossier,
        actor,
        now,
        case_number=document.case_number,
        origin=Origin.UPLOADED,
        title=title,
        compartments=Compartment(document.compartments),
    )
    scanned = uploads.scan_for_viruses(content)
    return add_version(kept, examined, uploads.safe_name(title, examined.media_type), actor, now, scan=scanned)
