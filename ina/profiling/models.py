"""Profilings and their findings. Both belong to the vocational compartment."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity


def choices(enum):
    return [(item.value, item.label) for item in enum]


class Profiling(Correctable):
    """One profiling of a person on a day: what they can do, and what stands between them and work."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="profilings")
    kind = models.CharField("Anlass", max_length=20, choices=choices(ProfilingKind))
    held_on = models.DateField("Profiling am")
    held_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Profiling"
        verbose_name_plural = "Profilings"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "held_on"],
                condition=Q(voided_at__isnull=True),
                name="profiling_one_a_day",
                violation_error_message="An diesem Tag gibt es schon ein Profiling.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Feststellung der Arbeitsmarktnähe und des Förderbedarfs"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{ProfilingKind(self.kind).sentence} am {self.held_on:%d.%m.%Y}"


class Finding(Correctable):
    """One thing found: a strength, or how much a need stands in the way. ``basis`` and ``source`` say how we know."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    profiling = models.ForeignKey(Profiling, models.PROTECT, related_name="findings")
    aspect = models.CharField("Bereich", max_length=20, choices=choices(Aspect))
    need = models.CharField("Handlungsbedarf", max_length=4, choices=choices(Need), blank=True)
    severity = models.CharField("Ausprägung", max_length=10, choices=choices(Severity), default=Severity.NONE)
    basis = models.CharField("Grundlage", max_length=12, choices=choices(FindingBasis))
    text = models.TextField(
        "Feststellung", help_text="Was es für die Arbeit bedeutet. Bitte keine Diagnosen und nichts zur Straftat."
    )
    source = models.CharField("Quelle", max_length=200, blank=True, help_text="Zeugnis, Test, Werkdienst, Gespräch …")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Feststellung"
        verbose_name_plural = "Feststellungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(aspect=Aspect.STRENGTH, need="", severity=Severity.NONE)
                | (~Q(aspect=Aspect.STRENGTH) & ~Q(need="")),
                name="profiling_finding_strength_or_need",
                violation_error_message="Eine Stärke hat keinen Handlungsbedarf, alles andere hat einen.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Feststellung von Stärken und Förderbedarf"
        retention = "dossier"
        exported = True

    def __str__(self):
        return Need(self.need).label if self.need else Aspect(self.aspect).label
