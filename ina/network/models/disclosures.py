"""What was passed on to a partner: a snapshot with its basis, its way, and the answer.

Two sides read these tables: those who work in the file (NETWORK, and for the content each compartment it tells of), and
the receiver of a delivered one, by ``receiver`` (migration: policy ``received``), who sees nothing else of the dossier.
"""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import ByRowQuerySet, DossierTableQuerySet
from ina.cases.models import Case
from ina.network.enums import Delivery, DisclosureState, Reply
from ina.network.models.referrals import ServiceReferral, choices


class ReceivedQuerySet(DossierTableQuerySet):
    def received_by(self, actor):
        """What was delivered to the actor's house, or is behind the link they hold, and is still open to them."""
        return self.filter(receiver__in=list(actor.holders), delivered_at__isnull=False, stopped_at=None)


class Disclosure(models.Model):
    """One passing on (Übermittlung): to whom, on which basis, why, of what, by which way, and what became of it.

    ``receiver``: the holder of the partner's institution, or minus the id of the link; None before the delivery and for
    letters. ``open_until``: the last day on which the receiver may read it. ``sha256``: of the content as it was shown
    in the preview. ``number`` counts in the dossier; ``token`` stands in the addresses of the receiver.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="disclosures")
    number = models.IntegerField("Nummer")
    token = models.CharField(max_length=16, unique=True)
    partner = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+", verbose_name="Stelle")
    referral = models.ForeignKey(
        ServiceReferral, models.PROTECT, null=True, blank=True, related_name="disclosures", verbose_name="Vermittlung"
    )
    delivery = models.CharField("Weg", max_length=8, choices=choices(Delivery))
    compartments = models.IntegerField("Inhalt")
    subject = models.CharField("Betreff", max_length=160)
    reason = models.TextField("Anlass")
    basis = models.CharField("Grundlage", max_length=24)
    basis_said = models.TextField("Grundlage in Worten")
    consent = models.ForeignKey("access.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    secrecy = models.ForeignKey("access.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    override = models.ForeignKey(
        "network.Override", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Notfall-Weitergabe"
    )
    sha256 = models.CharField("Prüfsumme", max_length=64)
    asks_answer = models.BooleanField("Antwort erbeten", default=True)
    address = models.CharField("Mailadresse der Stelle", max_length=200, blank=True)
    prepared_at = models.DateTimeField("vorbereitet")
    prepared_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    released_at = models.DateTimeField("freigegeben", null=True, blank=True)
    released_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    delivered_at = models.DateTimeField("zugestellt", null=True, blank=True)
    opened_at = models.DateTimeField("geöffnet", null=True, blank=True)
    open_until = models.DateField("lesbar bis", null=True, blank=True)
    receiver = models.BigIntegerField(null=True, blank=True, editable=False)
    tries = models.IntegerField("Versuche", default=0)
    problem = models.CharField("letzter Fehler", max_length=300, blank=True)
    again_at = models.DateTimeField("nächster Versuch", null=True, blank=True)
    # The yes or no of the receiver, set by the database with the answer: an inbox of thousands is narrowed by it.
    reply = models.CharField("Antwort", max_length=8, choices=choices(Reply), blank=True, db_default="", editable=False)
    stopped_at = models.DateTimeField("gestoppt", null=True, blank=True)
    stopped_because = models.CharField("weil", max_length=300, blank=True)
    version = models.IntegerField(default=1, editable=False)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        verbose_name = "Übermittlung"
        verbose_name_plural = "Übermittlungen"
        indexes = [
            models.Index(fields=["receiver", "-delivered_at"], name="network_disclosure_inbox"),
            models.Index(
                fields=["again_at"],
                condition=Q(released_at__isnull=False, delivered_at=None, stopped_at=None),
                name="network_disclosure_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="network_disclosure_number"),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(released_at__isnull=False), name="network_disclosure_order"
            ),
        ]

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Nachweis der Übermittlung (§ 35 JVollzDSG NRW, Art. 5 Abs. 2 DSGVO)"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Übermittlung {self.number}"

    @property
    def state(self) -> DisclosureState:
        if self.stopped_at:
            return DisclosureState.STOPPED
        if self.delivered_at:
            return DisclosureState.DELIVERED
        return DisclosureState.WAITING if self.released_at else DisclosureState.PREPARED

    @property
    def is_posted(self) -> bool:
        """A letter that has left: it cannot be called back."""
        return self.delivery == Delivery.LETTER and self.delivered_at is not None


class DisclosureContent(models.Model):
    """Exactly what the receiver reads, apart: it tells of several compartments, and one must see each of them.

    ``told``: a list of ``{"title": str, "lines": [[name, value], …]}`` in the order of reading.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    compartments = models.IntegerField()
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="content")
    told = models.JSONField("Inhalt")

    objects = ByRowQuerySet.as_manager()

    class Meta:
        verbose_name = "Inhalt einer Übermittlung"
        verbose_name_plural = "Inhalte von Übermittlungen"

    class Personal:
        compartment = None
        purpose = "Nachweis, was übermittelt wurde"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Inhalt {self.disclosure_id}"


class DisclosureLink(models.Model):
    """A way in for a partner without an account. Address and second secret are kept as keyed hashes only.

    Guesses are counted (``tries``); a newer link of the same disclosure closes the older one.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="links")
    address_hash = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField("gemacht")
    made_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("gilt bis")
    tries = models.IntegerField("falsche Codes", default=0)
    closed_at = models.DateTimeField("geschlossen", null=True, blank=True)
    renewal_asked_at = models.DateTimeField("neuer Link erbeten", null=True, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Link zu einer Übermittlung"
        verbose_name_plural = "Links zu Übermittlungen"

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Zugang der Stelle zur Übermittlung"
        retention = "dossier"
        exported = False

    def __str__(self):
        return f"Link {self.pk}"


class DisclosureAnswer(models.Model):
    """What the partner answered. One yes or no; questions as many as there are. ``read_at``: by those who sent it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="answers")
    reply = models.CharField("Antwort", max_length=8, choices=choices(Reply))
    said = models.TextField("Nachricht", blank=True)
    said_by = models.CharField("von", max_length=120, blank=True)
    answered_at = models.DateTimeField("geantwortet")
    read_at = models.DateTimeField("gelesen", null=True, blank=True)
    read_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Antwort auf eine Übermittlung"
        verbose_name_plural = "Antworten auf Übermittlungen"
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure"],
                condition=~Q(reply=Reply.ASK),
                name="network_disclosure_answered_once",
                violation_error_message="Darauf ist schon geantwortet worden.",
            )
        ]

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Rückmeldung der Stelle"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{Reply(self.reply).told} vom {self.answered_at:%d.%m.%Y}"
