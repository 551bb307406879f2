"""Applications for papers, money and a roof, and what became of each."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.monitoring.enums import ApplicationKind, ApplicationStep
from ina.monitoring.models.log import choices


class BenefitApplication(models.Model):
    """An application for something (domain 9.5). Where it stands is its last move; none: prepared.

    ``number``: counted in the case. ``office``: where it goes to; ``reference``: the office's own sign for it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="applications", db_index=False)
    number = models.PositiveSmallIntegerField("Nummer")
    kind = models.CharField("Antrag auf", max_length=20, choices=choices(ApplicationKind))
    office = models.CharField("bei", max_length=120)
    reference = models.CharField("Zeichen des Amtes", max_length=60, blank=True)
    prepared_on = models.DateField("vorbereitet am")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="monitoring_application_numbered"),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Ausweis, Konto, Versicherung, Leistungen und Wohnung nach der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{ApplicationKind(self.kind).label}, {self.office}"


class ApplicationMove(Correctable):
    """A step of an application. happened_on: of a filing the day the office received it, of a decision the day it was
    served. due_on: by when missing papers are wanted."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    application = models.ForeignKey(BenefitApplication, models.PROTECT, related_name="moves")
    step = models.CharField("was", max_length=12, choices=choices(ApplicationStep))
    happened_on = models.DateField("am")
    due_on = models.DateField("Unterlagen bis", null=True, blank=True)
    remark = models.CharField("Bemerkung", max_length=300, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Stand eines Antrags"
        verbose_name_plural = "Stände von Anträgen"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None)
                | (Q(step=ApplicationStep.MISSING_DOCS.value) & Q(due_on__gte=models.F("happened_on"))),
                name="monitoring_application_due_of_missing_papers",
                violation_error_message="Eine Frist gibt es für fehlende Unterlagen, und sie liegt nach deren Tag.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Ausweis, Konto, Versicherung, Leistungen und Wohnung nach der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{ApplicationStep(self.step).label} am {self.happened_on:%d.%m.%Y}"
