"""Measures in prison: what was assigned, what became of it, and whether it can go on outside."""

from django.db import models
from django.db.models import F, Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.planning.enums import EFFECTS, MeasureKind, MeasureState, Outside


def choices(enum):
    return [(item.value, item.label) for item in enum]


class PrisonMeasure(Correctable):
    """A course, training, work or treatment in prison (P1.5), under a point of the plan of § 10 StVollzG NRW (P1.6).

    effectiveness: 1 to 4, in words ``enums.EFFECTS``; how it is judged when the measure is completed.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    kind = models.CharField("Art", max_length=10, choices=choices(MeasureKind))
    point = models.CharField("Punkt des Vollzugsplans", max_length=10)
    title = models.CharField("Maßnahme", max_length=200)
    provider = models.CharField("Träger oder Betrieb", max_length=120, blank=True, default="")
    assigned_on = models.DateField("zugewiesen am")
    started_on = models.DateField("begonnen am", null=True, blank=True)
    planned_end_on = models.DateField("geplantes Ende", null=True, blank=True)
    ended_on = models.DateField("beendet am", null=True, blank=True)
    state = models.CharField("Stand", max_length=10, choices=choices(MeasureState), default=MeasureState.ASSIGNED)
    sessions = models.IntegerField("Termine vorgesehen", null=True, blank=True)
    attended = models.IntegerField("Termine besucht", null=True, blank=True)
    result = models.TextField("Ergebnis", blank=True, default="")
    effectiveness = models.IntegerField("Wirksamkeit", null=True, blank=True, choices=list(EFFECTS.items()))
    abort_reason = models.CharField("abgebrochen, weil", max_length=20, blank=True, default="")
    outside = models.CharField("geht draußen weiter", max_length=10, choices=choices(Outside), default="TO_CLARIFY")
    outside_with = models.CharField("draußen bei", max_length=120, blank=True, default="")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Maßnahme im Vollzug"
        verbose_name_plural = "Maßnahmen im Vollzug"
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=["ASSIGNED", "RUNNING"]) & Q(ended_on__isnull=True))
                | (Q(state__in=["COMPLETED", "ABORTED"]) & Q(ended_on__isnull=False)),
                name="planning_measure_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state="ABORTED") & ~Q(abort_reason="")) | (~Q(state="ABORTED") & Q(abort_reason="")),
                name="planning_measure_aborted_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(effectiveness__isnull=True) | Q(effectiveness__range=(1, 4)),
                name="planning_measure_effectiveness",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True) | Q(attended__gte=0, attended__lte=F("sessions")),
                name="planning_measure_attended_of_planned",
                violation_error_message="Besucht sind höchstens so viele Termine, wie vorgesehen waren.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan, Bezug zum Vollzug"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{MeasureKind(self.kind).label}: {self.title}"
