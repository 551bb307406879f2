"""Taking somebody in: the intake sheet in its compartments, the information given, the first talk."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.enums import TalkAnswer, YesNo
from ina.cases.models.case import Case
from ina.cases.models.columns import choices


class ReferralSheet(Correctable):
    """The head of the intake sheet (domain 7.1): who proposed the person, why, what the person wishes."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="sheet")
    referred_by = models.CharField("gemeldet von", max_length=160, blank=True)
    reason = models.TextField("Anlass der Meldung", blank=True)
    wish = models.TextField("Wunsch der Person, in ihren Worten", blank=True)
    children = models.CharField("Kinder, Familie", max_length=300, blank=True)
    conflict_of_interest = models.CharField(
        "Befangenheit der Fallführung", max_length=8, choices=choices(YesNo), default="UNKNOWN"
    )
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Aufnahmebogen"
        verbose_name_plural = "Aufnahmebögen"

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Klärung der Aufnahme"
        retention = "dossier"
        exported = True

    def __str__(self):
        return "Aufnahmebogen"


class InformationGiven(Correctable):
    """The information sheet (Art. 13 GDPR, § 11 JVollzDSG NRW) was handed over and explained. A gate to admission."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="information")
    given_on = models.DateField("ausgehändigt am")
    sheet_version = models.CharField("Fassung des Blattes", max_length=20)
    language = models.CharField("Sprache", max_length=10, default="de", help_text="Code der Liste languages")
    interpreter = models.CharField("übersetzt von", max_length=120, blank=True)
    given_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("eingetragen")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Informationsblatt"
        verbose_name_plural = "Informationsblätter"

    class Personal:
        compartment = Compartment.CONSENT
        purpose = "Nachweis der Information (Art. 13 DSGVO)"
        retention = "proof"
        exported = True

    def __str__(self):
        return f"Informationsblatt vom {self.given_on:%d.%m.%Y}"


class ParticipationAgreement(Correctable):
    """What both sides agreed on (Teilnahmevereinbarung, domain 7.4 b): voluntary, rights, duties, how it ends.

    Signed on paper by both. A condition of the admission; data protection is the business of the consents.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="agreements")
    agreed_on = models.DateField("unterschrieben am")
    text_version = models.CharField("Fassung des Vordrucks", max_length=20)
    language = models.CharField("Sprache", max_length=10, default="de", help_text="Code der Liste languages")
    interpreter = models.CharField("übersetzt von", max_length=120, blank=True)
    guardian = models.CharField("mitunterschrieben von (gesetzliche Vertretung)", max_length=120, blank=True)
    own_words = models.TextField("Was der Person dabei wichtig war", blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnahmevereinbarung"
        verbose_name_plural = "Teilnahmevereinbarungen"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(voided_at__isnull=True),
                name="cases_agreement_one",
                violation_error_message="Die Teilnahmevereinbarung ist schon eingetragen.",
            )
        ]

    class Personal:
        compartment = Compartment.CONSENT
        purpose = "Nachweis der freiwilligen Teilnahme"
        retention = "proof"
        exported = True

    def __str__(self):
        return f"Teilnahmevereinbarung vom {self.agreed_on:%d.%m.%Y}"


