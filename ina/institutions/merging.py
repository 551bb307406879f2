"""Two entries for one house, found by likeness. Merging them is ``operations.merging``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.institutions.rules import Written, why_alike

# Prisons, offices and chambers come from official lists: there two entries are two houses.
MERGEABLE = (Kind.FIRM, Kind.PROVIDER, Kind.PROBATION, Kind.OTHER)
MOST = 200
# More entries than these under one key say that the key says nothing (a switchboard, a business park).
CROWD = 12


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
