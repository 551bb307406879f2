"""How the work with partners goes, in numbers that tell about nobody: written by the night, read by everybody."""

from django.db import models


class PartnerFigure(models.Model):
    """One partner over the months of ``partner_figures_period``. Small numbers are not here at all (None).

    ``referrals``: sent to it. ``arrived``: the first appointment was kept. ``waiting``: no end yet; counted as nothing
    else. The median spans are days from sending to the answer, and to the first appointment.
    """

    partner = models.OneToOneField("institutions.Institution", models.CASCADE, related_name="figure", primary_key=True)
    counted_on = models.DateField()
    referrals = models.PositiveIntegerField()
    arrived = models.PositiveIntegerField(null=True)
    refused = models.PositiveIntegerField(null=True)
    ended = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    answer_days = models.PositiveIntegerField(null=True)
    arrival_days = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "Zahlen einer Stelle"
        verbose_name_plural = "Zahlen der Stellen"

    def __str__(self):
        return f"{self.partner_id}: {self.referrals}"


class Cooperation(models.Model):
    """How often a house sent people to a partner; only where enough people stand behind it."""

    house = models.ForeignKey("institutions.Institution", models.CASCADE, related_name="+")
    partner = models.ForeignKey("institutions.Institution", models.CASCADE, related_name="+")
    referrals = models.PositiveIntegerField()

    class Meta:
        verbose_name = "Zusammenarbeit"
        verbose_name_plural = "Zusammenarbeit"
        constraints = [models.UniqueConstraint(fields=["house", "partner"], name="network_cooperation_once")]

    def __str__(self):
        return f"{self.house_id} – {self.partner_id}: {self.referrals}"
