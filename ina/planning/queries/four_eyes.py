"""Whether plans of an institution need a second pair of eyes on a day. No personal data."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ina.planning.models import FourEyes


def demands_four_eyes(institution_id: int, on: date) -> bool:
    rules = FourEyes.objects.filter(institution_id=institution_id, starts_on__lte=on)
    return rules.filter(Q(ends_on=None) | Q(ends_on__gte=on)).exists()


def four_eyes_of(institution_id: int) -> FourEyes | None:
    """The rule that holds or will hold; None when there is none."""
    return FourEyes.objects.filter(institution_id=institution_id).order_by("-starts_on", "-pk").first()
