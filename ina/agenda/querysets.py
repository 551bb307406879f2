"""What the database says of items for as many rows as there are: the day each is due, the title of a case's next."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value

from ina.access.enums import Compartment
from ina.agenda.rules import holidays_around


def due_from(anchor, around: Iterable[date]) -> Func:
    """The day that the item of a row is due when its anchor is on a day. around: all days that the anchor may be."""
    holidays = Value(holidays_around(around), output_field=ArrayField(models.DateField()))
    return Func(anchor, "offset_count", "offset_unit", holidays, function="agenda_due", output_field=models.DateField())


class NextTitle(Func):
    """For the rows of a list of cases: the title of the next open item, empty for whom the plan is not open.

    One expression, as ``access.querysets.Granted``: the ORM would compile a subquery anew on each page.
    """

    output_field = models.CharField()
    template = (
        "CASE WHEN (SELECT true FROM access_grant seen WHERE seen.dossier_id = %(dossier)s"
        " AND seen.holder_id = ANY (%%s) AND seen.compartments & %%s <> 0 AND seen.valid @> now() LIMIT 1)"
        " THEN (SELECT next.title FROM agenda_item next WHERE (next.dossier_id, next.case_number) = (%(expressions)s)"
        " AND next.state = 'OPEN' ORDER BY next.shown_on, next.id LIMIT 1) END"
    )

    def __init__(self, actor, dossier="dossier_id", case_number="case_number"):
        super().__init__(F(dossier), F(case_number))
        self.holders = list(actor.holders)

    def as_sql(self, compiler, connection, **context):  # type: ignore[override]
        dossier, _ = compiler.compile(self.source_expressions[0])
        sql, params = super().as_sql(compiler, connection, dossier=dossier, **context)
        return sql, [self.holders, int(Compartment.PLAN), *params]
