"""The integration plan of a case in versions: its goals and their steps, what happened to a version, who signed it."""

from django.db import models
from django.db.models import F, Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.planning.enums import (
    Answer,
    Decision,
    GoalGroup,
    GoalStatus,
    PlanAct,
    PlanPart,
    PlanState,
    Priority,
    Signer,
    StepOwner,
    StepStatus,
)
from ina.planning.rules import UNITS, Offset


def choices(enum):
    return [(item.value, item.label) for item in enum]


def offset_count() -> models.IntegerField:
    return models.IntegerField("Abstand zur Entlassung", null=True, blank=True)


def offset_unit() -> models.CharField:
    units = [(unit.value, unit.plural) for unit in UNITS]
    return models.CharField("Einheit", max_length=12, blank=True, default="", choices=units)


class Placed:
    """Something with a day: a fixed one, or so far before or after the release (then it moves with it), or none."""

    offset_count: int | None
    offset_unit: str

    @property
    def offset(self) -> Offset | None:
        """Negative: before the release."""
        return Offset.of(self.offset_count, self.offset_unit)


def placed_once(column: str, name: str) -> models.CheckConstraint:
    """A fixed day or an offset, not both; an offset with its unit."""
    return models.CheckConstraint(
        condition=Q(offset_count__isnull=True, offset_unit="")
        | (Q(offset_count__isnull=False, **{f"{column}__isnull": True}) & ~Q(offset_unit="")),
        name=name,
        violation_error_message="Entweder ein fester Tag oder ein Abstand zur Entlassung.",
    )


class IntegrationPlan(models.Model):
    """One version of the plan. ``plan_version`` is what people sign; ``version`` tells two editors apart.

    ``state`` follows from the acts that stand (``PlanEvent``); a trigger keeps what is agreed as it was signed. aim:
    occupational, in the long run.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    plan_version = models.IntegerField("Fassung")
    state = models.CharField("Stand", max_length=12, choices=choices(PlanState), default=PlanState.DRAFT)
    aim = models.CharField("berufliches Ziel auf lange Sicht", max_length=300, blank=True, default="")
    aim_plain = models.CharField("dasselbe in einfachen Worten", max_length=300, blank=True, default="")
    changes = models.CharField("was neu ist", max_length=300, blank=True, default="")
    version = models.IntegerField(default=1, editable=False)
    created_at = models.DateTimeField("angelegt")
    created_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Integrationsplan"
        verbose_name_plural = "Integrationspläne"
        constraints = [
            models.UniqueConstraint(fields=["case", "plan_version"], name="planning_plan_version"),
            models.CheckConstraint(condition=Q(plan_version__gte=1), name="planning_plan_version_counts_from_one"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=PlanState.IN_FORCE),
                name="planning_one_plan_in_force",
                violation_error_message="Es ist schon eine Fassung in Kraft.",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.DISCUSSED, PlanState.AGREED]),
                name="planning_one_plan_in_work",
                violation_error_message="Es gibt schon eine neue Fassung, an der gearbeitet wird.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Integrationsplan, Fassung {self.plan_version}"


class Goal(Placed, Correctable):
    """What is to be reached: first in the words of the person, then as professionals put it.

    ``number`` stays the same in every version of the plan (so that progress goes on); ``position`` orders. plain: for
    the short version in plain language; empty: the person's own words. need: the code of the need it answers.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    plan = models.ForeignKey(IntegrationPlan, models.PROTECT, related_name="goals")
    number = models.IntegerField("Nummer")
    wording_person = models.TextField("Ziel in den Worten der Person")
    wording_professional = models.TextField("fachliche Formulierung", blank=True)
    plain = models.TextField("in einfacher Sprache", blank=True, default="")
    part = models.CharField("Teil des Plans", max_length=10, choices=choices(PlanPart), default=PlanPart.CAREER)
    key_group = models.CharField("Schlüsselgruppe", max_length=20, choices=choices(GoalGroup))
    need = models.CharField("Handlungsbedarf", max_length=20, blank=True, default="")
    indicator = models.CharField("woran man es erkennt", max_length=300, blank=True, default="")
    position = models.IntegerField("Reihenfolge", default=0)
    priority = models.CharField("Priorität", max_length=10, choices=choices(Priority), default=Priority.NORMAL)
    target_on = models.DateField("erreichen bis", null=True, blank=True)
    offset_count = offset_count()
    offset_unit = offset_unit()
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
            placed_once("target_on", "planning_goal_placed_once"),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Ziel {self.number}"


