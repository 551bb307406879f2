"""The day an item is due, computed in the database for as many rows as there are."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Value

from ina.agenda.rules import holidays_around


def due_from(anchor, around: Iterable[date]) -> Func:
    """The day that the item of a row is due when its anchor is on a day. around: all days that the anchor may be."""
    holidays = Value(holidays_around(around), output_field=ArrayField(models.DateField()))
    return Func(anchor, "offset_count", "offset_unit", holidays, function="agenda_due", output_field=models.DateField())
