"""Custody: stays in prison, what is enforced, and who says when it ends."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Channel, Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.enums import HypothesisKind, HypothesisStatus, Stance, Supervision, YesNo
from ina.cases.models.case import Case
from ina.cases.models.columns import choices


class CustodyPeriod(Correctable):
    """A stay in one prison under one Buchnummer (which is per prison and custody, not per life)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="custody_periods")
    prison = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+")
    booking_number = models.CharField("Buchnummer", max_length=30, blank=True)
    custody_kind = models.CharField("Haftart", max_length=60, blank=True)
    enforcement_status = models.CharField("Vollstreckungsstand", max_length=60, blank=True)
    authority = models.CharField("Vollstreckungsbehörde", max_length=120, blank=True)
    authority_reference = models.CharField("Aktenzeichen der Behörde", max_length=60, blank=True)
    department = models.CharField("Abteilung, Haus", max_length=60, blank=True)
    is_open = models.BooleanField("offener Vollzug", null=True, blank=True)
    # What the prison's list last said of this person, as a hash: tells a changed row from an unchanged one.
    list_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    starts_on = models.DateField("seit", null=True, blank=True)
    ends_on = models.DateField("bis", null=True, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Haftzeit"
        verbose_name_plural = "Haftzeiten"
        indexes = [models.Index(fields=["prison", "booking_number"], name="cases_custody_booking")]
        constraints = [
            models.UniqueConstraint(
                fields=["prison", "booking_number"],
                condition=Q(ends_on__isnull=True, voided_at__isnull=True) & ~Q(booking_number=""),
                name="cases_custody_one_person_per_number",
                violation_error_message="Unter dieser Buchnummer gibt es in dieser Anstalt schon einen Fall.",
            )
        ]

    class Personal:
        compartment = Compartment.CUSTODY
        purpose = "Zuordnung zur Anstalt"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.prison} {self.booking_number}"


class Enforcement(Correctable):
    """What is being enforced, as far as transition management needs it: kind, dates, what else follows. No offence."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="enforcement")
    kind = models.CharField("Art der Haft", max_length=30, blank=True, help_text="Code der Liste custody_kinds")
    begins_on = models.DateField("Strafbeginn", null=True, blank=True)
    half_on = models.DateField("Halbstrafe", null=True, blank=True)
    two_thirds_on = models.DateField("Zwei Drittel", null=True, blank=True)
    ends_on = models.DateField("Strafende", null=True, blank=True)
    remand_credit_days = models.PositiveSmallIntegerField(
        "angerechnete Untersuchungshaft in Tagen", null=True, blank=True
    )
    credit_days = models.PositiveSmallIntegerField("Freistellungstage bisher", null=True, blank=True)
    further_sentences = models.CharField("weitere Strafen, Überhaft", max_length=300, blank=True)
    stance_57 = models.CharField(
        "Stellungnahme zu § 57 StGB", max_length=12, choices=choices(Stance), default="UNKNOWN"
    )
    supervision = models.CharField("Aufsicht danach", max_length=12, choices=choices(Supervision), default="UNKNOWN")
    residence_title = models.CharField("Aufenthaltsstatus", max_length=80, blank=True)
    work_permit = models.CharField("darf arbeiten", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    deportation = models.CharField("Abschiebung droht", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    source = models.CharField("Quelle", max_length=120, blank=True)
    refers_on = models.DateField("Stand vom")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Vollstreckung"
        verbose_name_plural = "Vollstreckungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("begins_on")),
                name="cases_enforcement_ends_after_begin",
                violation_error_message="Das Strafende liegt vor dem Strafbeginn.",
            )
        ]

    class Personal:
        compartment = Compartment.CUSTODY
        purpose = "Prüfung der Aufnahme, Planung der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Vollstreckung, Stand {self.refers_on:%d.%m.%Y}"


class ReleaseDateHypothesis(Correctable):
    """Somebody says that the person may be released on a day. The planning date follows from all of them."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="hypotheses")
    on = models.DateField("Datum")
    kind = models.CharField("Art", max_length=20, choices=choices(HypothesisKind))
    status = models.CharField("Stand", max_length=10, choices=choices(HypothesisStatus))
    source = models.CharField("Quelle", max_length=120)
    asserted_on = models.DateField("mitgeteilt am")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    probability = models.PositiveSmallIntegerField("Wahrscheinlichkeit in Prozent", null=True, blank=True)
    remark = models.CharField("Bemerkung", max_length=300, blank=True)
    dropped_at = models.DateTimeField("entfallen", null=True, blank=True, editable=False)
    # What it counted as until then: without it nobody could say what was planned on a past day.
    dropped_from = models.CharField(
        "Stand davor", max_length=10, choices=choices(HypothesisStatus), blank=True, editable=False
    )
    dropped_because = models.CharField("entfallen, weil", max_length=300, blank=True, editable=False)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Entlassungstermin (Prognose)"
        verbose_name_plural = "Entlassungstermine (Prognosen)"
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__lte=100),
                name="cases_hypothesis_probability",
                violation_error_message="Die Wahrscheinlichkeit liegt zwischen 0 und 100 Prozent.",
            )
        ]

    class Personal:
        compartment = Compartment.CUSTODY
        purpose = "Planung der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{HypothesisKind(self.kind).label} {self.on:%d.%m.%Y}"


class DateNotice(Correctable):
    """Somebody outside was told a day of release: which day, when, and what allowed it. They hold the date."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="date_notices")
    institution = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+", verbose_name="Stelle")
    on = models.DateField("mitgeteilter Tag")
    told_on = models.DateField("mitgeteilt am")
    channel = models.CharField("Weg", max_length=12, choices=choices(Channel))
    consent = models.ForeignKey("access.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.CharField("Rechtsgrundlage", max_length=120, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Mitteilung des Entlassungstermins"
        verbose_name_plural = "Mitteilungen des Entlassungstermins"
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__isnull=False) | ~Q(legal_basis=""),
                name="cases_datenotice_is_allowed",
                violation_error_message=(
                    "Ohne Einwilligung oder Rechtsgrundlage darf der Termin nicht mitgeteilt werden."
                ),
            )
        ]

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Nachweis der Übermittlung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.institution}: {self.on:%d.%m.%Y}"