class FirstTalk(Correctable):
    """The structured first talk (step 1, Beratung): what was said about INA, and that refusing costs nothing."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="first_talks")
    held_on = models.DateField("Gespräch am")
    held_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    place = models.CharField("Ort", max_length=120, blank=True)
    informed = models.BooleanField("über INA, Datenschutz und Rechte informiert", default=False)
    told_voluntary = models.BooleanField("gesagt: freiwillig, eine Ablehnung hat keine Nachteile", default=False)
    minutes = models.PositiveSmallIntegerField("Dauer in Minuten", null=True, blank=True)
    present = models.CharField("außerdem dabei", max_length=200, blank=True, help_text="Sozialdienst, Dolmetscher/in …")
    topics = models.JSONField("worüber informiert wurde", default=list, blank=True, help_text="Liste first_talk_topics")
    own_wishes = models.TextField("Was die Person selbst möchte", blank=True)
    answer = models.CharField("Antwort der Person", max_length=8, choices=choices(TalkAnswer), blank=True)
    answer_until = models.DateField("Bedenkzeit bis", null=True, blank=True)
    recorded_at = models.DateTimeField("eingetragen")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Erstgespräch"
        verbose_name_plural = "Erstgespräche"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_until__isnull=True) | Q(answer=TalkAnswer.THINKING),
                name="cases_first_talk_time_to_think",
                violation_error_message="Bedenkzeit hat nur, wer noch nachdenken möchte.",
            )
        ]

    class Personal:
        compartment = Compartment.CONTACTS
        purpose = "Beratung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Erstgespräch am {self.held_on:%d.%m.%Y}"


class EntrySituation(Correctable):
    """School, training, work before custody: the situation on the day of entry, asked once (plan, ESF, evaluation)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="entrysituation")
    refers_on = models.DateField("Stand vom")
    labour_status = models.CharField(
        "Stand am Arbeitsmarkt", max_length=20, blank=True, help_text="Code: labour_status"
    )
    months_unemployed = models.PositiveSmallIntegerField("Monate arbeitslos vor der Haft", null=True, blank=True)
    isced = models.CharField("höchster Abschluss (ISCED)", max_length=10, blank=True, help_text="Code der Liste isced")
    school = models.CharField("Schulabschluss", max_length=30, blank=True, help_text="Code der Liste school_leaving")
    school_country = models.CharField("erworben in", max_length=10, blank=True, help_text="Code der Liste citizenships")
    school_recognised = models.CharField("anerkannt", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    training = models.CharField(
        "Berufsausbildung", max_length=30, blank=True, help_text="Code der Liste training_status"
    )
    training_occupation = models.CharField("Beruf der Ausbildung", max_length=160, blank=True)
    last_job = models.CharField("letzte Arbeit", max_length=200, blank=True)
    german_level = models.CharField("Deutsch", max_length=10, blank=True, help_text="Code der Liste german_levels")
    further_languages = models.CharField("weitere Sprachen", max_length=200, blank=True)
    driving_licence = models.CharField("Führerschein", max_length=120, blank=True)
    needs_integration = models.CharField(
        "braucht Hilfe auf dem Weg in Arbeit", max_length=8, choices=choices(YesNo), default="UNKNOWN"
    )
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Ausgangslage"
        verbose_name_plural = "Ausgangslagen"

    class Personal:
        compartment = Compartment.VOCATIONAL
        purpose = "Planung der Integration in Arbeit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Ausgangslage, Stand {self.refers_on:%d.%m.%Y}"


class BenefitSituation(Correctable):
    """Benefits before custody, debts: what decides the first weeks after release."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="benefitsituation")
    refers_on = models.DateField("Stand vom")
    benefit_before = models.CharField(
        "Leistung vor der Haft", max_length=30, blank=True, help_text="Code der Liste benefits"
    )
    debts = models.CharField("Schulden", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    remark = models.CharField("Bemerkung", max_length=300, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Leistungen und Schulden"
        verbose_name_plural = "Leistungen und Schulden"

    class Personal:
        compartment = Compartment.BENEFITS
        purpose = "Sicherung des Lebensunterhalts"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Leistungen und Schulden, Stand {self.refers_on:%d.%m.%Y}"


class HealthSituation(Correctable):
    """What the person says of their health, as far as it matters for work. Voluntary, with a consent of its own."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="healthsituation")
    refers_on = models.DateField("Stand vom")
    consent_on = models.DateField("dafür eigens eingewilligt am")
    limits = models.TextField("Was bei der Arbeit zu beachten ist", blank=True, help_text="keine Diagnosen")
    addiction_help = models.CharField(
        "Hilfe bei Sucht gewünscht", max_length=8, choices=choices(YesNo), default="UNKNOWN"
    )
    disability = models.CharField("Schwerbehinderung", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Gesundheit"
        verbose_name_plural = "Angaben zur Gesundheit"

    class Personal:
        compartment = Compartment.HEALTH
        purpose = "Rücksicht bei der Vermittlung in Arbeit"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Gesundheit, Stand {self.refers_on:%d.%m.%Y}"


class EsfEntry(Correctable):
    """What only the ESF asks, on the day of entry (domain 6). Sensitive questions may be left unanswered."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="esfentry")
    refers_on = models.DateField("Stand vom")
    household = models.CharField("Haushalt", max_length=20, blank=True, help_text="Code der Liste household_kinds")
    third_country = models.CharField("Drittstaatsangehörig", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    foreign_background = models.CharField(
        "ausländische Herkunft", max_length=8, choices=choices(YesNo), default="UNKNOWN"
    )
    minority = models.CharField("Minderheit", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    disability = models.CharField("Behinderung", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    homeless = models.CharField("ohne Wohnung", max_length=8, choices=choices(YesNo), default="UNKNOWN")
    refused = models.BooleanField("möchte freiwillige Fragen nicht beantworten", default=False)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "ESF-Angaben"
        verbose_name_plural = "ESF-Angaben"

    class Personal:
        compartment = Compartment.ESF
        purpose = "Bericht an den Europäischen Sozialfonds"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"ESF-Angaben, Stand {self.refers_on:%d.%m.%Y}"
