"""The verb of every query about a person: ``visible_to(actor)``.

It says in the ORM what the wall says in the database (``wall.py``): a live grant for one of the actor's holders that
opens the table's compartment. Scalar and bounded, so that the planner cannot hash it (stack T1). A *list* narrows by
an indexed column first (responsible, unit); for that it is the caller's job.
"""

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Now


class DossierTableQuerySet(models.QuerySet):
    dossier_column = "dossier_id"

    def visible_to(self, actor):
        """Rows on which the actor has a live grant; nothing for an actor without holders."""
        from ina.access.models import Dossier, Grant

        if not actor.holders:
            return self.none()
        column = "pk" if self.model is Dossier else self.dossier_column
        grant = (
            Grant._base_manager.filter(
                dossier_id=OuterRef(column), holder_id__in=list(actor.holders), valid__contains=Now()
            )
            .annotate(opened=models.F("compartments").bitand(int(self.model.Personal.compartment)))
            .exclude(opened=0)
            .values(yes=Value(True))[:1]
        )
        return self.filter(Coalesce(Subquery(grant, output_field=models.BooleanField()), Value(False)))

    def unscoped(self, *, because: str):
        """All that the wall lets through, for the reason given. The reason is for the reader of the code."""
        assert because
        return self
