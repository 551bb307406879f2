"""Two entries for one house become one. Neither is deleted; old letters and cases name both.

What hangs on an entry above this floor registers here: it may refuse a merge, and it follows it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.base.periods import first_day, period
from ina.institutions import policies
from ina.institutions.enums import Kind
from ina.institutions.merging import MERGEABLE
from ina.institutions.models import Coverage, Institution, RegionService

# Answers why a merge cannot be, or nothing.
Hindrance = Callable[[Institution], str]
Follower = Callable[[Institution, Institution, datetime], None]
_hindrances: list[Hindrance] = []
_followers: list[Follower] = []


def on_merge(*, hindrance: Hindrance | None = None, follower: Follower | None = None) -> None:
    """hindrance: asked about the entry that would go. follower: called with (gone, kept, now) in the transaction."""
    if hindrance is not None and hindrance not in _hindrances:
        _hindrances.append(hindrance)
    if follower is not None and follower not in _followers:
        _followers.append(follower)


@operation("institutions.merge_institution", may=policies.may_edit_institution, on=Institution)
def merge_institution(row: Institution, *, actor: Actor, into_key: str, now: datetime) -> Institution:
    """This entry ends, what it offered goes on under the other one, which is the answer. Called with ``version``.

    What was signed, sent and noted keeps the name that it had: a consent for the old entry is none for the new one.
    Invalid: itself, another kind, an entry that ended or was merged, a house where people of ours have an account.
    """
    kept = Institution.objects.select_for_update().filter(key=into_key).first()
    today = day_of(now)
    if kept is None or kept.pk == row.pk:
        raise Invalid("Bitte wählen Sie eine andere Einrichtung, die bleibt.", "into_key")
    if kept.kind != row.kind or Kind(row.kind) not in MERGEABLE:
        raise Invalid("Zusammengelegt werden zwei Betriebe oder zwei Partner derselben Art.", "into_key")
    for one in (row, kept):
        if one.merged_into_id is not None or today not in one.valid_period:
            raise Invalid(f"„{one.short_name}“ besteht nicht mehr.", "into_key")
    if Coverage.objects.filter(institution=row).exists() or RegionService.objects.filter(institution=row).exists():
        raise Invalid(f"„{row.short_name}“ ist für Kreise oder Regionen zuständig.", "into_key")
    for hindrance in _hindrances:
        if why := hindrance(row):
            raise Invalid(why, "into_key")
    row.merged_into = kept
    first = first_day(row.valid_period)
    last = today - timedelta(days=1)
    row.valid_period = period(min(first, last) if first else None, last)
    row.version += 1
    row.full_clean()
    row.save()
    Institution.objects.filter(parent=row).update(parent=kept)
    Institution.objects.filter(kept_by=row).update(kept_by=kept)
    Institution.objects.filter(merged_into=row).update(merged_into=kept)
    for follower in _followers:
        follower(row, kept, now)
    note(gone=row.key, kept=kept.key)
    return kept
