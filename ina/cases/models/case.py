"""The episodes: their dated acts, who leads them, who is responsible in law, hand-overs, special events."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.enums import Act, ControllerKind, EventKind, HandoverKind, HandoverState
from ina.cases.models.columns import choices, id_range


class Case(models.Model):
    """One participation (episode), numbered inside the dossier. Its state follows from its acts."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="cases")
    number = models.IntegerField("Fall")
    opened_on = models.DateField("eröffnet am")
    source = models.CharField("Zugang über", max_length=30, help_text="Code der Liste referral_source")
    # Whose list it stands on while nobody leads it yet.
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
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


class CaseAct(Correctable):
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
    # Codes that belong to the act: kind of imprisonment, what the check of eligibility said.
    facts = models.JSONField("Angaben", default=dict, blank=True)

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
    after_release = models.BooleanField(default=False)
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


class SpecialEvent(Correctable):
    """Something of domain 9.3 that happened around a case and is no act of its lifecycle."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    kind = models.CharField("Ereignis", max_length=24, choices=choices(EventKind))
    happened_on = models.DateField("geschehen am")
    until = models.DateField("bis", null=True, blank=True)
    detail = models.CharField("Art", max_length=40, blank=True, help_text="Code der Liste zum Ereignis")
    prison = models.ForeignKey("institutions.Institution", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("Bemerkung", max_length=500, blank=True)
    # What stood before and comes back when the event is voided: status of claims, open or closed prison.
    before = models.JSONField("vorher", default=dict, blank=True, editable=False)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "besonderes Ereignis"
        verbose_name_plural = "besondere Ereignisse"
        indexes = [models.Index(fields=["case", "happened_on"], name="cases_event_case_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("happened_on")),
                name="cases_event_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            )
        ]

    class Personal:
        compartment = Compartment.CUSTODY
        purpose = "Nachweis des Verlaufs"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{EventKind(self.kind).label} am {self.happened_on:%d.%m.%Y}"


class Handover(models.Model):
    """A case changes hands: offered, then accepted, refused, withdrawn or lapsed. Never two offers at once.

    Until somebody has accepted, the giver stays accountable; afterwards both read for 14 days (dated parameter).
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    kind = models.CharField("Anlass", max_length=12, choices=choices(HandoverKind))
    giver = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    prison = models.ForeignKey("institutions.Institution", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("Stand", max_length=10, choices=choices(HandoverState), default=HandoverState.OFFERED)
    reason = models.CharField("Grund", max_length=300)
    message = models.TextField("Was die Nächsten wissen müssen", blank=True)
    # Confidential notes and health go along only where the person agreed.
    with_confidential = models.BooleanField(
        "vertrauliche Notizen gehen mit, die Person ist einverstanden", default=False
    )
    offered_on = models.DateField("angeboten am")
    offered_at = models.DateTimeField("eingetragen")
    offered_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    answer_by = models.DateField("Antwort bis")
    answered_at = models.DateTimeField("beantwortet", null=True, blank=True)
    answered_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField("Antwort", max_length=300, blank=True)
    takes_effect_on = models.DateField("zuständig ab", null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Übergabe"
        verbose_name_plural = "Übergaben"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="OFFERED"),
                name="cases_handover_one_open",
                violation_error_message="Dieser Fall ist schon jemandem angeboten.",
            )
        ]
        indexes = [
            models.Index(fields=["receiver", "state"], name="cases_handover_receiver"),
            models.Index(fields=["state", "answer_by"], name="cases_handover_due"),
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Nachweis der Übergabe"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Übergabe vom {self.offered_on:%d.%m.%Y}, {HandoverState(self.state).label}"
