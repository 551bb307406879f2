"""Calculations around a case, one file per question. Pure; parameters are handed in."""

from ina.cases.rules.eligibility import age_on
from ina.cases.rules.release import DateClaim, planning_claim, planning_date

__all__ = ["DateClaim", "age_on", "planning_claim", "planning_date"]
