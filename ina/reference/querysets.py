"""Filters for dated facts."""

from datetime import date

from django.db import models


class DatedQuerySet(models.QuerySet):
    def standing(self):
        """Without the entries that were corrected."""
        return self.filter(voided_at__isnull=True)

    def on(self, day: date):
        """What holds on this day."""
        return self.standing().filter(valid_period__contains=day)
