"""The signed sheet of a consent is kept as a document and points to what it proves."""

from __future__ import annotations

from datetime import datetime

from ina.access import policies
from ina.access.enums import Compartment
from ina.access.models import Consent
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import ConsentScan
from ina.documents.operations import keep_upload

# Who sees the ledger sees its sheets, and nobody else.
BITS = Compartment.CASE | Compartment.IDENTITY | Compartment.CONSENT


@operation("cases.keep_consent_scan", may=policies.may_keep_sheet, on=Consent)
def keep_consent_scan(
    consent: Consent, *, actor: Actor, case_number: int, content: bytes, now: datetime
) -> ConsentScan:
    """Keep the scan. Invalid: no file that may be kept (``documents.uploads``), a consent that was voided."""
    if consent.is_voided:
        raise Invalid("Diese Einwilligung ist storniert.")
    version = keep_upload(
        actor=actor,
        dossier_id=consent.dossier_id,
        case_number=case_number,
        title=f"Unterschriebenes Blatt: {consent}"[:200],
        content=content,
        compartments=BITS,
        now=now,
    )
    scan = ConsentScan.objects.create(
        dossier_id=consent.dossier_id,
        consent=consent,
        document_id=version.document_id,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    note(consent=consent.pk)
    return scan


def scans_of(actor: Actor, dossier_id: int) -> dict[int, list[str]]:
    """Consent → tokens of its signed sheets, the newest first; voided documents are left out."""
    rows = ConsentScan.objects.visible_to(actor).filter(dossier_id=dossier_id, document__voided_at=None)
    found: dict[int, list[str]] = {}
    for consent, token in rows.order_by("-recorded_at", "-pk").values_list("consent_id", "document__token"):
        found.setdefault(consent, []).append(token)
    return found
