"""Referrals of a person to partners, and the dated acts from which their state follows."""

from django.db import models
from django.db.models import Q

from ina.access.enums import Compartment
from ina.access.models import Correctable, Dossier
from ina.access.querysets import DossierTableQuerySet
from ina.cases.models import Case
from ina.network.enums import ReferralAct, RefusalReason
from ina.network.models.directory import Offer
from ina.profiling.enums import Need


def choices(enum):
    return [(item.value, item.label) for item in enum]


class ServiceReferral(Correctable):
    """Somebody is to be helped by a partner. A note in the file: nothing is transmitted from here.

    Its state is no column: it follows from the acts (``lifecycle.state_after``). ``number`` counts in the case.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="service_referrals")
    number = models.IntegerField("Nummer")
    partner = models.ForeignKey("institutions.Institution", models.PROTECT, related_name="+", verbose_name="Stelle")
    purpose = models.TextField("wozu")
    need = models.CharField("Handlungsbedarf", max_length=4, choices=choices(Need), blank=True)
    result = models.TextField("Ergebnis", blank=True)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Angebot")
    # The step of the plan that it serves: what comes of it is written there as well.
    step = models.ForeignKey(
        "planning.PlanStep", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Schritt im Plan"
    )

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Vermittlung an eine Stelle"
        verbose_name_plural = "Vermittlungen an Stellen"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], condition=Q(voided_at__isnull=True), name="network_referral_number"
            )
        ]

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Vermittlung an Netzwerkpartner"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"Vermittlung {self.number}"


class ServiceReferralAct(Correctable):
    """Something that happened to a referral on a day, entered on maybe another."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    referral = models.ForeignKey(ServiceReferral, models.PROTECT, related_name="acts")
    act = models.CharField("Ereignis", max_length=12, choices=choices(ReferralAct))
    happened_on = models.DateField("geschehen am")
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    remark = models.TextField("Bemerkung", blank=True)
    # What allowed to tell the partner: CONSENT or a code of ``transfer_bases``; empty where nothing was told.
    basis = models.CharField("Grundlage", max_length=24, blank=True, editable=False)
    refused_because = models.CharField(
        "Grund der Absage", max_length=12, choices=choices(RefusalReason), blank=True, editable=False
    )

    objects = DossierTableQuerySet.as_manager()

    class Meta:
        verbose_name = "Ereignis einer Vermittlung"
        verbose_name_plural = "Ereignisse einer Vermittlung"
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(act=ReferralAct.PROPOSED, voided_at__isnull=True),
                name="network_referral_proposed_once",
            )
        ]

    class Personal:
        compartment = Compartment.NETWORK
        purpose = "Nachweis des Verlaufs der Vermittlung"
        retention = "dossier"
        exported = True

    def __str__(self):
        return f"{ReferralAct(self.act).label} am {self.happened_on:%d.%m.%Y}"
