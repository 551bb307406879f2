"""Facts about the person that outlive a profiling; vocational compartment. Each says on what it rests."""

from django.db import models
from django.db.models import F, Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.enums import YesNo
from ina.profiling.enums import (
    BiographyKind,
    CompetenceLevel,
    EvidenceKind,
    FindingBasis,
    LanguageLevel,
    LicenceStatus,
)
from ina.profiling.models.profilings import choices

KLDB_HELP = "KldB 2010, fünf Ziffern"


class Fact(Correctable):
    """What all of them have: how we know, who entered it, when."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    basis = models.CharField(
        "Grundlage", max_length=12, choices=choices(FindingBasis), default=FindingBasis.SELF_REPORT.value
    )
    source = models.CharField("Quelle", max_length=200, blank=True, help_text="Zeugnis, Arbeitsvertrag, Gespräch …")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        abstract = True


class BiographyEntry(Fact):
    """A stretch of the working life. Months, not days: that is what people remember. ``since``: first of a month."""

    kind = models.CharField("Art", max_length=16, choices=choices(BiographyKind))
    title = models.CharField("Was", max_length=160, help_text="Beruf, Tätigkeit, Schule")
    kldb = models.CharField("Berufsnummer", max_length=5, blank=True, help_text=KLDB_HELP)
    since = models.DateField("von (Monat)")
    until = models.DateField("bis (Monat)", null=True, blank=True, help_text="leer: dauert an")
    place = models.CharField(
        "Wo", max_length=160, blank=True, help_text="so, wie es auch in einer Bewerbung stehen kann"
    )
    completed = models.CharField("abgeschlossen", max_length=8, choices=choices(YesNo), default=YesNo.UNKNOWN.value)
    certificate = models.CharField("Abschluss, Zeugnis", max_length=160, blank=True)
    recognised = models.CharField(
        "in Deutschland anerkannt", max_length=8, choices=choices(YesNo), default=YesNo.UNKNOWN.value
    )

    class Meta:
        verbose_name = "Station im Werdegang"
        verbose_name_plural = "Werdegang"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="profiling_biography_ends_after_begin",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Beruflicher Werdegang für Profiling und Bewerbung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.title} ({BiographyKind(self.kind).label})"


class TargetOccupation(Fact):
    """An occupation the person wants. Rank 1 is the goal, the others are alternatives, in their order."""

    rank = models.PositiveSmallIntegerField("Rang", default=1, help_text="1 ist das Ziel, danach die Alternativen")
    title = models.CharField("Beruf", max_length=160)
    kldb = models.CharField("Berufsnummer", max_length=5, blank=True, help_text=KLDB_HELP)
    region = models.CharField("Gegend", max_length=160, blank=True)
    radius_km = models.PositiveSmallIntegerField("Umkreis in Kilometern", null=True, blank=True)
    radius_minutes = models.PositiveSmallIntegerField("Fahrzeit in Minuten", null=True, blank=True)
    hours = models.CharField("Arbeitszeit", max_length=120, blank=True)
    shifts = models.CharField("Schichten", max_length=160, blank=True)
    pay = models.CharField("Vorstellung zum Lohn", max_length=80, blank=True)
    since = models.DateField("Ziel seit")
    ended_on = models.DateField("aufgegeben am", null=True, blank=True)

    class Meta:
        verbose_name = "Berufsziel"
        verbose_name_plural = "Berufsziele"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
                name="profiling_target_ends_after_begin",
                violation_error_message="Das Ziel endet, bevor es beginnt.",
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1, rank__lte=9),
                name="profiling_target_rank",
                violation_error_message="Der Rang liegt zwischen 1 und 9.",
            ),
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Planung der Integration in Arbeit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return self.title


class LanguageSkill(Fact):
    language = models.CharField("Sprache", max_length=10, help_text="Code der Liste languages")
    level = models.CharField("Niveau (GER)", max_length=8, choices=choices(LanguageLevel))

    class Meta:
        verbose_name = "Sprache"
        verbose_name_plural = "Sprachen"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "language"],
                condition=Q(voided_at__isnull=True),
                name="profiling_language_once",
                violation_error_message="Diese Sprache steht schon da.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Planung der Integration in Arbeit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.language} {LanguageLevel(self.level).label}"


class Mobility(Fact):
    """How the person gets to work. One row that is kept up to date; what it said before stays in the history."""

    licence_classes = models.CharField("Führerscheinklassen", max_length=60, blank=True)
    licence_status = models.CharField("Stand", max_length=12, choices=choices(LicenceStatus))
    car = models.BooleanField("Auto verfügbar", default=False)
    bicycle = models.BooleanField("Fahrrad", default=False)
    ticket = models.CharField("Ticket für Bus und Bahn", max_length=80, blank=True)
    supra_regional = models.BooleanField("würde für Arbeit umziehen oder pendeln", default=False)

    class Meta:
        verbose_name = "Mobilität"
        verbose_name_plural = "Mobilität"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(voided_at__isnull=True),
                name="profiling_mobility_once",
                violation_error_message="Die Mobilität ist schon eingetragen.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Planung der Integration in Arbeit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return "Mobilität"


class Restriction(Fact):
    """What work is not possible, as a kind from a list, until when. Never why: no offence has a place here, and what
    comes from health stands in the compartment of health. Matching looks at the kind only (domain 2.4)."""

    kind = models.CharField("Art", max_length=24, help_text="Code der Liste restriction_kinds")
    note = models.CharField(
        "Was es für die Arbeit heißt",
        max_length=120,
        blank=True,
        help_text="Nur die Folge für die Arbeit. Keine Straftat, keine Paragrafen, keine Diagnose.",
    )
    valid_until = models.DateField("gilt bis", null=True, blank=True, help_text="leer: auf unbestimmte Zeit")

    class Meta:
        verbose_name = "Einschränkung"
        verbose_name_plural = "Einschränkungen"

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Keine Arbeit vermitteln, die nicht ausgeübt werden darf"
        retention = "dossier"
        exported = True

    def __str__(self):
        return "Einschränkung"


class Competence(Fact):
    """What the person can do and what shows it (domain 7.9). ``issuer`` never stands on a neutral paper:
    ``issuer_neutral`` does."""

    wording = models.CharField("Kompetenz", max_length=160)
    kldb = models.CharField("Berufsnummer", max_length=5, blank=True, help_text=KLDB_HELP)
    level = models.CharField("Niveau", max_length=8, choices=choices(CompetenceLevel))
    acquired = models.CharField("wie erworben", max_length=160, blank=True)
    evidence = models.CharField("Nachweis", max_length=12, choices=choices(EvidenceKind))
    issued_on = models.DateField("Nachweis vom", null=True, blank=True)
    expires_on = models.DateField("gültig bis", null=True, blank=True)
    issuer_neutral = models.CharField(
        "ausgestellt von (für Betriebe)",
        max_length=160,
        blank=True,
        help_text="ohne Hinweis auf Haft, etwa „Bildungsträger im Bergischen Land“",
    )
    issuer = models.CharField(
        "tatsächlich ausgestellt von",
        max_length=160,
        blank=True,
        help_text="bleibt in der Akte, steht auf keinem neutralen Papier",
    )

    class Meta:
        verbose_name = "Kompetenz"
        verbose_name_plural = "Kompetenzen"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(issued_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="profiling_competence_expires_later",
                violation_error_message="Der Nachweis läuft ab, bevor er ausgestellt ist.",
            )
        ]

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Nachweis von Kompetenzen für die Bewerbung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return self.wording
