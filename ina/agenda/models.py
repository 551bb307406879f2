"""The days of a case, its dated items, and the reminders of the night. Cases stand above: named by their number."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.agenda.enums import Anchor, Halt, ItemState, Origin, ReminderStep
from ina.agenda.rules import MOST_WORKING_DAYS, UNITS
from ina.reference.enums import Unit
from ina.reference.rules import Duration


def choices(enum):
    return [(item.value, getattr(item, "label", item.value)) for item in enum]


class Timing(models.Model):
    """The day that an anchor stands for in one case: planned, then actual. No row: nobody knows it yet."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    case_number = models.IntegerField("Fall")
    anchor = models.CharField("Bezug", max_length=10, choices=choices(Anchor))
    on = models.DateField("Tag")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Bezugstag"
        verbose_name_plural = "Bezugstage"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "case_number", "anchor"], name="agenda_timing_one_day"),
            models.CheckConstraint(condition=~Q(anchor=Anchor.FIXED), name="agenda_timing_of_an_anchor"),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Berechnung von Fristen"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{Anchor(self.anchor).label} am {self.on:%d.%m.%Y}"


class Item(models.Model):
    """Something to be done by a day. ``shown_on`` is the day on which it asks: due, or the day it was put off until.

    ``kind`` is a key of ``kinds``, empty for a free task. Each kind comes once per offset in a case, so that nothing is
    created twice. ``halt``: dropped by the course of the case, and back when that is undone.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    case_number = models.IntegerField("Fall")
    kind = models.CharField("Art", max_length=40, blank=True)
    title = models.CharField("Aufgabe", max_length=200)
    detail = models.TextField("Einzelheiten", blank=True)
    anchor = models.CharField("Bezug", max_length=10, choices=choices(Anchor))
    offset_count = models.IntegerField("Abstand", null=True, blank=True)
    offset_unit = models.CharField("Einheit", max_length=12, blank=True, choices=[(u.value, u.plural) for u in UNITS])
    due_on = models.DateField("fällig am")
    # How many of its days the clock stood still (``ClockStop``); they are in ``due_on`` already.
    stopped_days = models.PositiveSmallIntegerField("angehaltene Tage", default=0, db_default=0)
    shown_on = models.DateField("Erinnerung ab")
    state = models.CharField("Stand", max_length=8, choices=choices(ItemState), default=ItemState.OPEN)
    halt = models.CharField(max_length=8, blank=True, choices=choices(Halt))
    closed_on = models.DateField("erledigt oder entfallen am", null=True, blank=True)
    closed_at = models.DateTimeField("eingetragen", null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.Membership", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    because = models.CharField("entfallen, weil", max_length=200, blank=True)
    responsible = models.ForeignKey(
        "accounts.Membership",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name="zuständig",
    )
    deputy = models.ForeignKey(
        "accounts.Membership",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name="Vertretung",
    )
    snoozed_until = models.DateField("zurückgestellt bis", null=True, blank=True)
    snooze_reason = models.CharField("zurückgestellt, weil", max_length=200, blank=True)
    origin = models.CharField("Herkunft", max_length=10, choices=choices(Origin))
    version = models.IntegerField(default=1)
    recorded_at = models.DateTimeField("angelegt")
    recorded_by = models.ForeignKey(
        "accounts.Membership", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Aufgabe"
        verbose_name_plural = "Aufgaben"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "case_number", "kind", "offset_count", "offset_unit"],
                condition=~Q(kind="") & Q(offset_count__isnull=False),
                name="agenda_item_once_per_offset",
                violation_error_message="Diese Aufgabe gibt es mit diesem Abstand schon.",
            ),
            models.CheckConstraint(
                condition=Q(anchor=Anchor.FIXED, offset_count__isnull=True, offset_unit="")
                | (~Q(anchor=Anchor.FIXED) & Q(offset_count__isnull=False, offset_unit__in=UNITS)),
                name="agenda_item_anchored_has_offset",
            ),
            models.CheckConstraint(
                condition=~Q(offset_unit=Unit.WORKING_DAYS)
                | Q(offset_count__range=(-MOST_WORKING_DAYS, MOST_WORKING_DAYS)),
                name="agenda_item_working_days_in_reach",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True, snooze_reason="", shown_on=F("due_on"))
                | (Q(snoozed_until__isnull=False, shown_on=F("snoozed_until")) & ~Q(snooze_reason="")),
                name="agenda_item_snoozed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.OPEN, closed_on__isnull=True, closed_at__isnull=True)
                | (~Q(state=ItemState.OPEN) & Q(closed_on__isnull=False, closed_at__isnull=False)),
                name="agenda_item_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=ItemState.DROPPED) & ~Q(because=""))
                | (~Q(state=ItemState.DROPPED) & Q(because="", halt="")),
                name="agenda_item_dropped_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "case_number", "id"], name="agenda_item_case"),
            models.Index(
                fields=["dossier", "case_number", "shown_on", "id"],
                condition=Q(state=ItemState.OPEN),
                name="agenda_item_next",
            ),
            models.Index(
                fields=["responsible", "shown_on", "id"], condition=Q(state=ItemState.OPEN), name="agenda_item_mine"
            ),
            models.Index(
                fields=["deputy", "shown_on", "id"],
                condition=Q(state=ItemState.OPEN, deputy__isnull=False),
                name="agenda_item_deputised",
            ),
            models.Index(fields=["shown_on", "id"], condition=Q(state=ItemState.OPEN), name="agenda_item_nightly"),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Fristen und Aufgaben im Fall"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.title}, {self.due_on:%d.%m.%Y}"

    @property
    def offset(self) -> Duration | None:
        """How far from the anchor; None for an item with a stated day."""
        return None if self.offset_count is None else Duration(self.offset_count, Unit(self.offset_unit))


class ClockStop(Correctable):
    """The clock of a case stood still (court date, illness, transfer, holiday): deadlines move by these days."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    case_number = models.IntegerField("Fall")
    reason = models.CharField("Grund", max_length=30, help_text="Code der Liste clock_stop_reasons")
    from_on = models.DateField("steht still ab")
    until_on = models.DateField("bis einschließlich")
    remark = models.CharField("Bemerkung", max_length=200, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+", db_index=False)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "angehaltene Frist"
        verbose_name_plural = "angehaltene Fristen"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="agenda_clock_stop_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            ),
            ExclusionConstraint(
                name="agenda_clock_stop_no_overlap",
                expressions=[
                    (Func("dossier_id", "dossier_id", Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func("case_number", "case_number", Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (Func("from_on", "until_on", Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at__isnull=True),
                violation_error_message="In diesen Tagen steht die Frist schon still.",
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Berechnung von Fristen"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Frist angehalten vom {self.from_on:%d.%m.%Y} bis {self.until_on:%d.%m.%Y}"


class Reminder(models.Model):
    """Somebody was reminded of an item, for the day on which it asked. Written by the night only."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="reminders", db_index=False)
    step = models.CharField("Stufe", max_length=9, choices=choices(ReminderStep))
    on = models.DateField("fällig seit")
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField("gesehen", null=True, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Erinnerung"
        verbose_name_plural = "Erinnerungen"
        constraints = [
            models.UniqueConstraint(fields=["item", "step", "on", "membership"], name="agenda_reminder_once"),
        ]
        indexes = [
            models.Index(
                fields=["membership", "on", "id"], condition=Q(seen_at__isnull=True), name="agenda_reminder_unseen"
            ),
        ]

    class Personal:
        compartment = Compartment.PLAN
        purpose = "Erinnerung an Fristen und Aufgaben"
        retention = "dossier"
        exported = False

    def __str__(self):
        return f"{ReminderStep(self.step).label}: {self.on:%d.%m.%Y}"
