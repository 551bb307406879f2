"""Tables of the reference data. A trigger (``keep_history``) refuses every change of a dated fact but end and void."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value

from ina.base.periods import first_day, last_day
from ina.reference import rules
from ina.reference.enums import DistrictKind, ValueKind
from ina.reference.querysets import DatedQuerySet


def id_range(column: str) -> Func:
    """A number as a range of one, so that it can stand in an exclusion constraint without an extension."""
    return Func(column, column, Value("[]"), function="int8range")


def valid_period_constraints(table: str, owner: str) -> list:
    """The period has a first day, is not empty and does not overlap another standing one of the same owner."""
    return [
        models.CheckConstraint(
            name=f"{table}_period_has_beginning",
            condition=Q(valid_period__isempty=False, valid_period__lower_inf=False),
            violation_error_message="Der Zeitraum braucht einen ersten Tag, der letzte darf nicht davor liegen.",
        ),
        ExclusionConstraint(
            name=f"{table}_no_overlap",
            expressions=[(id_range(owner), RangeOperators.OVERLAPS), ("valid_period", RangeOperators.OVERLAPS)],
            condition=Q(voided_at__isnull=True),
            violation_error_message="In diesem Zeitraum gilt schon ein anderer Eintrag.",
        ),
        models.CheckConstraint(
            name=f"{table}_voided_with_reason",
            condition=Q(voided_at__isnull=True, voided_by="", voided_because="")
            | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(voided_because="")),
        ),
        models.CheckConstraint(name=f"{table}_has_source", condition=~Q(source="")),
    ]


class DatedFact(models.Model):
    """Something that holds for a period and says where it comes from. A wrong entry is voided, never changed."""

    valid_period = DateRangeField("Geltungszeitraum")
    source = models.TextField("Quelle", help_text="Gesetz, Erlass oder Beschluss; „unbelegt“, wenn es keine gibt.")
    note = models.TextField("Anmerkung", blank=True)
    entered_by = models.TextField("eingetragen von")
    entered_at = models.DateTimeField("eingetragen am")
    voided_by = models.TextField("berichtigt von", blank=True)
    voided_at = models.DateTimeField("berichtigt am", null=True, blank=True)
    voided_because = models.TextField("Grund der Berichtigung", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def valid_from(self):
        return first_day(self.valid_period)

    @property
    def valid_until(self):
        """Last day that still belongs to it, None when open."""
        return last_day(self.valid_period)


class ParameterKey(models.Model):
    """What a number means: a deadline, a window, a limit. Its values are ``Parameter`` rows."""

    key = models.TextField("Schlüssel", unique=True)
    label = models.TextField("Bezeichnung")
    group = models.TextField("Gruppe")
    kind = models.TextField("Art", choices=[(kind.value, kind.label) for kind in ValueKind])
    unit = models.TextField("Einheit", blank=True, help_text="Nur bei Zahlen; Dauern tragen ihre Einheit selbst.")
    position = models.IntegerField("Reihenfolge", default=0)

    class Meta:
        ordering = ["position", "key"]
        verbose_name = "Parameter"
        verbose_name_plural = "Parameter"

    def __str__(self):
        return self.label


class Parameter(DatedFact):
    """One value of a parameter for one period."""

    key = models.ForeignKey(ParameterKey, models.PROTECT, related_name="values", verbose_name="Parameter")
    value = models.TextField("Wert")

    class Meta:
        ordering = ["key", "valid_period"]
        verbose_name = "Parameterwert"
        verbose_name_plural = "Parameterwerte"
        constraints = valid_period_constraints("reference_parameter", "key")

    def __str__(self):
        return f"{self.key}: {self.shown}"

    @property
    def shown(self) -> str:
        """As staff read it."""
        return rules.format_value(ValueKind(self.key.kind), self.value, self.key.unit)


class CodeList(models.Model):
    """A list of codes that an administrator may extend, for example the reasons for an ending."""

    key = models.TextField("Schlüssel", unique=True)
    label = models.TextField("Bezeichnung")

    class Meta:
        ordering = ["label"]
        verbose_name = "Liste"
        verbose_name_plural = "Listen"

    def __str__(self):
        return self.label


class Code(models.Model):
    """One entry of a list. It is valid while it has a name (``Term``)."""

    list = models.ForeignKey(CodeList, models.PROTECT, related_name="codes", verbose_name="Liste")
    code = models.TextField("Code")
    group = models.TextField("Gruppe", blank=True, help_text="Wozu der Eintrag in Auswertungen zählt.")
    position = models.IntegerField("Reihenfolge", default=0)

    class Meta:
        ordering = ["list", "position", "code"]
        verbose_name = "Listeneintrag"
        verbose_name_plural = "Listeneinträge"
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="reference_code_once")]

    def __str__(self):
        return f"{self.list}: {self.code}"


class Term(DatedFact):
    """The name of a code for one period, as „Bürgergeld“ from 2023 to June 2026."""

    code = models.ForeignKey(Code, models.PROTECT, related_name="terms", verbose_name="Listeneintrag")
    label = models.TextField("Bezeichnung")

    class Meta:
        ordering = ["code", "valid_period"]
        verbose_name = "Bezeichnung"
        verbose_name_plural = "Bezeichnungen"
        constraints = valid_period_constraints("reference_term", "code")

    def __str__(self):
        return self.label


class InstrumentFact(DatedFact):
    """What an instrument of support is for one period; its names are the ``Term`` rows of the list „instruments“."""

    code = models.ForeignKey(Code, models.PROTECT, related_name="instrument_facts", verbose_name="Listeneintrag")
    norm = models.TextField("Norm")
    essentials = models.TextField("Das Wesentliche")
    decided_by = models.TextField("Zuständig")
    apply_before = models.TextField("Antrag vor", blank=True, help_text="Was sonst verloren ist, wenn man wartet.")

    class Meta:
        ordering = ["code", "valid_period"]
        verbose_name = "Angaben zu einer Förderung"
        verbose_name_plural = "Angaben zu Förderungen"
        constraints = valid_period_constraints("reference_instrumentfact", "code")

    def __str__(self):
        return f"{self.code}: {self.norm}"


class District(models.Model):
    """A Kreis or a city without one in NRW. Competence of Jobcenter, agency and chamber follows it."""

    ags = models.CharField("Gemeindeschlüssel (5 Stellen)", max_length=5, unique=True)
    name = models.TextField("Name")
    name_key = models.TextField(editable=False, db_collation="C", db_index=True)
    kind = models.TextField("Art", choices=[(kind.value, kind.label) for kind in DistrictKind])
    source = models.TextField("Quelle")

    class Meta:
        ordering = ["name_key"]
        verbose_name = "Kreis oder kreisfreie Stadt"
        verbose_name_plural = "Kreise und kreisfreie Städte"

    def __str__(self):
        return self.name


class Municipality(models.Model):
    """A municipality from a loaded place list; all of Germany, so that a residence elsewhere is recognised."""

    ags = models.CharField("Gemeindeschlüssel (8 Stellen)", max_length=8, unique=True)
    name = models.TextField("Name")
    name_key = models.TextField(editable=False, db_collation="C", db_index=True)

    class Meta:
        ordering = ["name_key"]
        verbose_name = "Gemeinde"
        verbose_name_plural = "Gemeinden"

    def __str__(self):
        return self.name

    @property
    def district_ags(self) -> str:
        return self.ags[:5]


class Place(models.Model):
    """A postcode that serves a municipality; one postcode may serve several."""

    postcode = models.CharField("Postleitzahl", max_length=5)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="places", verbose_name="Gemeinde")

    class Meta:
        ordering = ["postcode"]
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        constraints = [
            models.UniqueConstraint(fields=["postcode", "municipality"], name="reference_place_once"),
        ]

    def __str__(self):
        return f"{self.postcode} {self.municipality}"


class OccupationSource(models.Model):
    """Where occupations come from: the list of this house or a loaded file of the Bundesagentur für Arbeit."""

    key = models.TextField("Schlüssel", unique=True)
    title = models.TextField("Bezeichnung")
    source = models.TextField("Quelle")
    rows = models.IntegerField("Zeilen", default=0)
    loaded_at = models.DateTimeField("geladen am")

    class Meta:
        ordering = ["key"]
        verbose_name = "Quelle der Berufe"
        verbose_name_plural = "Quellen der Berufe"

    def __str__(self):
        return self.title


class OccupationGroup(models.Model):
    """A place in the KldB 2010: one figure an area, five a kind of occupation with its level of requirement.

    Never deleted: other tables hold the code as text and ask for its title.
    """

    kldb = models.CharField("KldB 2010", max_length=5, unique=True)
    title = models.TextField("Bezeichnung")
    remarks = models.TextField("Allgemeine Bemerkungen", blank=True)
    includes = models.TextField("Einschlüsse", blank=True)

    class Meta:
        ordering = ["kldb"]
        verbose_name = "Systematikposition der KldB 2010"
        verbose_name_plural = "Systematikpositionen der KldB 2010"

    def __str__(self):
        return f"{self.kldb} {self.title}"


class Occupation(models.Model):
    """The name of an occupation, with the words that people say for it („Stapler“), divided by semicolons."""

    source = models.ForeignKey(OccupationSource, models.PROTECT, related_name="occupations", verbose_name="Quelle")
    key = models.TextField("Schlüssel in der Quelle")
    kldb = models.CharField("KldB 2010 (5 Stellen)", max_length=5, db_index=True)
    title = models.TextField("Bezeichnung")
    words = models.TextField("Suchwörter", blank=True)
    craft = models.TextField("Anlage und Nummer der Handwerksordnung", blank=True)
    degree = models.BooleanField("Studiengang", default=False)

    class Meta:
        ordering = ["kldb", "title"]
        verbose_name = "Beruf"
        verbose_name_plural = "Berufe"
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="reference_occupation_once")]

    def __str__(self):
        return f"{self.kldb} {self.title}"


class Page(models.Model):
    """A text that the operator of an installation answers for: imprint, privacy, accessibility, help.

    ``body`` is plain text with the few marks of ``web.shell.markup``. Readable by everybody, so no personal data but
    the operator's own.
    """

    slug = models.CharField("Adresse", max_length=40, unique=True)
    title = models.CharField("Titel", max_length=120)
    body = models.TextField(
        "Text",
        max_length=100_000,
        help_text=(
            "## Überschrift, ### kleinere, - Liste, 1. Liste, **fett**, [Worte](Adresse); Leerzeile: neuer Absatz."
        ),
    )
    edited_at = models.DateTimeField("Stand")
    edited_by_id = models.BigIntegerField("geändert von (Konto)", null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["slug"]
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"

    def __str__(self):
        return self.title
