"""Participants, cases, their dated acts, responsibility, custody and release dates. Everything hangs on the dossier."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Func, Q, Value

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.enums import (
    Act,
    ControllerKind,
    HypothesisKind,
    HypothesisStatus,
    Residence,
    RowState,
    Sex,
    State,
)
from ina.cases.querysets import ImportQuerySet, WorklistQuerySet


def choices(enum):
    return [(item.value, getattr(item, "label", item.value)) for item in enum]


def id_range(column: str) -> Func:
    """A number as a range of one, so that it can stand in an exclusion constraint without an extension."""
    return Func(column, column, Value("[]"), function="int8range")


class Participant(models.Model):
    """Who the person is. One row per dossier; the episodes are ``Case``."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="participant")
    surname = models.CharField("Familienname", max_length=120)
    given_name = models.CharField("Vorname", max_length=120)
    birth_name = models.CharField("Geburtsname", max_length=120, blank=True)
    aliases = models.CharField("weitere Namen", max_length=300, blank=True)
    sex = models.CharField("Geschlecht", max_length=1, choices=choices(Sex), default=Sex.UNKNOWN)
    born_on = models.DateField("geboren am", null=True, blank=True)
    birth_place = models.CharField("Geburtsort", max_length=120, blank=True)
    nationality = models.CharField("Staatsangehörigkeit", max_length=80, blank=True)
    residence_state = models.CharField(
        "künftiger Wohnort", max_length=10, choices=choices(Residence), default=Residence.UNKNOWN
    )
    residence_postcode = models.CharField("Postleitzahl danach", max_length=5, blank=True)
    residence_town = models.CharField("Ort danach", max_length=120, blank=True)
    residence_district = models.CharField("Kreis danach", max_length=5, blank=True)
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnehmer/in"
        verbose_name_plural = "Teilnehmende"

    class Personal:
        compartment = Compartment.IDENTITY
        purpose = "Identifizierung und Ansprache"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.surname}, {self.given_name}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.surname}".strip()


