"""A calendar outside that shows when somebody of the staff has appointments, and nothing else."""

from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """An address under which a position's appointments can be fetched. Only a keyed hash of it is kept.

    It tells of nobody: times with a neutral title, no place, no name, no file number. One open feed for a position; who
    suspects that somebody else has the address closes it and gets another.
    """

    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+", verbose_name="Stelle")
    address_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField("eingerichtet")
    closed_at = models.DateTimeField("geschlossen", null=True, blank=True)

    class Meta:
        verbose_name = "Kalender-Adresse"
        verbose_name_plural = "Kalender-Adressen"
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(closed_at=None), name="monitoring_feed_one_open"
            ),
        ]

    def __str__(self):
        return f"Kalender-Adresse {self.pk}"
