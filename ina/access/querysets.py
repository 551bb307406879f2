"""The verb of every query about a person: ``visible_to(actor)``.

It says in the ORM what the wall says in the database (``wall.py``): a live grant for one of the actor's holders that
opens the table's compartment. Scalar and bounded, so that the planner cannot hash it (stack T1). A *list* narrows by
an indexed column first (responsible, unit); for that it is the caller's job.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q


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


ALL_OF = (
    "coalesce((SELECT true FROM access_grant seen WHERE seen.dossier_id = {dossier} AND seen.holder_id = ANY (%s)"
    " AND seen.compartments & {bits} = {bits} AND seen.valid @> now() LIMIT 1), false)"
)


class GrantedAll(Func):
    """Whether one of the holders has a live grant on this dossier that opens all compartments which the row names."""

    output_field = models.BooleanField()

    def __init__(self, dossier, compartments, *, holders=(), **extra):
        super().__init__(dossier, compartments, **extra)
        self.holders = list(holders)

    def as_sql(self, compiler, connection, **context):  # type: ignore[override]
        (dossier, first), (bits, second) = (compiler.compile(each) for each in self.source_expressions)
        return ALL_OF.format(dossier=dossier, bits=bits), [*first, self.holders, *second, *second]


class Bases(Func):
    """The bases of the live grants that these holders have on this dossier, the widest grant first."""

    output_field = ArrayField(models.TextField())
    template = (
        "ARRAY(SELECT mine.basis FROM access_grant mine WHERE mine.dossier_id = %(expressions)s"
        " AND mine.holder_id = ANY (%%s) AND mine.valid @> now() ORDER BY mine.compartments DESC)"
    )

    def __init__(self, dossier, *, holders=(), **extra):
        super().__init__(dossier, **extra)
        self.holders = list(holders)

    def as_sql(self, compiler, connection, **context):  # type: ignore[override]
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, [*params, self.holders]


class DossierTableQuerySet(models.QuerySet):
    dossier_column = "dossier_id"

    def visible_to(self, actor, *joined):
        """Rows on which the actor has a live grant; nothing for an actor without holders.

        joined: other tables of the same dossier that must be open to the actor too, as their rows are brought along.
        """
        if not actor.holders:
            return self.none()
        bits = {int(model.Personal.compartment) for model in (self.model, *joined)}
        dossier = F(self.dossier_column)
        return self.filter(*(Granted(dossier, holders=actor.holders, bit=bit) for bit in sorted(bits)))

    def bringing(self, actor, **relations):
        """Join, under these names, rows of the dossier that hang on this one; those hidden from the actor are left out.

        A row comes once for each of them. ``select_related`` fetches what is joined.
        """
        return self.annotate(**{name: self._seen(actor, relation) for name, relation in relations.items()})

    def _seen(self, actor, relation: str) -> FilteredRelation:
        table: Any = self.model._meta.get_field(relation).related_model
        seen = Granted(F(f"{relation}__dossier_id"), holders=actor.holders, bit=int(table.Personal.compartment))
        return FilteredRelation(relation, condition=Q(seen))

    def with_bases(self, actor):
        """Each row says in ``bases`` why the actor sees its dossier, the widest grant first."""
        return self.annotate(bases=Bases(F(self.dossier_column), holders=actor.holders))

    def standing(self):
        """Entries that count: not voided (tables of ``Correctable``)."""
        return self.filter(voided_at=None)

    def unscoped(self, *, because: str):
        """All that the wall lets through, for the reason given. The reason is for the reader of the code."""
        assert because
        return self


class ByRowQuerySet(DossierTableQuerySet):
    """Tables whose rows say themselves of which compartments they tell (``wall.wall_by_row``)."""

    def visible_to(self, actor, *joined):
        assert not joined
        if not actor.holders:
            return self.none()
        return self.filter(GrantedAll(F("dossier_id"), F("compartments"), holders=actor.holders))


class DossierQuerySet(DossierTableQuerySet):
    dossier_column = "id"


class HolderTableQuerySet(models.QuerySet):
    """Tables of what somebody keeps for themselves (uploads, drafts): walled by holder, there is no dossier yet."""

    def visible_to(self, actor):
        return self.filter(holder_id__in=list(actor.holders))

    def unscoped(self, *, because: str):
        assert because
        return self
