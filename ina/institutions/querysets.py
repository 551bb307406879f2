"""Filters for organisations and their periods."""

from datetime import date

from django.db import models
from django.db.models import Q

from ina.base.names import sort_key
from ina.base.periods import period


class InstitutionQuerySet(models.QuerySet):
    def existing_on(self, day: date):
        """Without those that were closed before this day or begin later."""
        return self.filter(valid_period__contains=day)

    def matching(self, words: str):
        """Every word occurs in the name, the short name, the town, the key or the official number."""
        rows = self
        for word in words.split():
            rows = rows.filter(
                Q(search_key__contains=sort_key(word))
                | Q(key__contains=word.casefold())
                | Q(official_number__startswith=word)
            )
        return rows


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(valid_period__contains=day)

    def not_ended_on(self, day: date):
        """Holding on this day or beginning later."""
        return self.filter(valid_period__overlap=period(day))
