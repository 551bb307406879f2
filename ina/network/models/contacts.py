"""Whom one rings at a partner. Office addresses of staff, no data about participants, hence no wall."""

from django.db import models
from django.db.models import Q


class PartnerContact(models.Model):
    """A contact person (Ansprechperson). Never deleted: it ends on a day. ``concern``: what one asks them about."""

    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="contacts", verbose_name="Stelle"
    )
    name = models.CharField("Name", max_length=120)
    role = models.CharField("Funktion", max_length=120, blank=True)
    concern = models.CharField("zuständig für", max_length=200, blank=True)
    phone = models.CharField("Telefon", max_length=60, blank=True, help_text="dienstlich")
    email = models.EmailField("E-Mail", max_length=200, blank=True, help_text="dienstlich")
    ended_on = models.DateField("letzter Tag", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=Q(ended_on=None),
                name="network_contact_named_once",
                violation_error_message="Diese Person steht bei der Stelle schon.",
            )
        ]

    def __str__(self):
        return self.name
