"""Rows for lists: one per case, and those of files that wait for a decision."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ina.access.enums import Compartment
from ina.access.models import Dossier
from ina.access.querysets import HolderTableQuerySet
from ina.cases.enums import ExportState, HypothesisKind, HypothesisStatus, ListPurpose, RowState, State, Step
from ina.cases.models.case import Case
from ina.cases.models.columns import choices
from ina.cases.querysets import WorklistQuerySet

# What a list of thousands can be narrowed by: at the end of the indexes of its orders, so that a rare value is found by
# reading entries of the index alone, below the wall (migration 0015).
NARROWED_BY = ("is_released", "state", "step", "planning_key", "due_key", "unit", "responsible")


def ordered(scope: str, key: str, *, name: str) -> models.Index:
    more = [column for column in NARROWED_BY if column not in (scope, key)]
    return models.Index(fields=[scope, "is_open", key, "case", *more], name=name)


class Worklist(models.Model):
    """One row per case for lists: derived from the rest, written by the operations, rebuilt by a command (law 5).

    ``planning_key`` and ``due_key`` are never null (``9999-12-31``: none), so that keyset paging loses no row.
    ``step``: of the work to which the next open item belongs. ``find_keys``: what a search that forgives spelling
    compares (``rules.finding``); only an SQL function reads them.
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
    # Whether the release was confirmed: a pause before it is another phase than one after it.
    is_released = models.BooleanField(default=False)
    planning_key = models.DateField()
    planning_kind = models.CharField(max_length=16, blank=True, default="", choices=choices(HypothesisKind))
    planning_status = models.CharField(max_length=12, blank=True, default="", choices=choices(HypothesisStatus))
    due_key = models.DateField()
    step = models.CharField(max_length=12, choices=choices(Step), default=Step.COUNSELLING)
    last_contact_on = models.DateField(null=True)
    name_key = models.CharField(max_length=260, db_collation="C")
    find_keys = ArrayField(models.TextField(db_collation="C"), default=list)

    objects = WorklistQuerySet.as_manager()

    class Meta:
        verbose_name = "Listenzeile"
        verbose_name_plural = "Listenzeilen"
        indexes = [
            models.Index(fields=["responsible", "is_open", "planning_key", "case"], name="cases_wl_resp_planning"),
            models.Index(fields=["responsible", "is_open", "name_key", "case"], name="cases_wl_resp_name"),
            models.Index(fields=["responsible", "is_open", "due_key", "case"], name="cases_wl_resp_due"),
            ordered("unit", "planning_key", name="cases_wl_unit_planning"),
            ordered("unit", "name_key", name="cases_wl_unit_name"),
            ordered("unit", "due_key", name="cases_wl_unit_due"),
            ordered("team", "planning_key", name="cases_wl_team_planning"),
            ordered("team", "name_key", name="cases_wl_team_name"),
            ordered("team", "due_key", name="cases_wl_team_due"),
            GinIndex(fields=["find_keys"], name="cases_wl_find"),
            # What live numbers are counted from, without a look at the table itself (migration 0013).
            models.Index(
                fields=["team", "responsible"],
                include=["dossier", "case", "state", "is_released", "planning_key", "last_contact_on"],
                condition=models.Q(is_open=True),
                name="cases_wl_team_counts",
            ),
            models.Index(
                fields=["unit", "state", "case"],
                include=["dossier", "is_released", "planning_key"],
                name="cases_wl_unit_counts",
            ),
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
    # What the file is: a prison's list, or running cases that are taken over at go-live.
    purpose = models.CharField(max_length=12, choices=choices(ListPurpose), default=ListPurpose.PRISON_LIST)
    # The file itself, as long as it waits to be read in the background; and what is being done with the list.
    content = models.BinaryField(null=True)
    work = models.CharField(max_length=10, blank=True, default="")
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    objects = HolderTableQuerySet.as_manager()

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
    # Who leads the case of somebody already known, where it is not whoever uploaded the list.
    house = models.CharField(max_length=200, blank=True, default="")

    objects = HolderTableQuerySet.as_manager()

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


class SavedView(models.Model):
    """A way to look at the list of cases that somebody keeps under a name. ``query``: the fields of the filter by
    their names; never what was searched for, as names must not stay in the history of a shared PC."""

    holder = models.ForeignKey("access.Holder", models.PROTECT, related_name="+")
    name = models.CharField("Name der Ansicht", max_length=40)
    query = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = HolderTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Ansicht"
        verbose_name_plural = "Ansichten"
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "name"],
                name="cases_savedview_once",
                violation_error_message="Eine Ansicht mit diesem Namen haben Sie schon.",
            )
        ]

    class Personal:
        compartment = None
        purpose = "eigene Ansichten der Fallliste"
        retention = "draft"
        exported = False

    def __str__(self):
        return self.name


class ListExport(models.Model):
    """A list of cases as a workbook, made in the background for whoever asked; deleted after a day.

    ``query``: the fields of the filter, as in ``SavedView``.
    """

    holder = models.ForeignKey("access.Holder", models.PROTECT, related_name="+")
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    query = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=choices(ExportState))
    finished_at = models.DateTimeField(null=True)
    rows = models.IntegerField(null=True)
    content = models.BinaryField(null=True)

    objects = HolderTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Auszug aus der Fallliste"
        verbose_name_plural = "Auszüge aus der Fallliste"
        indexes = [models.Index(fields=["holder", "asked_at"], name="cases_listexport_holder")]

    class Personal:
        compartment = None
        purpose = "Auszug aus der Fallliste"
        retention = "draft"
        exported = False

    def __str__(self):
        return f"Auszug vom {self.asked_at:%d.%m.%Y %H:%M}"
