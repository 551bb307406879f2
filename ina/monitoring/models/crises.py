"""When work, or the way there, is about to break off."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.monitoring.enums import CrisisResult, CrisisStep, CrisisTrigger, Reporter, Urgency
from ina.monitoring.models.log import choices


class Crisis(models.Model):
    """„Drohender Abbruch“ (domain 7.12): something threatens work or the way there, and somebody has to act in time.

    ``number``: counted in the case, names it in addresses. ``hypothesis``: what may be behind it. ``result``: empty
    while it is open; ``lesson``: what we learn from it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="crises", db_index=False)
    number = models.PositiveSmallIntegerField("Nummer")
    trigger = models.CharField("Auslöser", max_length=16, choices=choices(CrisisTrigger))
    urgency = models.CharField("Wie eilig?", max_length=10, choices=choices(Urgency))
    reported_by = models.CharField("gemeldet von", max_length=12, choices=choices(Reporter))
    reported_on = models.DateField("gemeldet am")
    hypothesis = models.TextField("was dahinter stecken kann", blank=True)
    result = models.CharField("Ergebnis", max_length=16, blank=True, choices=choices(CrisisResult))
    ended_on = models.DateField("beendet am", null=True, blank=True)
    lesson = models.TextField("was wir daraus lernen", blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Krise"
        verbose_name_plural = "Krisen"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="monitoring_crisis_numbered"),
            models.CheckConstraint(
                condition=Q(result="", ended_on=None) | (~Q(result="") & Q(ended_on__isnull=False)),
                name="monitoring_crisis_ended_with_result",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("reported_on")),
                name="monitoring_crisis_ends_afterwards",
                violation_error_message="Das Ende liegt vor der Meldung.",
            ),
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Abwenden eines drohenden Abbruchs"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Krise {self.number}"

    @property
    def is_open(self) -> bool:
        return not self.result


class CrisisAct(Correctable):
    """What was done about it: talks, mediation on site, measures, an agreement and who signed it, follow-ups."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    crisis = models.ForeignKey(Crisis, models.PROTECT, related_name="acts")
    kind = models.CharField("was", max_length=12, choices=choices(CrisisStep))
    happened_on = models.DateField("am")
    text = models.TextField("wie es war, was vereinbart ist", max_length=5000)
    person_signed = models.BooleanField("Teilnehmer/in hat unterschrieben", default=False)
    firm_signed = models.BooleanField("Betrieb hat unterschrieben", default=False)
    staff_signed = models.BooleanField("Übergangsmanagement hat unterschrieben", default=False)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt in einer Krise"
        verbose_name_plural = "Schritte in Krisen"

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Abwenden eines drohenden Abbruchs"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{CrisisStep(self.kind).label} am {self.happened_on:%d.%m.%Y}"
