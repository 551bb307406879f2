"""Case conferences: who sat together about a plan, and what was decided."""

from django.db import models

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.planning.enums import StepOwner
from ina.planning.models.plan import PlanStep, choices


class Conference(Correctable):
    """People met about a case. participants: one a line, „Name, Rolle, Stelle“ (``rules.Attendee``)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="conferences")
    held_on = models.DateField("am")
    place = models.CharField("Ort", max_length=120, blank=True, default="")
    participants = models.TextField("wer dabei war")
    topics = models.TextField("Themen")
    minutes = models.TextField("Protokoll", blank=True, default="")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Fallkonferenz"
        verbose_name_plural = "Fallkonferenzen"

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Fallkonferenz am {self.held_on:%d.%m.%Y}"


class ConferenceDecision(Correctable):
    """What a conference decided: who does what until when. step: what it became in the plan."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="decisions")
    text = models.CharField("Beschluss", max_length=300)
    owner = models.CharField("wer", max_length=12, choices=choices(StepOwner))
    owner_name = models.CharField("Name der Stelle oder Person", max_length=120, blank=True, default="")
    due_on = models.DateField("bis", null=True, blank=True)
    step = models.ForeignKey(PlanStep, models.PROTECT, related_name="decisions", null=True, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Beschluss einer Fallkonferenz"
        verbose_name_plural = "Beschlüsse von Fallkonferenzen"

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Integrationsplan"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Beschluss: {self.text[:80]}"
