"""An emergency: something is told to somebody without a consent, because a life or a body is in danger."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.network.enums import OverrideState


class Override(models.Model):
    """One person asks, another one confirms or refuses; then it holds until ``open_until`` and the person is told.

    ``danger``: what is feared, and why it cannot wait. ``compartments``: the most that may go. ``number`` counts in the
    dossier. Sources: Art. 6 Abs. 1 lit. d, Art. 9 Abs. 2 lit. c, Art. 14 DSGVO; § 34 StGB for what is secret.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="overrides")
    number = models.IntegerField("Nummer")
    partner = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+", verbose_name="Stelle")
    compartments = models.IntegerField("Angaben")
    danger = models.TextField("Gefahr")
    asked_on = models.DateField("verlangt am")
    asked_at = models.DateTimeField("verlangt")
    asked_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("entschieden", null=True, blank=True)
    decided_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    open_until = models.DateField("gilt bis", null=True, blank=True)
    refused_because = models.CharField("abgelehnt, weil", max_length=300, blank=True)
    ended_at = models.DateTimeField("beendet", null=True, blank=True)
    told_on = models.DateField("Person unterrichtet am", null=True, blank=True)
    told_how = models.CharField("wie", max_length=300, blank=True)
    told_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.IntegerField(default=1, editable=False)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Notfall-Weitergabe"
        verbose_name_plural = "Notfall-Weitergaben"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="network_override_number"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="network_override_two_people"
            ),
            models.CheckConstraint(
                condition=Q(open_until=None) | Q(decided_at__isnull=False, refused_because=""),
                name="network_override_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(told_on=None) | Q(open_until__isnull=False), name="network_override_told_of_something"
            ),
        ]

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Nachweis einer Weitergabe im Notfall (Art. 6 Abs. 1 lit. d, Art. 5 Abs. 2 DSGVO)"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Notfall-Weitergabe {self.number}"

    def state_on(self, day: date) -> OverrideState:
        if self.refused_because:
            return OverrideState.REFUSED
        if self.open_until is None:
            return OverrideState.ASKED if self.asked_on == day else OverrideState.LAPSED
        return OverrideState.RUNNING if self.ended_at is None and day <= self.open_until else OverrideState.OVER
