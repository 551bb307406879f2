"""The integration plan of a case, its goals and their steps."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.planning.enums import GoalStatus, PlanState, Priority, StepOwner, StepStatus
from ina.profiling.enums import KeyGroup


def choices(enum):
    return [(item.value, item.label) for item in enum]


class IntegrationPlan(models.Model):
    """One version of the plan. ``plan_version`` is what people sign; a column ``version`` is not needed here."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    plan_version = models.IntegerField("Fassung")
    state = models.CharField("Stand", max_length=12, choices=choices(PlanState), default=PlanState.DRAFT)
    created_at = models.DateTimeField("angelegt")
    created_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Integrationsplan"
        verbose_name_plural = "Integrationspläne"
        constraints = [
            models.UniqueConstraint(fields=["case", "plan_version"], name="planning_plan_version"),
            models.CheckConstraint(condition=Q(plan_version__gte=1), name="planning_plan_version_counts_from_one"),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Integrationsplan, Fassung {self.plan_version}"


class Goal(Correctable):
    """What is to be reached: first in the words of the person, then as professionals put it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    plan = models.ForeignKey(IntegrationPlan, models.PROTECT, related_name="goals")
    number = models.IntegerField("Nummer")
    wording_person = models.TextField("Ziel in den Worten der Person")
    wording_professional = models.TextField("fachliche Formulierung", blank=True)
    key_group = models.CharField("Schlüsselgruppe", max_length=20, choices=choices(KeyGroup))
    priority = models.CharField("Priorität", max_length=10, choices=choices(Priority), default=Priority.NORMAL)
    target_on = models.DateField("erreichen bis", null=True, blank=True)
    status = models.CharField("Stand", max_length=12, choices=choices(GoalStatus), default=GoalStatus.OPEN)
    status_on = models.DateField("beurteilt am", null=True, blank=True)
    status_reason = models.TextField("Begründung", blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Ziel"
        verbose_name_plural = "Ziele"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(voided_at__isnull=True), name="planning_goal_number"
            ),
            models.CheckConstraint(
                condition=Q(status=GoalStatus.OPEN) | Q(status_on__isnull=False), name="planning_goal_judged_on_a_day"
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Ziel {self.number}"


class PlanStep(Correctable):
    """Who does what until when to reach a goal, and what came of it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    number = models.IntegerField("Nummer")
    what = models.CharField("was", max_length=300)
    owner = models.CharField("wer", max_length=12, choices=choices(StepOwner))
    due_on = models.DateField("bis", null=True, blank=True)
    status = models.CharField("Stand", max_length=8, choices=choices(StepStatus), default=StepStatus.OPEN)
    done_on = models.DateField("erledigt oder entfallen am", null=True, blank=True)
    result = models.TextField("Ergebnis", blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt"
        verbose_name_plural = "Schritte"
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "number"], condition=Q(voided_at__isnull=True), name="planning_step_number"
            ),
            models.CheckConstraint(
                condition=Q(status=StepStatus.OPEN, done_on__isnull=True)
                | (~Q(status=StepStatus.OPEN) & Q(done_on__isnull=False)),
                name="planning_step_done_on_a_day",
                violation_error_message="Was erledigt oder entfallen ist, hat einen Tag; was offen ist, keinen.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Schritt {self.number}"
