"""Filter verbs of the trail."""

from django.db import models


class EntryQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """The wall of the table decides (the dossier's readers; a data protection check)."""
        return self

    def unscoped(self, *, because: str):
        return self

    def of_dossier(self, dossier_id: int):
        return self.filter(dossier_id=dossier_id)

    def newest_first(self):
        return self.order_by("-at", "-id")
