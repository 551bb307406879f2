"""Facts are read with the evaluator's own log-in; no other may."""

from django.db import models
from django.db.models import Count

ALIAS = "facts"


class FactQuerySet(models.QuerySet):
    def as_evaluator(self):
        return self.using(ALIAS)

    def counted_by(self, *columns: str):
        """How many episodes share the same values of these columns."""
        return self.order_by().values(*columns).annotate(count=Count("pk"))


class BuildQuerySet(models.QuerySet):
    def as_evaluator(self):
        return self.using(ALIAS)

    def latest_first(self):
        return self.order_by("-finished_at", "-pk")