class Case(models.Model):
    """One participation (episode), numbered inside the dossier. Its state follows from its acts."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="cases")
    number = models.IntegerField("Fall")
    opened_on = models.DateField("eröffnet am")
    source = models.CharField("Zugang über", max_length=30, help_text="Code der Liste referral_source")
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Fall"
        verbose_name_plural = "Fälle"
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="cases_case_number")]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Führung des Falls"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Fall {self.number}"


class CaseAct(models.Model):
    """Something that happened to a case on a day, entered on maybe another. Never changed; voided when wrong."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    act = models.CharField("Ereignis", max_length=20, choices=choices(Act))
    happened_on = models.DateField("geschehen am")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    reason = models.CharField("Grund", max_length=40, blank=True, help_text="Code der Liste zum Ereignis")
    remark = models.TextField("Bemerkung", blank=True)
    until = models.DateField("bis, Wiedervorlage am", null=True, blank=True)
    voided_at = models.DateTimeField("storniert", null=True, blank=True)
    voided_because = models.CharField("storniert, weil", max_length=200, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Ereignis im Fall"
        verbose_name_plural = "Ereignisse im Fall"
        indexes = [models.Index(fields=["case", "happened_on"], name="cases_act_case_day")]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Nachweis des Verlaufs"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{Act(self.act).label} am {self.happened_on:%d.%m.%Y}"


class Assignment(models.Model):
    """Who is accountable for the case, day by day: never two at once."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    period = DateRangeField("Zeitraum")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuständigkeit"
        verbose_name_plural = "Zuständigkeiten"
        constraints = [
            ExclusionConstraint(
                name="cases_assignment_one_at_a_time",
                expressions=[(id_range("case_id"), "&&"), ("period", "&&")],
                violation_error_message="Für diesen Zeitraum ist schon jemand zuständig.",
            )
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Nachweis der Zuständigkeit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.membership} {self.period}"


class Controller(models.Model):
    """Who is responsible in law for the data of the case in a period (custody: justice; aftercare: the carrier)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="controllers")
    kind = models.CharField("verantwortlich", max_length=10, choices=choices(ControllerKind))
    institution = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+")
    period = DateRangeField("Zeitraum")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Verantwortliche Stelle"
        verbose_name_plural = "Verantwortliche Stellen"
        constraints = [
            ExclusionConstraint(
                name="cases_controller_one_at_a_time",
                expressions=[(id_range("case_id"), "&&"), ("period", "&&")],
            )
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Verantwortlichkeit nach DSGVO und JVollzDSG NRW"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{ControllerKind(self.kind).label}: {self.institution}"


class CustodyPeriod(models.Model):
    """A stay in one prison under one Buchnummer (which is per prison and custody, not per life)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="custody_periods")
    prison = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+")
    booking_number = models.CharField("Buchnummer", max_length=30, blank=True)
    custody_kind = models.CharField("Haftart", max_length=60, blank=True)
    enforcement_status = models.CharField("Vollstreckungsstand", max_length=60, blank=True)
    authority = models.CharField("Vollstreckungsbehörde", max_length=120, blank=True)
    authority_reference = models.CharField("Aktenzeichen der Behörde", max_length=60, blank=True)
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
                condition=Q(ends_on__isnull=True) & ~Q(booking_number=""),
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


class ReleaseDateHypothesis(models.Model):
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
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Entlassungstermin (Prognose)"
        verbose_name_plural = "Entlassungstermine (Prognosen)"

    class Personal:
        compartment = Compartment.CUSTODY
        purpose = "Planung der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{HypothesisKind(self.kind).label} {self.on:%d.%m.%Y}"


class FirstTalk(models.Model):
    """The structured first talk (step 1, Beratung): what was said about INA, and that refusing costs nothing."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="first_talks")
    held_on = models.DateField("Gespräch am")
    held_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    place = models.CharField("Ort", max_length=120, blank=True)
    informed = models.BooleanField("über INA, Datenschutz und Rechte informiert", default=False)
    told_voluntary = models.BooleanField("gesagt: freiwillig, eine Ablehnung hat keine Nachteile", default=False)
    own_wishes = models.TextField("Was die Person selbst möchte", blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Erstgespräch"
        verbose_name_plural = "Erstgespräche"

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Beratung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Erstgespräch am {self.held_on:%d.%m.%Y}"


class Worklist(models.Model):
    """One row per case for lists: derived from the rest, written by the operations, rebuilt by a command (law 5).

    ``planning_key`` and ``due_key`` are never null (``9999-12-31``: none), so that keyset paging loses no row.
    Only those who may know that there is a case, whose, and until when, hold its compartment.
    """

    NEVER = "9999-12-31"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="worklist")
    case_number = models.IntegerField()
    unit = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+")
    responsible = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=choices(State))
    is_open = models.BooleanField()
    planning_key = models.DateField()
    due_key = models.DateField()
    last_contact_on = models.DateField(null=True)
    name_key = models.CharField(max_length=260, db_collation="C")

    objects = WorklistQuerySet.as_manager()

    class Meta:
        verbose_name = "Listenzeile"
        verbose_name_plural = "Listenzeilen"
        indexes = [
            models.Index(fields=["responsible", "is_open", "planning_key", "case"], name="cases_wl_resp_planning"),
            models.Index(fields=["responsible", "is_open", "name_key", "case"], name="cases_wl_resp_name"),
            models.Index(fields=["unit", "is_open", "planning_key", "case"], name="cases_wl_unit_planning"),
            models.Index(fields=["unit", "is_open", "name_key", "case"], name="cases_wl_unit_name"),
            models.Index(fields=["team", "is_open", "planning_key", "case"], name="cases_wl_team_planning"),
            models.Index(fields=["team", "is_open", "name_key", "case"], name="cases_wl_team_name"),
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Arbeitslisten"
        retention = "dossier"
        exported = False

    def __str__(self):
        return f"Zeile {self.case_id}"


class PrisonListImport(models.Model):
    """An uploaded prison list, waiting for somebody to tick rows. Belongs to whoever uploaded it; purged afterwards."""

    holder = models.ForeignKey("access.Holder", models.PROTECT, related_name="+")
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    prison = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "eingelesene Gefangenenliste"
        verbose_name_plural = "eingelesene Gefangenenlisten"

    class Personal:
        compartment = None
        purpose = "Auswahl für Zugänge"
        retention = "draft"
        exported = False

    def __str__(self):
        return f"{self.prison} {self.uploaded_at:%d.%m.%Y %H:%M}"


class PrisonListRow(models.Model):
    """One row of it. Persons who are not ticked never get a dossier; their rows are deleted with the import."""

    holder = models.ForeignKey("access.Holder", models.PROTECT, related_name="+")
    prison_list = models.ForeignKey(PrisonListImport, models.CASCADE, related_name="rows")
    row = models.IntegerField()
    booking_number = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=choices(RowState))
    data = models.JSONField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeile einer Gefangenenliste"
        verbose_name_plural = "Zeilen einer Gefangenenliste"
        constraints = [models.UniqueConstraint(fields=["prison_list", "row"], name="cases_listrow_row")]

    class Personal:
        compartment = None
        purpose = "Auswahl für Zugänge"
        retention = "draft"
        exported = False

    def __str__(self):
        return f"Zeile {self.row}"
