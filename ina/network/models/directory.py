"""What partners offer, and to whom. No data about participants, hence no wall."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ina.base.periods import first_day, last_day
from ina.network.enums import OfferPhase
from ina.profiling.enums import Need


def choices(enum):
    return [(item.value, item.label) for item in enum]


class Offer(models.Model):
    """Something that a partner does for people. Never deleted: it ends on a day, because old referrals name it.

    ``criteria``: who may come, as a list of ``{"fact", "op", "value", "because"}``. ``waiting_days`` is what was
    observed, no promise. What somebody verified counts as unverified after a change, as with organisations.
    """

    number = models.PositiveIntegerField("Nummer", unique=True, editable=False)
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="offers", verbose_name="Stelle"
    )
    title = models.CharField("Angebot", max_length=200)
    needs = ArrayField(models.CharField(max_length=4, choices=choices(Need)), verbose_name="hilft bei")
    phases = ArrayField(models.CharField(max_length=12, choices=choices(OfferPhase)), verbose_name="Phasen")
    target_group = models.CharField("Zielgruppe", max_length=500, blank=True)
    area = ArrayField(
        models.CharField(max_length=5),
        default=list,
        blank=True,
        verbose_name="Gebiet",
        help_text="Nichts angekreuzt: ganz Nordrhein-Westfalen.",
    )
    criteria = models.JSONField("Voraussetzungen", default=list, blank=True)
    capacity = models.PositiveIntegerField("Plätze", null=True, blank=True)
    costs = models.CharField("Kosten", max_length=300, blank=True)
    legal_basis = models.CharField("Rechtsgrundlage", max_length=200, blank=True)
    waiting_days = models.PositiveSmallIntegerField(
        "Wartezeit in Tagen", null=True, blank=True, help_text="So wie zuletzt erlebt. Leer: nicht bekannt."
    )
    referral_route = models.CharField(
        "Weg der Anmeldung",
        max_length=300,
        blank=True,
        help_text="Zum Beispiel: Telefon, Bogen per Post, Sprechstunde.",
    )
    response_days = models.PositiveSmallIntegerField("Antwort in Tagen", null=True, blank=True)
    valid_period = DateRangeField("besteht", help_text="Offener Anfang: seit wann, ist nicht belegt.")
    search_key = models.TextField(editable=False, db_collation="C")
    verified_on = models.DateField("geprüft am", null=True, blank=True)
    verified_by = models.TextField("geprüft von", blank=True)
    # The last check that a later change made worthless.
    verified_before_on = models.DateField("vor der Änderung geprüft am", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        indexes = [
            GinIndex(fields=["needs"], name="network_offer_needs"),
            GinIndex(fields=["area"], name="network_offer_area"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "title"],
                name="network_offer_titled_once",
                violation_error_message="Ein Angebot mit diesem Namen hat die Stelle schon.",
            ),
            models.CheckConstraint(
                name="network_offer_exists_at_least_a_day",
                condition=Q(valid_period__isempty=False),
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(name="network_offer_for_a_need", condition=~Q(needs=[]) & ~Q(phases=[])),
            models.CheckConstraint(
                name="network_offer_verified_together",
                condition=Q(verified_on__isnull=True, verified_by="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def begins_on(self):
        """Its first day, None when it is not documented."""
        return first_day(self.valid_period)

    @property
    def ends_on(self):
        """Its last day, None while it goes on."""
        return last_day(self.valid_period)
