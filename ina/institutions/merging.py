"""Two entries for one house: found by likeness, merged into one. Neither is deleted; old letters and cases name both.

What hangs on an entry above this floor registers here: it may refuse a merge, and it follows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.base.periods import first_day, period
from ina.institutions import policies
from ina.institutions.enums import Kind
from ina.institutions.models import Coverage, Institution, RegionService
from ina.institutions.rules import Written, why_alike

# Prisons, offices and chambers come from official lists: there two entries are two houses.
MERGEABLE = (Kind.FIRM, Kind.PROVIDER, Kind.PROBATION, Kind.OTHER)
MOST = 200
# More entries than these under one key say that the key says nothing (a switchboard, a business park).
CROWD = 12

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


@dataclass(frozen=True)
class Alike:
    """Two entries that may be one house, and why."""

    one: Institution
    other: Institution
    because: str


def alike(on: date) -> list[Alike]:
    """Likely doubles among partners that exist on a day, the clearest first; at most ``MOST``. One statement."""
    rows = list(Institution.objects.existing_on(on).filter(kind__in=[each.value for each in MERGEABLE]))
    told = {row.pk: Written.of(row) for row in rows}
    blocks: dict[tuple[str, str], list[Institution]] = defaultdict(list)
    for row in rows:
        for key in told[row.pk].keys:
            blocks[key].append(row)
    found: dict[tuple[int, int], Alike] = {}
    clear: dict[tuple[int, int], int] = {}
    for block in blocks.values():
        if len(block) > CROWD:
            continue
        for one, other in combinations(sorted(block, key=lambda row: row.pk), 2):
            pair = (one.pk, other.pk)
            if pair not in found and (because := why_alike(told[one.pk], told[other.pk])):
                found[pair] = Alike(one, other, ", ".join(because))
                clear[pair] = len(because)
    best = sorted(found, key=lambda pair: (-clear[pair], found[pair].one.name_key, pair))
    return [found[pair] for pair in best[:MOST]]


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
