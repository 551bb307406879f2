"""Periods of days as range columns: first and last day as people say them, both included."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from ina.base.errors import Invalid

ONE_DAY = timedelta(days=1)


def period(first: date | None, last: date | None = None) -> DateRange:
    """From ``first`` to ``last``, both included; None leaves that side open. Raises Invalid when they are reversed."""
    if first and last and last < first:
        raise Invalid("Der letzte Tag liegt vor dem ersten.", "valid_until")
    return DateRange(first, last + ONE_DAY if last else None, "[)")


def first_day(days: DateRange) -> date | None:
    """The first day, None when open. Ranges from the database are always ``[first, day after last)``."""
    return days.lower


def begin(days: DateRange) -> date:
    """The first day of a period that always has one."""
    if days.lower is None:
        raise ValueError("this period has no first day")
    return days.lower


def last_day(days: DateRange) -> date | None:
    """The last day that still belongs to it, None when open."""
    return days.upper - ONE_DAY if days.upper else None
