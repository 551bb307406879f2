"""Contacts with a person, and where they stood in work at fixed points after release."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.monitoring.enums import (
    Absence,
    AppointmentHalt,
    AppointmentState,
    ContactOutcome,
    Initiative,
    NoteReaders,
)


def choices(enum):
    return [(item.value, item.label) for item in enum]


class Contact(Correctable):
    """A contact, or an attempt at one. ``happened_on`` is the event, ``recorded_at`` the entry: people key in later."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    happened_on = models.DateField("Kontakt am")
    started_at = models.TimeField("Beginn", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("Dauer in Minuten", null=True, blank=True)
    kind = models.CharField("Art", max_length=30, help_text="Code der Liste contact_kinds")
    outcome = models.CharField("Ergebnis", max_length=16, choices=choices(ContactOutcome))
    initiative = models.CharField("auf Wunsch von", max_length=12, choices=choices(Initiative))
    absence = models.CharField(
        "nicht erschienen, weil", max_length=10, blank=True, default="", db_default="", choices=choices(Absence)
    )
    place = models.CharField("Ort", max_length=120, blank=True)
    content = models.TextField("Inhalt", blank=True)
    next_step = models.TextField("nächster Schritt", blank=True)
    next_on = models.DateField("am", null=True, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        indexes = [models.Index(fields=["case", "happened_on"], name="monitoring_contact_case_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=24 * 60),
                name="monitoring_contact_lasts_a_day_at_most",
                violation_error_message="Die Dauer liegt zwischen einer Minute und einem Tag.",
            ),
            models.CheckConstraint(
                condition=Q(absence="") | Q(outcome__in=[one.value for one in ContactOutcome if one.is_absence]),
                name="monitoring_contact_absence_of_somebody_absent",
                violation_error_message="Ein Grund steht nur dort, wo jemand nicht erschienen ist.",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gte=models.F("happened_on")),
                name="monitoring_contact_next_step_afterwards",
                violation_error_message="Der nächste Schritt liegt vor dem Kontakt.",
            ),
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Begleitung und Nachsorge"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Kontakt am {self.happened_on:%d.%m.%Y}"


class NoteTable(Correctable):
    """A note of counselling. Who may read it is the compartment of its table: one table for each circle of readers."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    noted_on = models.DateField("vom")
    subject = models.CharField("worum es geht", max_length=120, blank=True)
    text = models.TextField("Notiz", help_text="Bitte keine Diagnosen und nichts zur Straftat.")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    readers: NoteReaders

    class Meta:
        abstract = True

    def __str__(self):
        return f"Notiz vom {self.noted_on:%d.%m.%Y}"


class Note(NoteTable):
    """For all who read the contact log, the prison's social service included."""

    readers = NoteReaders.CIRCLE

    class Meta(NoteTable.Meta):
        verbose_name = "Notiz"
        verbose_name_plural = "Notizen"

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Beratung"
        retention = "dossier"
        exported = True


class InternalNote(NoteTable):
    """For those who do the transition management: who leads the case, who stands in, the lead of the team."""

    readers = NoteReaders.INTERNAL

    class Meta(NoteTable.Meta):
        verbose_name = "interne Notiz"
        verbose_name_plural = "interne Notizen"

    class Personal:
        compartment = Compartment.INTERNAL
        purpose = "Beratung"
        retention = "dossier"
        exported = True


class ConfidentialNote(NoteTable):
    """What was entrusted to a holder of a professional secret (§ 203 StGB). It goes on only where the person agrees."""

    readers = NoteReaders.CONFIDENTIAL

    class Meta(NoteTable.Meta):
        verbose_name = "vertrauliche Notiz"
        verbose_name_plural = "vertrauliche Notizen"

    class Personal:
        compartment = Compartment.CONFIDENTIAL
        purpose = "Beratung unter Berufsgeheimnis (§ 203 StGB)"
        retention = "dossier"
        exported = True


class OutcomeStatus(Correctable):
    """Where somebody stood in work on a key date: so many full months after release. "Unknown" is a value."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="outcomes")
    months = models.PositiveSmallIntegerField("Monate nach der Entlassung")
    refers_on = models.DateField("Stichtag")
    category = models.CharField("Verbleib", max_length=30, help_text="Code der Liste outcome_status")
    since_on = models.DateField("seit", null=True, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Verbleib"
        verbose_name_plural = "Verbleib"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "months"],
                condition=Q(voided_at__isnull=True),
                name="monitoring_outcome_once_per_point",
                violation_error_message="Der Verbleib ist zu diesem Zeitpunkt schon eingetragen.",
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True) | Q(since_on__lte=models.F("refers_on")),
                name="monitoring_outcome_since_before_key_date",
                violation_error_message="„Seit“ liegt nach dem Stichtag.",
            ),
        ]

    class Personal:
        compartment = Compartment.JOB
        purpose = "Feststellung des Verbleibs nach der Entlassung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Verbleib am {self.refers_on:%d.%m.%Y}"


class Appointment(models.Model):
    """A meeting that was agreed: when, for how long, where, who keeps it. Kept, missed or cancelled, it stays.

    ``number``: counted in the case, names it in addresses. ``membership``: who of the staff keeps it; their „Heute“
    shows it. ``agreed_at``: when it was entered or last moved. ``outside``: of somebody in custody, needs leave to go
    out. ``jobcenter``: the office asked the person to come; three missed in a row end the benefit (domain 2.3).
    ``halt``: cancelled by the course of the case, and planned again when that is undone. ``contact``: what became
    of it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="appointments", db_index=False)
    number = models.PositiveSmallIntegerField("Nummer")
    membership = models.ForeignKey(
        "accounts.Membership", models.PROTECT, related_name="+", db_index=False, verbose_name="nimmt wahr"
    )
    on = models.DateField("am")
    at = models.TimeField("um", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("Dauer in Minuten", null=True, blank=True)
    title = models.CharField("worum es geht", max_length=120)
    place = models.CharField("Ort", max_length=120, blank=True)
    others = models.CharField("mit", max_length=200, blank=True, help_text="weitere Beteiligte, zum Beispiel Jobcenter")
    outside = models.BooleanField("außerhalb der Anstalt", default=False)
    jobcenter = models.BooleanField("Meldetermin beim Jobcenter", default=False, db_default=False)
    state = models.CharField(
        "Stand",
        max_length=10,
        choices=choices(AppointmentState),
        default=AppointmentState.PLANNED,
    )
    halt = models.CharField(max_length=10, blank=True, choices=choices(AppointmentHalt))
    because = models.CharField("abgesagt, weil", max_length=200, blank=True)
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="+", null=True, blank=True)
    version = models.IntegerField(default=1)
    agreed_at = models.DateTimeField("vereinbart")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+", db_index=False)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        indexes = [
            models.Index(
                fields=["membership", "on", "id"],
                condition=Q(state=AppointmentState.PLANNED),
                name="monitoring_appointment_mine",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="monitoring_appointment_numbered"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=24 * 60),
                name="monitoring_appointment_lasts_a_day_at_most",
                violation_error_message="Die Dauer liegt zwischen einer Minute und einem Tag.",
            ),
            models.CheckConstraint(
                condition=(Q(state=AppointmentState.CANCELLED) & ~Q(because=""))
                | (~Q(state=AppointmentState.CANCELLED) & Q(because="", halt="")),
                name="monitoring_appointment_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AppointmentState.KEPT, AppointmentState.MISSED], contact__isnull=False)
                | Q(state__in=[AppointmentState.PLANNED, AppointmentState.CANCELLED], contact__isnull=True),
                name="monitoring_appointment_kept_has_contact",
            ),
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "verabredete Gespräche und Termine"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.title}, {self.on:%d.%m.%Y}"
