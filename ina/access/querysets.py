"""The verb of every query about a person: ``visible_to(actor)``.

It says in the ORM what the wall says in the database (``wall.py``): a live grant for one of the actor's holders that
opens the table's compartment. Scalar and bounded, so that the planner cannot hash it (stack T1). A *list* narrows by
an indexed column first (responsible, unit); for that it is the caller's job.
"""

from django.db import models
from django.db.models import F, Func


class Granted(Func):
    """Whether one of the holders has a live grant on this dossier that opens this compartment.

    One expression instead of an ORM subquery: compiling that one cost two milliseconds on each use (measured).
    """

    output_field = models.BooleanField()
    template = (
        "coalesce((SELECT true FROM access_grant seen WHERE seen.dossier_id = %(expressions)s"
        " AND seen.holder_id = ANY (%%s) AND seen.compartments & %%s <> 0 AND seen.valid @> now() LIMIT 1), false)"
    )

    def __init__(self, dossier, *, holders=(), bit=0, **extra):
        super().__init__(dossier, **extra)
        self.holders, self.bit = list(holders), bit

    def as_sql(self, compiler, connection, **context):  # type: ignore[override]
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, [*params, self.holders, self.bit]


class DossierTableQuerySet(models.QuerySet):
    dossier_column = "dossier_id"

    def visible_to(self, actor):
        """Rows on which the actor has a live grant; nothing for an actor without holders."""
        if not actor.holders:
            return self.none()
        bit = int(self.model.Personal.compartment)  # type: ignore[attr-defined]
        return self.filter(Granted(F(self.dossier_column), holders=actor.holders, bit=bit))

    def unscoped(self, *, because: str):
        """All that the wall lets through, for the reason given. The reason is for the reader of the code."""
        assert because
        return self


class DossierQuerySet(DossierTableQuerySet):
    dossier_column = "id"
