"""The release-day folder: what it says, and when somebody looked through it."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import ByRowQuerySet, DossierTableQuerySet
from ina.cases.models import Case
from ina.monitoring.enums import FolderPart
from ina.monitoring.models.log import Appointment, choices


class FolderLine(models.Model):
    """One line of the release-day folder (Entlassungsmappe). What was taken out stays with ``removed_at``.

    ``number``: counted in the case, names it. ``day``: 1 to 3, the first 72 hours. ``slot``: 1 to 5, the pocket of the
    folder that holds the paper. ``appointment``: whose way and things to bring the line tells. The line about
    medication tells of health: each row says of which compartments it tells.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    compartments = models.IntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="folder_lines", db_index=False)
    number = models.PositiveSmallIntegerField("Nummer")
    kind = models.CharField("Art", max_length=10, choices=choices(FolderPart))
    day = models.PositiveSmallIntegerField("Tag", null=True, blank=True)
    at = models.TimeField("Uhrzeit", null=True, blank=True)
    title = models.CharField("was", max_length=120)
    detail = models.CharField("mehr dazu", max_length=300, blank=True)
    must = models.BooleanField("Pflicht", default=False)
    slot = models.PositiveSmallIntegerField("Fach", null=True, blank=True)
    amount = models.DecimalField("Betrag", max_digits=8, decimal_places=2, null=True, blank=True)
    phone = models.CharField("Telefon", max_length=60, blank=True)
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("herausgenommen", null=True, blank=True)
    removed_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ByRowQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeile der Entlassungsmappe"
        verbose_name_plural = "Entlassungsmappe"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="monitoring_folder_numbered"),
            models.CheckConstraint(
                condition=Q(day=None) | Q(day__gte=1, day__lte=3), name="monitoring_folder_first_three_days"
            ),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(slot__gte=1, slot__lte=5), name="monitoring_folder_slots"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="monitoring_folder_no_debts",
                violation_error_message="Der Betrag ist kleiner als null.",
            ),
        ]

    class Personal:
        compartment = None
        purpose = "Vorbereitung der Entlassung: die Mappe, die mitgeht"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{FolderPart(self.kind).label}: {self.title}"


class FolderCheck(models.Model):
    """Somebody looked through the folder; ``missing``: what the programme found missing then, sentence by sentence."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="folder_checks")
    checked_on = models.DateField("geprüft am")
    missing = models.JSONField("es fehlte", default=list)
    remark = models.CharField("Bemerkung", max_length=300, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfung der Entlassungsmappe"
        verbose_name_plural = "Prüfungen der Entlassungsmappe"

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Nachweis, dass die Entlassung vorbereitet war"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Mappe geprüft am {self.checked_on:%d.%m.%Y}"
