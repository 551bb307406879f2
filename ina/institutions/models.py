"""Tables of organisations, regions and coverage. No data about participants, hence no wall."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Func, Q, Value

from ina.base.periods import first_day, last_day
from ina.institutions.enums import Kind, LegalForm, Specialty, Staffing
from ina.institutions.querysets import InstitutionQuerySet, PeriodQuerySet

POSTCODE = RegexValidator(r"^\d{5}$", "Eine Postleitzahl hat fünf Ziffern.")


def choices(vocabulary) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in vocabulary]


def id_range(column: str) -> Func:
    """A number as a range of one, so that it can stand in an exclusion constraint without an extension."""
    return Func(column, column, Value("[]"), function="int8range")


class Region(models.Model):
    """One of the five regions of the Gemeinschaftsinitiative B5."""

    number = models.PositiveSmallIntegerField("Nummer", unique=True)
    name = models.TextField("Name")
    staffed_by = models.TextField("Fallführung durch", choices=choices(Staffing))
    source = models.TextField("Quelle")

    class Meta:
        ordering = ["number"]
        verbose_name = "B5-Region"
        verbose_name_plural = "B5-Regionen"

    def __str__(self):
        return f"Region {self.number} {self.name}"


class Institution(models.Model):
    """An organisation. Never deleted: it ends on a day, because old letters and cases name it."""

    key = models.SlugField("Schlüssel", max_length=80, unique=True, help_text="Bleibt für immer gleich.")
    kind = models.TextField("Art", choices=choices(Kind))
    specialty = models.TextField("Besonderheit", blank=True, choices=choices(Specialty))
    name = models.CharField("Name", max_length=200)
    short_name = models.CharField("Kurzname", max_length=80)
    name_key = models.TextField(editable=False, db_collation="C", db_index=True)
    search_key = models.TextField(editable=False, db_collation="C")
    neutral_name = models.CharField(
        "neutraler Name",
        max_length=200,
        blank=True,
        help_text="Für Schreiben, die keinen Bezug zur Haft zeigen dürfen. Leer: keiner festgelegt.",
    )
    official_number = models.CharField("amtliche Nummer", max_length=30, blank=True)
    legal_form = models.TextField("Trägerform", blank=True, choices=choices(LegalForm))
    street = models.CharField("Straße und Hausnummer", max_length=200, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True, validators=[POSTCODE])
    town = models.CharField("Ort", max_length=100, blank=True)
    phone = models.CharField("Telefon", max_length=60, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    website = models.URLField("Internetseite", blank=True)
    opening_hours = models.CharField("Sprechzeiten", max_length=300, blank=True)
    directions = models.CharField("Anfahrt", max_length=300, blank=True, help_text="Haltestelle, Eingang, Stockwerk.")
    valid_period = DateRangeField("besteht", help_text="Offener Anfang: seit wann, ist nicht belegt.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="gehört zu"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="institutions", verbose_name="B5-Region"
    )
    kept_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gepflegt von"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="aufgegangen in"
    )
    source = models.TextField("Quelle")
    verified_on = models.DateField("geprüft am", null=True, blank=True)
    verified_by = models.TextField("geprüft von", blank=True)
    # The last check that a later change made worthless.
    verified_before_on = models.DateField("vor der Änderung geprüft am", null=True, blank=True)
    verified_before_by = models.TextField("vor der Änderung geprüft von", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "key"]
        verbose_name = "Einrichtung"
        verbose_name_plural = "Einrichtungen"
        indexes = [models.Index(fields=["kind", "name_key"], name="institutions_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="institutions_verified_together",
                condition=Q(verified_on__isnull=True, verified_by="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="")),
            ),
            models.CheckConstraint(
                name="institutions_exists_at_least_a_day",
                condition=Q(valid_period__isempty=False),
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(name="institutions_named", condition=~Q(name="") & ~Q(short_name="")),
            models.CheckConstraint(name="institutions_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="institutions_not_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                violation_error_message="Eine Einrichtung kann nicht zu sich selbst gehören.",
            ),
        ]

    def __str__(self):
        return self.short_name

    @property
    def closed_on(self):
        """Its last day, None while it goes on."""
        return last_day(self.valid_period)

    @property
    def is_justice(self) -> bool:
        """Part of the justice system of the Land, hence responsible in law where it leads a case."""
        return self.legal_form == LegalForm.STATE_JUSTICE


class Dated(models.Model):
    """A relation that holds for a period; an open beginning means that it is not documented."""

    valid_period = DateRangeField("Zeitraum")
    source = models.TextField("Quelle")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def valid_from(self):
        return first_day(self.valid_period)

    @property
    def valid_until(self):
        return last_day(self.valid_period)


class Coverage(Dated):
    """An office is competent for people who live in a district of NRW."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="coverage", verbose_name="Einrichtung")
    district = models.ForeignKey("reference.District", models.PROTECT, related_name="+", verbose_name="Kreis")

    class Meta:
        verbose_name = "Bezirk"
        verbose_name_plural = "Bezirke"
        constraints = [
            models.CheckConstraint(name="institutions_coverage_not_empty", condition=Q(valid_period__isempty=False)),
            ExclusionConstraint(
                name="institutions_coverage_no_overlap",
                expressions=[
                    (id_range("institution"), RangeOperators.OVERLAPS),
                    (id_range("district"), RangeOperators.OVERLAPS),
                    ("valid_period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Für diesen Kreis ist die Stelle in diesem Zeitraum schon zuständig.",
            ),
        ]

    def __str__(self):
        return f"{self.institution} für {self.district}"


class RegionService(Dated):
    """A carrier leads the cases of a B5 region; in regions 1 and 4 that is the justice system itself."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="services", verbose_name="Region")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="services", verbose_name="Träger")

    class Meta:
        verbose_name = "Beauftragung"
        verbose_name_plural = "Beauftragungen"
        constraints = [
            models.CheckConstraint(name="institutions_service_not_empty", condition=Q(valid_period__isempty=False)),
            ExclusionConstraint(
                name="institutions_service_no_overlap",
                expressions=[
                    (id_range("institution"), RangeOperators.OVERLAPS),
                    (id_range("region"), RangeOperators.OVERLAPS),
                    ("valid_period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Der Träger arbeitet in diesem Zeitraum schon in dieser Region.",
            ),
        ]

    def __str__(self):
        return f"{self.institution} in {self.region}"
