"""Dossiers and who may see them. Grants are written by SQL functions only (migration 0002): the application role may
read its own grants and call ``access_add_grant`` and friends, which check that it may.
"""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q

from ina.access.enums import Basis, Channel, Compartment, ConsentPurpose, Direction, HolderKind
from ina.access.querysets import DossierQuerySet, DossierTableQuerySet, HolderTableQuerySet


def choices(enum):
    return [(item.value, item.label if hasattr(item, "label") else item.value) for item in enum]


class Correctable(models.Model):
    """An entry that can turn out wrong: corrected, or voided with a reason. What it said stays in the history.

    A voided entry counts nowhere (``standing()``) and is still shown, struck through, to those who may see it.
    """

    voided_at = models.DateTimeField("storniert", null=True, blank=True, editable=False)
    voided_by = models.ForeignKey(
        "accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    voided_because = models.CharField("storniert, weil", max_length=300, blank=True, editable=False)
    corrected_because = models.CharField("berichtigt, weil", max_length=300, blank=True, editable=False)
    version = models.IntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None


class Dossier(models.Model):
    """The person's file (Akte). Survives the cases (episodes) inside it. Its primary key never leaves the system."""

    number = models.CharField("Aktenzeichen", max_length=16, unique=True)
    opened_on = models.DateField("angelegt am")
    sealed_at = models.DateTimeField("gesperrt", null=True, blank=True)
    erased_at = models.DateTimeField("gelöscht", null=True, blank=True)
    is_demo = models.BooleanField("erfunden", default=False)
    # A prominent or otherwise known person: no search outside the own caseload finds the file.
    is_shielded = models.BooleanField("besonders geschützt", default=False, db_default=False)
    shielded_because = models.CharField("geschützt, weil", max_length=200, blank=True, default="", db_default="")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "Akte"
        verbose_name_plural = "Akten"

    class Personal:
        compartment = Compartment.CASE
        purpose = "Führung der Akte"
        retention = "dossier"
        exported = True

    def __str__(self):
        return self.number


class Holder(models.Model):
    """One id space for all that can hold a grant: a person in a position, a team, an institution."""

    kind = models.CharField(max_length=12, choices=choices(HolderKind))
    membership = models.OneToOneField("accounts.Membership", models.PROTECT, null=True, related_name="holder")
    team = models.OneToOneField("accounts.Team", models.PROTECT, null=True, related_name="holder")
    institution = models.OneToOneField("institutions.Institution", models.PROTECT, null=True, related_name="holder")

    class Meta:
        verbose_name = "Inhaber von Rechten"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind=HolderKind.POSITION, membership__isnull=False, team__isnull=True, institution__isnull=True)
                    | Q(kind=HolderKind.TEAM, membership__isnull=True, team__isnull=False, institution__isnull=True)
                    | Q(
                        kind=HolderKind.INSTITUTION,
                        membership__isnull=True,
                        team__isnull=True,
                        institution__isnull=False,
                    )
                ),
                name="access_holder_is_one_thing",
            )
        ]

    def __str__(self):
        return str(self.membership or self.team or self.institution)


