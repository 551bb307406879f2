"""Profilings, what was found, and how it was assessed: the vocational compartment. Health stands in its own."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.profiling.enums import Aspect, FindingBasis, KeyGroup, Need, ProfilingKind, Severity, StrengthKind


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
        "Feststellung",
        blank=True,
        help_text="Was es für die Arbeit bedeutet. Bitte keine Diagnosen und nichts zur Straftat.",
    )
    source = models.CharField("Quelle", max_length=200, blank=True, help_text="Zeugnis, Test, Werkdienst, Gespräch …")
    strength_kind = models.CharField("Art der Stärke", max_length=12, choices=choices(StrengthKind), blank=True)
    own_severity = models.CharField("eigene Sicht der Person", max_length=10, choices=choices(Severity), blank=True)
    strategy = models.CharField("Handlungsstrategie", max_length=8, blank=True, help_text="Code der Liste strategies")
    strategy_note = models.CharField("Was genau", max_length=200, blank=True)
    # Copied from a former profiling and not looked at since; empty once confirmed or changed.
    taken_over_on = models.DateField("übernommen aus dem Profiling vom", null=True, blank=True, editable=False)
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
            ),
            models.UniqueConstraint(
                fields=["profiling", "need"],
                condition=Q(voided_at__isnull=True) & ~Q(need=""),
                name="profiling_finding_one_per_need",
                violation_error_message="Zu diesem Handlungsbedarf gibt es in diesem Profiling schon einen Eintrag.",
            ),
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Feststellung von Stärken und Förderbedarf"
        retention = "dossier"
        exported = True

    def __str__(self):
        return Need(self.need).label if self.need else Aspect(self.aspect).label


class HealthFinding(Correctable):
    """What health means for work: the need L2, in the compartment that the social service and the lead do not read."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    profiling = models.ForeignKey(Profiling, models.PROTECT, related_name="health_findings")
    severity = models.CharField("Ausprägung", max_length=10, choices=choices(Severity))
    own_severity = models.CharField("eigene Sicht der Person", max_length=10, choices=choices(Severity), blank=True)
    basis = models.CharField("Grundlage", max_length=12, choices=choices(FindingBasis))
    text = models.TextField("Was es für die Arbeit bedeutet", blank=True, help_text="Bitte keine Diagnosen.")
    source = models.CharField("Quelle", max_length=200, blank=True)
    strategy = models.CharField("Handlungsstrategie", max_length=8, blank=True, help_text="Code der Liste strategies")
    strategy_note = models.CharField("Was genau", max_length=200, blank=True)
    taken_over_on = models.DateField("übernommen aus dem Profiling vom", null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "gesundheitliche Leistungsfähigkeit"
        verbose_name_plural = "gesundheitliche Leistungsfähigkeit"
        constraints = [
            models.UniqueConstraint(
                fields=["profiling"],
                condition=Q(voided_at__isnull=True),
                name="profiling_health_once",
                violation_error_message="Zu diesem Handlungsbedarf gibt es in diesem Profiling schon einen Eintrag.",
            )
        ]

    class Personal:
        compartment = Compartment.HEALTH
        purpose = "Feststellung des Förderbedarfs, soweit Gesundheit die Arbeit betrifft"
        retention = "dossier"
        exported = True

    def __str__(self):
        return Need.HEALTH.label


class Assessment(models.Model):
    """How a profiling was summed up: prognosis, focus, category. ``derived`` follows from the findings, health too.

    ``chosen`` is empty while the person in charge agrees with what was derived; otherwise it needs a reason. Months are
    estimates of the person in charge. The prognosis that counts is the one from release, else the one from today.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    profiling = models.OneToOneField(Profiling, models.PROTECT, related_name="assessment")
    scheme = models.CharField("Verfahren", max_length=40)
    scheme_version = models.CharField(max_length=10, editable=False)
    months_release = models.PositiveSmallIntegerField("Monate bis zur Arbeit, ab Entlassung", null=True, blank=True)
    months_today = models.PositiveSmallIntegerField("Monate bis zur Arbeit, ab heute", null=True, blank=True)
    months_to_market = models.PositiveSmallIntegerField(
        "Monate bis zur Heranführung an den Arbeitsmarkt", null=True, blank=True, help_text="bei S und U"
    )
    focus = models.CharField("Schwerpunkt", max_length=20, choices=choices(KeyGroup), blank=True)
    direct = models.BooleanField("direkter Weg in den ersten Arbeitsmarkt", default=False)
    direct_because = models.CharField("woran Sie das sehen", max_length=200, blank=True)
    in_work_but_needy = models.BooleanField("in Arbeit und weiter auf Leistungen angewiesen", default=False)
    activation_not_required = models.BooleanField("Aktivierung nicht erforderlich (§ 10 SGB II)", default=False)
    derived = models.CharField("abgeleitet", max_length=10, blank=True, editable=False)
    # Whether a finding on health went into ``derived``: readers without that compartment are told.
    derived_with_health = models.BooleanField(default=False, editable=False)
    chosen = models.CharField("gewählt", max_length=10, blank=True)
    override_reason = models.CharField("Warum anders eingestuft", max_length=500, blank=True)
    market_situation = models.TextField("Arbeitsmarkt für das Ziel", blank=True)
    own_words = models.TextField("In eigenen Worten der Person", blank=True)
    consequences = models.TextField("Was daraus folgt, gemeinsam vereinbart", blank=True)
    minutes = models.PositiveSmallIntegerField("Dauer in Minuten", null=True, blank=True)
    place = models.CharField("Ort", max_length=120, blank=True)
    version = models.IntegerField(default=1, editable=False)
    changed_at = models.DateTimeField("geändert", editable=False)
    changed_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+", editable=False)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Einstufung"
        verbose_name_plural = "Einstufungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(chosen="") | Q(chosen=models.F("derived")) | ~Q(override_reason=""),
                name="profiling_override_has_reason",
                violation_error_message="Wer anders einstuft als abgeleitet, begründet das.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Einschätzung der Arbeitsmarktnähe; filtert nichts"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Einstufung zum Profiling {self.profiling_id}"

    @property
    def category(self) -> str:
        """What counts: the chosen category, else the derived one."""
        return self.chosen or self.derived

    @property
    def months(self) -> int | None:
        return self.months_release if self.months_release is not None else self.months_today