class PlanStep(Placed, Correctable):
    """Who does what until when to reach a goal, who pays, what was applied for, and what came of it.

    ``number`` counts inside the goal and stays the same in every version. instrument: code of the dated catalogue.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    number = models.IntegerField("Nummer")
    what = models.CharField("was", max_length=300)
    plain = models.CharField("in einfacher Sprache", max_length=300, blank=True, default="")
    position = models.IntegerField("Reihenfolge", default=0)
    owner = models.CharField("wer", max_length=12, choices=choices(StepOwner))
    owner_name = models.CharField("Name der Stelle oder Person", max_length=120, blank=True, default="")
    cost_bearer = models.CharField("wer zahlt", max_length=120, blank=True, default="")
    instrument = models.CharField("Förderung", max_length=30, blank=True, default="")
    starts_on = models.DateField("Beginn", null=True, blank=True)
    ends_on = models.DateField("Ende", null=True, blank=True)
    due_on = models.DateField("bis", null=True, blank=True)
    offset_count = offset_count()
    offset_unit = offset_unit()
    status = models.CharField("Stand", max_length=8, choices=choices(StepStatus), default=StepStatus.OPEN)
    done_on = models.DateField("erledigt oder entfallen am", null=True, blank=True)
    result = models.TextField("Ergebnis", blank=True)
    applied_on = models.DateField("beantragt am", null=True, blank=True)
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    decision = models.CharField("Entscheidung", max_length=10, blank=True, default="", choices=choices(Decision))

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
            placed_once("due_on", "planning_step_placed_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="planning_step_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True) | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="planning_step_decided_on_a_day",
                violation_error_message="Zu einer Entscheidung gehört ihr Tag, und umgekehrt.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Schritt {self.number}"


class PlanEvent(Correctable):
    """Something that happened to a version on a day (an act of ``lifecycle``). One taken back is voided."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    plan = models.ForeignKey(IntegrationPlan, models.PROTECT, related_name="events")
    act = models.CharField("Vorgang", max_length=12, choices=choices(PlanAct))
    happened_on = models.DateField("am")
    reason = models.CharField("Grund", max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorgang am Plan"
        verbose_name_plural = "Vorgänge am Plan"

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{PlanAct(self.act).label} am {self.happened_on:%d.%m.%Y}"


class Signature(Correctable):
    """Who signed a version on paper, and what the person answered. Whoever says no signs too; that agrees nothing."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    plan = models.ForeignKey(IntegrationPlan, models.PROTECT, related_name="signatures")
    signer = models.CharField("wer", max_length=12, choices=choices(Signer))
    answer = models.CharField("Antwort", max_length=10, choices=choices(Answer), default=Answer.YES)
    because = models.CharField("weil", max_length=300, blank=True, default="")
    signed_on = models.DateField("unterschrieben am")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Unterschrift"
        verbose_name_plural = "Unterschriften"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "signer"],
                condition=Q(voided_at__isnull=True) & ~Q(answer=Answer.NO),
                name="planning_signed_once",
                violation_error_message="Diese Unterschrift ist schon eingetragen.",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.YES) | (Q(signer=Signer.PARTICIPANT) & ~Q(because="")),
                name="planning_answer_with_reason",
                violation_error_message="Bitte schreiben Sie, was die Person dazu gesagt hat.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{Signer(self.signer).label}: {Answer(self.answer).said}, {self.signed_on:%d.%m.%Y}"


class PlanReview(Correctable):
    """The plan was looked at together: it goes on as it is, or a new version follows."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    plan = models.ForeignKey(IntegrationPlan, models.PROTECT, related_name="reviews")
    held_on = models.DateField("überprüft am")
    finding = models.TextField("was dabei herauskam")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Überprüfung des Plans"
        verbose_name_plural = "Überprüfungen des Plans"

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Plan überprüft am {self.held_on:%d.%m.%Y}"


class FourEyes(models.Model):
    """From a day until a day, plans of an institution are approved by somebody other than their author."""

    institution = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+")
    starts_on = models.DateField("ab")
    ends_on = models.DateField("bis (einschließlich)", null=True, blank=True)
    entered_at = models.DateTimeField("eingetragen")
    entered_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    version = models.IntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "Vier-Augen-Prinzip"
        verbose_name_plural = "Vier-Augen-Prinzip"
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(ends_on__isnull=True),
                name="planning_four_eyes_once",
                violation_error_message="Das Vier-Augen-Prinzip gilt hier schon.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="planning_four_eyes_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            ),
        ]

    def __str__(self):
        return f"Vier Augen ab {self.starts_on:%d.%m.%Y}"