class Grant(models.Model):
    """This holder may see these compartments of this dossier in this period, because of this act."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="grants", db_index=False)
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="grants", db_index=False)
    compartments = models.IntegerField()
    purpose = models.CharField(max_length=200, blank=True)
    valid = DateTimeRangeField()
    basis = models.CharField(max_length=12, choices=choices(Basis))
    basis_id = models.BigIntegerField(null=True, help_text="the row of the act: assignment, deputyship, consent …")
    case_number = models.IntegerField(null=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"
        indexes = [
            # The wall asks this for each row it checks: answered from the index alone.
            models.Index(
                fields=["dossier", "holder"], include=["compartments", "valid"], name="access_grant_dossier_holder"
            ),
            models.Index(fields=["holder", "dossier"], name="access_grant_holder_dossier"),
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Zugriffssteuerung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.holder}: {self.basis}"


class Consent(Correctable):
    """What the person allowed, as evidence: a withdrawal closes grants and never deletes this row."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consents")
    purpose = models.CharField("Zweck", max_length=20, choices=choices(ConsentPurpose))
    given_on = models.DateField("erteilt am")
    text_version = models.CharField("Fassung des Textes", max_length=20)
    recipient = models.ForeignKey(
        "institutions.Institution", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="für"
    )
    language = models.CharField("Sprache", max_length=10, default="de", help_text="Code der Liste languages")
    interpreter = models.CharField("übersetzt von", max_length=120, blank=True)
    guardian = models.CharField("mitunterschrieben von (gesetzliche Vertretung)", max_length=120, blank=True)
    on_paper = models.BooleanField("auf Papier unterschrieben", default=True)
    expires_on = models.DateField("gilt bis", null=True, blank=True)
    # The scope of a consent to share and of a release from secrecy (domain 7.5); a mask of compartments.
    categories = models.IntegerField("was", default=0, db_default=0)
    aim = models.CharField("wozu", max_length=200, blank=True, default="", db_default="")
    direction = models.CharField(
        "Richtung", max_length=4, choices=choices(Direction), blank=True, default="", db_default=""
    )
    beyond_release = models.BooleanField("gilt auch nach der Entlassung", default=False, db_default=False)
    # The newer sheet for the same recipient that took its place.
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("widerrufen am", null=True, blank=True)
    withdrawn_by_channel = models.CharField("Weg", max_length=12, choices=choices(Channel), blank=True)
    withdrawal_recorded_at = models.DateTimeField("Widerruf eingetragen", null=True, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Einwilligung"
        verbose_name_plural = "Einwilligungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                name="access_consent_withdrawn_after_given",
                violation_error_message="Der Widerruf liegt vor der Einwilligung.",
            ),
            models.UniqueConstraint(
                fields=["dossier", "purpose", "recipient"],
                condition=Q(withdrawn_on__isnull=True, voided_at__isnull=True, replaced_by__isnull=True),
                nulls_distinct=False,
                name="access_consent_one_running",
                violation_error_message="Diese Einwilligung liegt schon vor.",
            ),
            models.CheckConstraint(
                condition=~Q(purpose__in=[ConsentPurpose.SHARING, ConsentPurpose.SECRECY])
                | (Q(categories__gt=0) & ~Q(aim="") & ~Q(direction="")),
                name="access_consent_sharing_has_scope",
            ),
        ]

    class Personal:
        compartment = Compartment.CONSENT
        purpose = "Nachweis der Einwilligung (Art. 7 DSGVO)"
        retention = "proof"
        exported = True

    def __str__(self):
        for_whom = f" an {self.recipient}" if self.recipient_id else ""
        return f"{ConsentPurpose(self.purpose).label}{for_whom} vom {self.given_on:%d.%m.%Y}"

    def runs_on(self, day) -> bool:
        """Whether it holds on a day: given, neither voided, withdrawn nor replaced by then, not expired."""
        return (
            self.voided_at is None
            and self.replaced_by_id is None
            and self.given_on <= day
            and (self.withdrawn_on is None or self.withdrawn_on > day)
            and (self.expires_on is None or self.expires_on >= day)
        )


class EmergencyAccess(models.Model):
    """Somebody opened a file without a right to it, for 24 hours, with a reason, to be reviewed afterwards."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="emergencies")
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="+")
    reason = models.TextField("Grund")
    opened_at = models.DateTimeField("geöffnet")
    closes_at = models.DateTimeField("endet")
    reviewed_at = models.DateTimeField("geprüft", null=True, blank=True)
    reviewed_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, related_name="+")
    review_note = models.TextField("Ergebnis der Prüfung", blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Zugriff im Notfall"
        verbose_name_plural = "Zugriffe im Notfall"

    class Personal:
        compartment = Compartment.CASE
        purpose = "Kontrolle von Zugriffen im Notfall"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Notfall {self.opened_at:%d.%m.%Y %H:%M}"


class Block(models.Model):
    """Conflict of interest (Befangenheit): this user never sees this dossier, whatever is granted."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="blocks")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reason = models.CharField("Grund", max_length=200)
    blocked_at = models.DateTimeField("gesperrt")
    lifted_at = models.DateTimeField("aufgehoben", null=True, blank=True)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Sperre wegen Befangenheit"
        verbose_name_plural = "Sperren wegen Befangenheit"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "user"],
                condition=Q(lifted_at__isnull=True),
                name="access_block_one_running",
                violation_error_message="Diese Sperre gibt es schon.",
            )
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Vermeidung von Befangenheit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Sperre {self.user_id}"


class Draft(models.Model):
    """What somebody has typed into a form and not sent yet, so that a lost session loses nothing. Theirs alone.

    ``key`` names the form and what it is about (``zugang``, ``zugang:2026-00417:2``). Forgotten after the dated
    parameter ``form_draft``.
    """

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    data = models.JSONField()
    saved_at = models.DateTimeField("gesichert")

    objects = HolderTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Entwurf"
        verbose_name_plural = "Entwürfe"
        constraints = [models.UniqueConstraint(fields=["holder", "key"], name="access_draft_one_per_form")]

    class Personal:
        compartment = None
        purpose = "Schutz vor dem Verlust von Eingaben"
        retention = "draft"
        exported = False

    def __str__(self):
        return self.key
