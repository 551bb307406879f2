"""The documents of a case. Visible rows only; contents are opened one by one, each leaving a line in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Case, Q, Value, When

from ina.access.enums import Compartment
from ina.access.queries import bases_of
from ina.audit.trail import record_read
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.documents import policies, vault
from ina.documents.enums import Agreement, Channel, DispatchState, Origin, Scan
from ina.documents.kinds import DocumentKind, all_kinds, kind_of
from ina.documents.models import Dispatch, Document, DocumentContent, DocumentVersion, DossierKey, Signature

COVERS = (
    "SELECT EXISTS (SELECT FROM access_grant g WHERE g.dossier_id = %s AND g.holder_id = ANY (%s)"
    " AND g.compartments & %s = %s AND g.valid @> now())"
)


def covers(actor: Actor, dossier_id: int, compartments: Compartment | int) -> bool:
    """Whether one grant of the actor opens all of these compartments of the dossier."""
    bits = int(compartments)
    with connection.cursor() as cursor:
        cursor.execute(COVERS, [dossier_id, list(actor.holders), bits, bits])
        return cursor.fetchone()[0]


def writable_kinds(actor: Actor, dossier_id: int) -> tuple[DocumentKind, ...]:
    """What the actor can have written about this dossier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT compartments FROM access_grant WHERE dossier_id = %s AND holder_id = ANY (%s) AND valid @> now()",
            [dossier_id, list(actor.holders)],
        )
        masks = [mask for (mask,) in cursor.fetchall()]
    return tuple(kind for kind in all_kinds() if any(mask & kind.compartments == kind.compartments for mask in masks))


@dataclass(frozen=True)
class SignatureRow:
    name: str
    role: str
    signed_on: object
    agreement: Agreement
    because: str
    scan_token: str


@dataclass(frozen=True)
class DispatchRow:
    id: int
    version: int
    number: int
    channel: Channel
    recipient: str
    state: DispatchState
    printed_on: object
    gone_on: object
    returned_on: object
    because: str
    # For lists over several files: the file, the document and its title.
    dossier_number: str = ""
    token: str = ""
    title: str = ""
    # Whether the actor prepared it, and whether the actor may write down what became of it.
    own: bool = False
    movable: bool = False
    # Names the row in a form, in the state in which it was shown, without a number that counts others' papers.
    key: str = ""


@dataclass(frozen=True)
class VersionRow:
    number: int
    made_at: datetime
    made_by: str
    pages: int
    size: int
    sha256: str
    media_type: str
    scan: Scan
    signatures: tuple[SignatureRow, ...]


@dataclass(frozen=True)
class DocumentRow:
    """One document with its versions, the newest first."""

    id: int
    token: str
    title: str
    label: str
    origin: Origin
    neutral: bool
    version: int
    made_at: datetime
    voided: str
    versions: tuple[VersionRow, ...]
    dispatches: tuple[DispatchRow, ...]

    @property
    def newest(self) -> VersionRow:
        return self.versions[0]

    @property
    def is_signed(self) -> bool:
        return any(version.signatures for version in self.versions)


def list_documents(actor: Actor, dossier_id: int, case_number: int | None = None) -> list[DocumentRow]:
    """The documents of a dossier, or of one case in it, the newest first; voided ones say so."""
    documents = Document.objects.visible_to(actor).filter(dossier_id=dossier_id).select_related("voided_by__user")
    if case_number is not None:
        documents = documents.filter(case_number=case_number)
    return _rows(actor, list(documents.order_by("-made_at", "-pk")), dossier_id)


def get_document(actor: Actor, dossier_id: int, token: str) -> DocumentRow:
    """NotVisible when hidden or absent."""
    documents = Document.objects.visible_to(actor).filter(dossier_id=dossier_id, token=token)
    rows = _rows(actor, list(documents.select_related("voided_by__user")), dossier_id)
    if not rows:
        raise NotVisible()
    return rows[0]


def _rows(actor: Actor, documents: list[Document], dossier_id: int) -> list[DocumentRow]:
    ids = [document.pk for document in documents]
    signatures: dict[int, list[SignatureRow]] = {}
    signed = Signature.objects.visible_to(actor).filter(document_id__in=ids).select_related("scanned__document")
    for one in signed.order_by("pk"):
        signatures.setdefault(one.of_version_id, []).append(_signature_row(one))
    tokens = {document.pk: document.token for document in documents}
    dispatches: dict[int, list[DispatchRow]] = {}
    sent = Dispatch.objects.visible_to(actor).filter(document_id__in=ids).select_related("of_version")
    for one in sent.order_by("-pk"):
        dispatches.setdefault(one.document_id, []).append(_dispatch_row(one, key=_key(one, tokens[one.document_id])))
    versions: dict[int, list[VersionRow]] = {}
    kept = DocumentVersion.objects.visible_to(actor).filter(document_id__in=ids).select_related("made_by__user")
    for one in kept.order_by("-number"):
        versions.setdefault(one.document_id, []).append(_version_row(one, tuple(signatures.get(one.pk, ()))))
    return [
        _document_row(one, tuple(versions[one.pk]), tuple(dispatches.get(one.pk, ())))
        for one in documents
        if one.pk in versions
    ]


