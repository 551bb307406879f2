"""Calculations around a case. Pure; parameters are handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.cases.enums import HypothesisStatus


@dataclass(frozen=True)
class DateClaim:
    """One hypothesis about the day of release, as the rule needs it."""

    on: date
    status: HypothesisStatus


def planning_date(claims: Iterable[DateClaim]) -> date | None:
    """The earliest date that is plausible or decided (domain 9.2); None when nobody has said one."""
    counted = (HypothesisStatus.PLAUSIBLE, HypothesisStatus.DECIDED)
    return min((claim.on for claim in claims if claim.status in counted), default=None)


def age_on(born_on: date, day: date) -> int:
    """Completed years of life on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
