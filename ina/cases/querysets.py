"""Filter verbs of cases."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ina.access.querysets import DossierTableQuerySet


class WorklistQuerySet(DossierTableQuerySet):
    """Lists narrow by an indexed column first (scope), then the wall: never by "all my grants" (stack T1)."""

    def of_responsible(self, membership_id: int):
        return self.filter(responsible_id=membership_id)

    def of_unit(self, unit_id: int):
        return self.filter(unit_id=unit_id)

    def of_team(self, team_id: int):
        return self.filter(team_id=team_id)

    def still_open(self):
        return self.filter(is_open=True)

    def after(self, column: str, value, case_id: int):
        """The rows behind a place in the order (column, case): written so that the index is used (stack T16)."""
        return self.filter(**{f"{column}__gte": value}).filter(Q(**{f"{column}__gt": value}) | Q(case_id__gt=case_id))

    def released_between(self, first: date, last: date):
        return self.filter(planning_key__gte=first, planning_key__lte=last)
