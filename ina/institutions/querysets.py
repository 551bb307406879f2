"""Filters for organisations and their periods."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from ina.base.periods import period
from ina.institutions.rules import spellings


class InstitutionQuerySet(models.QuerySet):
    def existing_on(self, day: date):
        """Without those that were closed before this day or begin later."""
        return self.filter(valid_period__contains=day)

    def matching(self, words: str):
        """Every word occurs in name, short name, address, key or official number; umlauts as somebody types them."""
        return self.matching_any([(word,) for word in words.split()])

    def matching_any(self, words: Iterable[Iterable[str]]):
        """Of every group of words one occurs."""
        rows = self
        for group in words:
            found = (Q(search_key__contains=spelled) for word in group for spelled in spellings(word))
            rows = rows.filter(reduce(or_, found, Q(pk__in=())))
        return rows


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(valid_period__contains=day)

    def not_ended_on(self, day: date):
        """Holding on this day or beginning later."""
        return self.filter(valid_period__overlap=period(day))
