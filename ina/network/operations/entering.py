"""What all that is kept about partners shares when it is entered: columns, days, numbers. Nothing about people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max

from ina.base.errors import Invalid


def fill(row: Any, fields: dict[str, Any], editable: frozenset[str]) -> None:
    """Set columns from what was entered; words without blanks around them."""
    if unknown := sorted(fields.keys() - editable):
        raise TypeError(f"not editable: {', '.join(unknown)}")
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def in_future(day: date | None, today: date, field: str) -> None:
    """Invalid when a day that must have been lies ahead."""
    if day is not None and day > today:
        raise Invalid(f"Der {day:%d.%m.%Y} liegt in der Zukunft.", field)


def next_number(model: Any) -> int:
    """The next public number. Two at once wait for each other here instead of reaching for the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{model._meta.db_table}_number"])
    return (model.objects.aggregate(last=Max("number"))["last"] or 0) + 1
