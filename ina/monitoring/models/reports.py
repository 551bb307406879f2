"""What is written about aftercare: a report at each point after the release, and one at the end."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case


class AftercareReport(Correctable):
    """How somebody fares so many full months after the release (domain 7.10). Nothing on health: that has its place.

    Contacts, goals and crises are not written here: the paper takes them from their own tables.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="aftercare_reports")
    months = models.PositiveSmallIntegerField("Monate nach der Entlassung")
    written_on = models.DateField("geschrieben am")
    housing = models.TextField("Wohnen", blank=True)
    income = models.TextField("Geld und Leistungen", blank=True)
    work = models.TextField("Arbeit und Ausbildung")
    employer = models.TextField("Kontakt mit dem Betrieb", blank=True)
    supervision = models.TextField("Bewährungshilfe, Führungsaufsicht: Termine eingehalten?", blank=True)
    debts = models.TextField("Schulden", blank=True)
    family = models.TextField("Familie und Umfeld", blank=True)
    support = models.TextField("geleistete Unterstützung", blank=True)
    plan = models.TextField("Plan für die nächste Zeit", blank=True)
    reprofiling = models.BooleanField("neues Profiling ist nötig", default=False)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachsorgebericht"
        verbose_name_plural = "Nachsorgeberichte"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "months"],
                condition=Q(voided_at__isnull=True),
                name="monitoring_report_once_per_point",
                violation_error_message="Zu diesem Zeitpunkt gibt es schon einen Bericht.",
            ),
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Begleitung und Nachsorge"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Nachsorgebericht nach {self.months} Monaten"


class ClosingReport(Correctable):
    """What remains to be said when a case has ended or is about to (domain 7.13); all else is in the file already."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="closing_reports")
    written_on = models.DateField("geschrieben am")
    summary = models.TextField("Maßnahmen und was sie gebracht haben")
    remaining_need = models.TextField("was weiter gebraucht wird", blank=True)
    handed_to = models.CharField("übergeben an", max_length=300, blank=True)
    feedback = models.TextField("Was die Person dazu sagt", blank=True)
    recommendation = models.TextField("Empfehlung", blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Abschlussbericht"
        verbose_name_plural = "Abschlussberichte"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(voided_at__isnull=True),
                name="monitoring_closing_report_once",
                violation_error_message="Es gibt schon einen Abschlussbericht.",
            ),
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Abschluss der Begleitung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Abschlussbericht vom {self.written_on:%d.%m.%Y}"