def _document_row(one: Document, versions: tuple[VersionRow, ...], dispatches: tuple[DispatchRow, ...]) -> DocumentRow:
    kind = kind_of(one.kind)
    voided = ""
    if one.voided_at and one.voided_by:
        voided = f"storniert am {one.voided_at:%d.%m.%Y} von {one.voided_by.user.display_name}: {one.voided_because}"
    return DocumentRow(
        id=one.pk,
        token=one.token,
        title=one.title,
        label=kind.label if kind else Origin(one.origin).label,
        origin=Origin(one.origin),
        neutral=one.neutral,
        version=one.version,
        made_at=one.made_at,
        voided=voided,
        versions=versions,
        dispatches=dispatches,
    )


def _version_row(one: DocumentVersion, signatures: tuple[SignatureRow, ...]) -> VersionRow:
    return VersionRow(
        number=one.number,
        made_at=one.made_at,
        made_by=one.made_by.user.display_name,
        pages=one.pages,
        size=one.size,
        sha256=one.sha256,
        media_type=one.media_type,
        scan=Scan(one.scan),
        signatures=signatures,
    )


def _signature_row(one: Signature) -> SignatureRow:
    token = one.scanned.document.token if one.scanned else ""
    return SignatureRow(one.name, one.role, one.signed_on, Agreement(one.agreement), one.because, token)


def _dispatch_row(one: Dispatch, **more) -> DispatchRow:
    return DispatchRow(
        id=one.pk,
        version=one.version,
        number=one.of_version.number,
        channel=Channel(one.channel),
        recipient=one.recipient,
        state=one.state,
        printed_on=one.printed_on,
        gone_on=one.gone_on,
        returned_on=one.returned_on,
        because=one.because,
        **more,
    )


# How long what is out of the house stays on the desk: post comes back within weeks. Later its document still shows it.
ON_THE_DESK = timedelta(days=60)


def list_outbox(actor: Actor, today: date, limit: int = 300) -> list[DispatchRow]:
    """What is to be printed, lies in the house, went out lately or came back, over all files that the actor sees.

    The actor's own first, then the oldest first.
    """
    since = today - ON_THE_DESK
    own_first = Case(When(prepared_by_id=actor.membership_id, then=Value(0)), default=Value(1))
    found = (
        Dispatch.objects.visible_to(actor)
        .filter(Q(gone_on=None) | Q(gone_on__gte=since) | Q(returned_on__gte=since), dropped_at=None)
        .with_bases(actor)
        .select_related("of_version", "document", "dossier")
        .order_by(own_first, "prepared_at", "pk")
    )
    return [
        _dispatch_row(
            one,
            dossier_number=one.dossier.number,
            token=one.document.token,
            title=one.document.title,
            own=one.prepared_by_id == actor.membership_id,
            movable=policies.moves_papers(actor, one.bases) and one.returned_on is None,
            key=_key(one, one.document.token),
        )
        for one in found[:limit]
    ]


def _key(one: Dispatch, token: str) -> str:
    return f"{token}-{one.prepared_at:%H%M%S%f}-{one.version}"


@dataclass(frozen=True)
class Opened:
    """A content in the clear."""

    content: bytes
    media_type: str
    file_name: str


def open_version(actor: Actor, dossier, token: str, number: int, *, now: datetime) -> Opened:
    """The content of a version; that it was read is recorded first. NotVisible when hidden, absent or removed."""
    found = (
        DocumentContent.objects.visible_to(actor)
        .filter(dossier_id=dossier.pk, document__token=token, of_version__number=number)
        .select_related("of_version", "document")
        .first()
    )
    if found is None:
        raise NotVisible()
    basis = next(iter(sorted(bases_of(actor, dossier))), "")
    record_read(
        action="read.document", actor=actor, now=now, dossier_id=dossier.pk, reason=basis, document=token, number=number
    )
    row = DossierKey.objects.visible_to(actor).filter(dossier_id=dossier.pk).first()
    if row is None:
        raise NotVisible()
    version, key = found.of_version, vault.unwrap(row.master, row.wrapped, dossier.pk)
    content = vault.unseal(key, found.sealed, f"{token}:{version.number}:{version.sha256}")
    return Opened(content, version.media_type, version.file_name)
