"""Who somebody is: names, representation, and whether another file is about the same person."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet, HolderTableQuerySet
from ina.cases.enums import AliasKind, LinkState, Residence, Sex
from ina.cases.models.columns import choices


class Participant(models.Model):
    """Who the person is. One row per dossier; the episodes are ``Case``."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="participant")
    surname = models.CharField("Familienname", max_length=120, blank=True)
    given_name = models.CharField("Vorname", max_length=120, blank=True)
    birth_name = models.CharField("Geburtsname", max_length=120, blank=True)
    sex = models.CharField("Geschlecht", max_length=1, choices=choices(Sex), default=Sex.UNKNOWN)
    born_on = models.DateField("geboren am", null=True, blank=True)
    birth_place = models.CharField("Geburtsort", max_length=120, blank=True)
    nationality = models.CharField("Staatsangehörigkeit", max_length=80, blank=True)
    language = models.CharField(
        "Sprache für Gespräche", max_length=10, default="de", help_text="Code der Liste languages"
    )
    needs_interpreter = models.BooleanField("Dolmetschen nötig", default=False)
    residence_state = models.CharField(
        "künftiger Wohnort", max_length=10, choices=choices(Residence), default=Residence.UNKNOWN
    )
    residence_postcode = models.CharField("Postleitzahl danach", max_length=5, blank=True)
    residence_town = models.CharField("Ort danach", max_length=120, blank=True)
    residence_district = models.CharField("Kreis danach", max_length=5, blank=True)
    died_on = models.DateField("verstorben am", null=True, blank=True, editable=False)
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnehmer/in"
        verbose_name_plural = "Teilnehmende"
        constraints = [
            models.CheckConstraint(
                condition=~Q(surname="") | ~Q(given_name=""),
                name="cases_participant_has_a_name",
                violation_error_message="Ein Name muss bekannt sein: Familienname oder Vorname.",
            )
        ]
        # Who was born on a day, for the search for files about the same person.
        indexes = [models.Index(fields=["born_on"], name="cases_participant_born_on")]

    class Personal:
        compartment = Compartment.IDENTITY
        purpose = "Identifizierung und Ansprache"
        retention = "dossier"
        exported = True

    def __str__(self):
        return self.listed_name

    @property
    def listed_name(self) -> str:
        """As lists sort it; some people have one name only."""
        return ", ".join(part for part in (self.surname, self.given_name) if part)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.surname}".strip()


class Alias(Correctable):
    """Another name the person is or was known by: pseudonym, other spelling, name before a marriage.

    A name under the ban on disclosure is never one of these: see ``FormerName``.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="aliases")
    kind = models.CharField("Art", max_length=10, choices=choices(AliasKind), default=AliasKind.ALIAS)
    name = models.CharField("Name", max_length=160)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "weiterer Name"
        verbose_name_plural = "weitere Namen"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "name"],
                condition=Q(voided_at__isnull=True),
                name="cases_alias_once",
                violation_error_message="Dieser Name ist schon eingetragen.",
            )
        ]

    class Personal:
        compartment = Compartment.IDENTITY
        purpose = "Wiedererkennen unter anderen Namen"
        retention = "dossier"
        exported = True

    def __str__(self):
        return self.name


class FormerName(models.Model):
    """What the person was called before a change of name or gender, under the ban on disclosure (§ 13 SBGG).

    Only who leads the case may see it. Whoever changes the name moves the earlier versions of the person's row out of
    the common history into this compartment (``cases_conceal_history``).
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="former_names")
    surname = models.CharField("Familienname", max_length=120, blank=True)
    given_name = models.CharField("Vorname", max_length=120, blank=True)
    birth_name = models.CharField("Geburtsname", max_length=120, blank=True)
    sex = models.CharField("Geschlecht", max_length=1, choices=choices(Sex))
    until_on = models.DateField("geführt bis")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "früherer Name (Offenbarungsverbot)"
        verbose_name_plural = "frühere Namen (Offenbarungsverbot)"

    class Personal:
        compartment = Compartment.CONFIDENTIAL
        purpose = "Zuordnung älterer Unterlagen nach einer Namensänderung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"früherer Name bis {self.until_on:%d.%m.%Y}"


