"""The signed sheet of a consent, as it came back from the person."""

from django.db import models

from ina.access.enums import Compartment
from ina.access.models import Consent, Dossier
from ina.access.querysets import DossierTableQuerySet


class ConsentScan(models.Model):
    """Which document is the signed sheet of a consent. Both stay; a voided document proves nothing any more."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="scans")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("abgelegt")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "unterschriebenes Blatt einer Einwilligung"
        verbose_name_plural = "unterschriebene Blätter von Einwilligungen"

    class Personal:
        compartment = Compartment.CONSENT
        purpose = "Nachweis der Einwilligung (Art. 7 DSGVO)"
        retention = "proof"
        exported = True

    def __str__(self):
        return f"Blatt zu {self.consent_id}"
