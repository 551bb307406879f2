"""What is known of the minimum standards of a case."""

from django.db import models
from django.db.models import Q

from ina.access.models import Dossier
from ina.access.querysets import ByRowQuerySet
from ina.cases.models import Case
from ina.monitoring.enums import StandardState
from ina.monitoring.models.log import choices


class StandardCheck(models.Model):
    """What is known of one minimum standard in a case (domain section 5). No row: open.

    ``item``: number in the catalogue (``standards.catalogue``), ``catalogue``: its version when this was entered. Items
    of substitution, medication and therapy tell of health: each row says of which compartments it tells.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    compartments = models.IntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="standard_checks")
    item = models.PositiveSmallIntegerField("Mindeststandard")
    catalogue = models.CharField("Vorlage", max_length=20)
    state = models.CharField("Stand", max_length=8, choices=choices(StandardState))
    done_on = models.DateField("erfüllt am", null=True, blank=True)
    evidence = models.CharField("Nachweis", max_length=300, blank=True)
    because = models.CharField("entfällt, weil", max_length=300, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    version = models.IntegerField(default=1)

    objects = ByRowQuerySet.as_manager()

    class Meta:
        verbose_name = "Mindeststandard"
        verbose_name_plural = "Mindeststandards"
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="monitoring_standard_once"),
            models.CheckConstraint(
                condition=~Q(state=StandardState.LEFT_OUT) | ~Q(because=""), name="monitoring_standard_left_out_why"
            ),
            models.CheckConstraint(
                condition=Q(state=StandardState.DONE, done_on__isnull=False)
                | (~Q(state=StandardState.DONE) & Q(done_on=None)),
                name="monitoring_standard_done_on_a_day",
            ),
        ]

    class Personal:
        compartment = None
        purpose = "Vorbereitung der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Mindeststandard {self.item}"
