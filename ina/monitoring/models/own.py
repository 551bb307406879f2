"""The address and code under which a person reads what is theirs after the release."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case


class OwnPage(models.Model):
    """A page for the person, by invitation. Only keyed hashes of its address and its code are kept.

    It shuts with a newer one, by hand, and with the case: it shows what whoever leads the case could show. ``tries``:
    wrong codes in a row. ``looked_at``: when the person last opened it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="own_pages")
    address_hash = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField("eingerichtet")
    opened_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    looked_at = models.DateTimeField("zuletzt geöffnet", null=True, blank=True)
    closed_at = models.DateTimeField("geschlossen", null=True, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "eigene Seite"
        verbose_name_plural = "eigene Seiten"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at=None), name="monitoring_own_page_one_open"),
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Auskunft an die Person selbst"
        retention = "dossier"
        exported = False

    def __str__(self):
        return f"eigene Seite, eingerichtet am {self.opened_at:%d.%m.%Y}"
