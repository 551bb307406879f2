"""What a house and a partner agreed on in writing (Kooperationsvereinbarung, domain 7.4); nothing about people."""

from django.db import models
from django.db.models import F, Q


class Agreement(models.Model):
    """Term and notice as signed; where it stands on a day follows from them (``rules.agreements``).

    ``ends_on``: last day of the first term, None: without end. ``notice_months``: before the end of a term.
    ``renews_months``: the term goes on by so much when nobody gives notice. ``terminated_to``: last day after notice.
    """

    number = models.PositiveIntegerField("Nummer", unique=True, editable=False)
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="agreements", verbose_name="Stelle"
    )
    house = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="+", verbose_name="unsere Seite", editable=False
    )
    contact = models.ForeignKey(
        "network.PartnerContact", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ansprechperson"
    )
    subject = models.CharField("Gegenstand", max_length=200)
    target_group = models.CharField("Zielgruppe", max_length=500, blank=True)
    services = models.TextField("Leistungen", max_length=4000, blank=True)
    referral_route = models.CharField("Weg der Vermittlung und Bogen", max_length=500, blank=True)
    costs = models.CharField("Kosten", max_length=300, blank=True)
    data_rules = models.TextField(
        "Regeln zum Datenaustausch",
        max_length=4000,
        blank=True,
        help_text="Eine Vereinbarung ersetzt keine Einwilligung.",
    )
    reporting = models.CharField("Berichte", max_length=500, blank=True)
    evaluation = models.CharField("Auswertungsgespräch", max_length=300, blank=True)
    starts_on = models.DateField("gilt ab")
    ends_on = models.DateField("gilt bis", null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField("Kündigungsfrist in Monaten", null=True, blank=True)
    renews_months = models.PositiveSmallIntegerField("verlängert sich um Monate", null=True, blank=True)
    signed_on = models.DateField("unterschrieben am", null=True, blank=True)
    terminated_to = models.DateField("gekündigt zum", null=True, blank=True)
    terminated_because = models.CharField("gekündigt, weil", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        verbose_name = "Vereinbarung"
        verbose_name_plural = "Vereinbarungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="network_agreement_term",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(renews_months=None) | (Q(renews_months__gt=0) & Q(ends_on__isnull=False)),
                name="network_agreement_renews_a_term",
                violation_error_message="Verlängern kann sich nur, was ein Ende hat.",
            ),
        ]

    def __str__(self):
        return self.subject
