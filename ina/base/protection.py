"""Small numbers: a count of a few people tells about each of them. Pure.

Source: domain section 1.4 no. 6; the limit is the dated parameter ``small_number_limit``. A nought is shown: it is a
count of nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def is_small(count: int, limit: int) -> bool:
    """Between one and ``limit`` − 1 people."""
    return 0 < count < limit


def hidden_cells(counts: Mapping[Key, int], limit: int, published: Collection[Key] = ()) -> frozenset[Key]:
    """Which cells of a table with a known total must not be shown.

    First the small ones; then the smallest others, until what is hidden are at least two cells that together hold at
    least ``limit`` people, so that no hidden cell follows from the total. published: cells that readers know from
    elsewhere; they cannot hide anything, and a small one cannot be hidden here.
    """
    hidden = {key for key, count in counts.items() if is_small(count, limit) and key not in published}
    if not hidden:
        return frozenset()
    others = sorted(
        (count, str(key), key) for key, count in counts.items() if key not in hidden and key not in published
    )
    # People first; empty cells hide only when nothing else is left.
    for _, _, key in [row for row in others if row[0]] + [row for row in others if not row[0]]:
        if len(hidden) > 1 and sum(counts[one] for one in hidden) >= limit:
            break
        hidden.add(key)
    return frozenset(hidden)