class PersonKey(models.Model):
    """How the person is recognised across walls: keys of all their names (``rules.likeness``).

    Written and compared by SQL functions only; the application reads none but the accountable person's own.
    ``of_former``: a key that only a name under the ban on disclosure gives; whoever may not see that name leaves these
    as they are.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    value = models.CharField(max_length=160, db_collation="C")
    of_former = models.BooleanField(default=False)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Suchschlüssel"
        verbose_name_plural = "Suchschlüssel"
        indexes = [models.Index(fields=["kind", "value"], include=["dossier"], name="cases_personkey_value")]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "value", "of_former"], name="cases_personkey_once")
        ]

    class Personal:
        compartment = Compartment.CONFIDENTIAL
        purpose = "Erkennen doppelter Akten"
        retention = "dossier"
        exported = False

    def __str__(self):
        return f"{self.kind}"


class Guardian(Correctable):
    """Who signs with or for the person: parents of minors, a legal guardian (Betreuung)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="guardians")
    name = models.CharField("Name", max_length=160)
    relation = models.CharField("Beziehung", max_length=80, help_text="Mutter, Vormund, Betreuung für …")
    contact = models.CharField("erreichbar", max_length=200, blank=True)
    valid_from = models.DateField("seit", null=True, blank=True)
    valid_until = models.DateField("bis", null=True, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "gesetzliche Vertretung"
        verbose_name_plural = "gesetzliche Vertretungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="cases_guardian_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            )
        ]

    class Personal:
        compartment = Compartment.IDENTITY
        purpose = "Mitwirkung der gesetzlichen Vertretung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{self.name} ({self.relation})"


class SamePerson(models.Model):
    """Two files are about the same person, says one side; holds once the other agreed. No row moves.

    One row on either file, joined by ``pair``: each side sees its own. ``other_number`` stands there from the moment
    both agreed, never before.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="links")
    pair = models.UUIDField()
    is_asker = models.BooleanField()
    state = models.CharField("Stand", max_length=10, choices=choices(LinkState), default=LinkState.ASKED)
    score = models.PositiveSmallIntegerField("Übereinstimmung in Prozent")
    house = models.CharField("andere Seite", max_length=200)
    other_number = models.CharField("andere Akte", max_length=16, blank=True)
    because = models.CharField("Begründung", max_length=300)
    asked_at = models.DateTimeField("gefragt")
    answered_at = models.DateTimeField("beantwortet", null=True, blank=True)
    answered_by = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField("Antwort", max_length=300, blank=True)
    version = models.IntegerField(default=1)

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Verknüpfung von Akten"
        verbose_name_plural = "Verknüpfungen von Akten"
        constraints = [models.UniqueConstraint(fields=["pair", "is_asker"], name="cases_sameperson_pair")]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="ASKED", is_asker=False), name="cases_sameperson_waiting"
            )
        ]

    class Personal:
        compartment = Compartment.CASE
        purpose = "Zusammenführen doppelter Akten"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Verknüpfung, {LinkState(self.state).label}"


class LikenessHint(models.Model):
    """An opaque handle for a file that looked like somebody, given to whoever asked. Only SQL functions read ``found``.

    Each search leaves one row with nothing found, score 0: they are counted, so that nobody can try out names.
    """

    handle = models.UUIDField(unique=True)
    holder = models.ForeignKey("access.Holder", models.PROTECT, related_name="+")
    found = models.BigIntegerField(null=True)
    score = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()

    objects = HolderTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Hinweis auf eine doppelte Akte"
        verbose_name_plural = "Hinweise auf doppelte Akten"
        indexes = [models.Index(fields=["holder", "given_at"], name="cases_hint_holder_given")]

    class Personal:
        compartment = None
        purpose = "Erkennen doppelter Akten"
        retention = "draft"
        exported = False

    def __str__(self):
        return str(self.handle)
