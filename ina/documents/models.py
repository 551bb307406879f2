"""Documents, their versions, contents, signatures and sendings.

A paper tells of several compartments at once, so each row says in ``compartments`` which ones, and the wall asks for
one grant that opens all of them (decision 0009). Rows below a document carry the same bits; a foreign key sees to it.
"""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import ByRowQuerySet, DossierTableQuerySet
from ina.documents.enums import Agreement, Channel, DispatchState, Origin, Scan


def choices(enum):
    return [(item.value, item.label) for item in enum]


class DossierKey(models.Model):
    """The key of one dossier's contents, wrapped by the master key. Without the row all its papers are unreadable."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="+")
    # Fingerprint of the master key that wraps it, so that a rotation can stop half-way and nothing is lost.
    master = models.CharField(max_length=64)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Schlüssel einer Akte"
        verbose_name_plural = "Schlüssel von Akten"

    class Personal:
        compartment = Compartment.CASE
        purpose = "Verschlüsselung der abgelegten Dokumente"
        retention = "dossier"
        exported = False

    def __str__(self):
        return f"Schlüssel {self.dossier_id}"


class Document(models.Model):
    """A paper or a file about a person. ``token`` stands in addresses and says nothing about how many there are."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    compartments = models.IntegerField()
    case_number = models.IntegerField()
    token = models.CharField(max_length=16, unique=True)
    # Key of the kind; empty for what was uploaded.
    kind = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=10, choices=choices(Origin))
    title = models.CharField("Bezeichnung", max_length=200)
    neutral = models.BooleanField("ohne Bezug zur Haft", default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    voided_because = models.CharField("storniert, weil", max_length=300, blank=True)
    version = models.IntegerField(default=1)

    objects = ByRowQuerySet.as_manager()

    class Meta:
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        indexes = [models.Index(fields=["dossier", "case_number", "made_at"], name="documents_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(compartments__gt=0), name="documents_needs_a_grant"),
            models.UniqueConstraint(fields=["id", "compartments"], name="documents_with_rights"),
        ]

    class Personal:
        compartment = None
        purpose = "Schriftstücke und Nachweise zum Fall"
        retention = "dossier"
        exported = True

    def __str__(self):
        return self.title


class BelowDocument(models.Model):
    """Base of the tables whose rows belong to a document and are walled like it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    compartments = models.IntegerField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="%(class)ss")

    objects = ByRowQuerySet.as_manager()

    class Meta:
        abstract = True


class DocumentVersion(BelowDocument):
    """One version, never changed. ``data_sha256`` tells whether a paper would say the same again."""

    number = models.IntegerField("Fassung")
    media_type = models.CharField(max_length=40)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    data_sha256 = models.CharField(max_length=64, blank=True)
    size = models.IntegerField()
    pages = models.IntegerField()
    scan = models.CharField(max_length=12, choices=choices(Scan))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="documents_version_number")]

    class Personal:
        compartment = None
        purpose = "Fassungen von Schriftstücken"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Fassung {self.number}"


class DocumentContent(BelowDocument):
    """The bytes of a version, encrypted with the key of the dossier; apart, so that lists never read them."""

    of_version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="content")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "Inhalt"
        verbose_name_plural = "Inhalte"

    class Personal:
        compartment = None
        purpose = "Inhalt von Schriftstücken, verschlüsselt"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Inhalt {self.of_version_id}"


class Signature(BelowDocument):
    """Somebody signed a version on paper, or said no, or could not answer. The scan is a document of its own."""

    of_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="signatures")
    name = models.CharField("Name", max_length=120)
    role = models.CharField("Rolle", max_length=80)
    signed_on = models.DateField("am")
    agreement = models.CharField("Antwort", max_length=10, choices=choices(Agreement))
    because = models.CharField("weil", max_length=300, blank=True)
    scanned = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Unterschrift"
        verbose_name_plural = "Unterschriften"
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement=Agreement.YES) | ~Q(because=""),
                name="documents_no_has_a_reason",
                violation_error_message="Bitte schreiben Sie, warum nicht.",
            )
        ]

    class Personal:
        compartment = None
        purpose = "Nachweis von Zustimmung und Ablehnung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.name}: {Agreement(self.agreement).label}"


class Dispatch(BelowDocument):
    """A version on its way: prepared, printed, out of the house, perhaps back. Its state follows from its days."""

    of_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="dispatches")
    channel = models.CharField("Weg", max_length=12, choices=choices(Channel))
    recipient = models.CharField("an", max_length=200)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    printed_on = models.DateField("gedruckt am", null=True, blank=True)
    gone_on = models.DateField("übergeben am", null=True, blank=True)
    returned_on = models.DateField("zurück am", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField("weil", max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name = "Versand"
        verbose_name_plural = "Versand"
        indexes = [models.Index(fields=["gone_on"], condition=Q(dropped_at=None), name="documents_outbox")]
        constraints = [
            models.UniqueConstraint(
                fields=["of_version", "recipient"],
                condition=Q(returned_on=None, dropped_at=None),
                name="documents_sent_once",
                violation_error_message="Diese Fassung ist an diese Stelle schon unterwegs.",
            )
        ]

    class Personal:
        compartment = None
        purpose = "Versand von Schriftstücken"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"an {self.recipient}"

    @property
    def state(self) -> DispatchState:
        if self.dropped_at:
            return DispatchState.DROPPED
        if self.returned_on:
            return DispatchState.RETURNED
        if self.gone_on:
            return DispatchState.GONE
        return DispatchState.PRINTED if self.printed_on else DispatchState.PREPARED
