"""Occupations: finding one by messy wording, its title, and the tree of the KldB 2010 to look through.

The index over all wordings lives in the process, made from the tables by the first search and again after an import
(decision 0011); a search asks the database what is loaded, and for the titles of what it found.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from ina.base.errors import NotVisible
from ina.reference.models import Occupation, OccupationGroup, OccupationSource
from ina.reference.occupation_matching import Index, Wording
from ina.reference.occupation_words import words_of

# What a hit counts: what people say, a title, a course of studies, the name of a group.
SAID, TITLE, DEGREE, GROUP = 1.05, 1.0, 0.72, 0.9
LONGEST = 200
LEVELS = {"1": "Helfer", "2": "Fachkraft", "3": "Spezialist", "4": "Experte"}


@dataclass(frozen=True)
class OccupationHit:
    """``kldb``: five digits. ``hint``: the group and the level. ``score``: comparable within one search only."""

    kldb: str
    title: str
    hint: str
    score: float


@dataclass(frozen=True)
class SourceRow:
    key: str
    title: str
    source: str
    rows: int
    loaded_at: datetime


@dataclass(frozen=True)
class GroupRow:
    kldb: str
    title: str
    remarks: str
    includes: tuple[str, ...]


@dataclass(frozen=True)
class OccupationRow:
    kldb: str
    title: str
    craft: str


@dataclass(frozen=True)
class GroupPage:
    """A place of the KldB with what stands above and below it, and the names of occupations under it."""

    group: GroupRow | None
    above: tuple[GroupRow, ...]
    below: tuple[GroupRow, ...]
    names: tuple[OccupationRow, ...]


class _Loaded:
    """The index of this process and what it was made from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made_from: tuple = ()
        self.index: Index | None = None
        # By wording: the id of its occupation, or minus the id of its group.
        self.owners: list[int] = []


_loaded = _Loaded()


def find_occupations(text: str, limit: int = 5) -> list[OccupationHit]:
    """The occupations that the words may mean, each of another four-digit group, best first. No words: none."""
    index, owners = _index()
    found = index.find(text[:LONGEST], limit)
    ids = [owners[one.at] for one in found]
    named = {row.pk: (row.kldb, row.title) for row in Occupation.objects.filter(pk__in=[pk for pk in ids if pk > 0])}
    if groups := [-pk for pk in ids if pk < 0]:
        named |= _skilled(groups)
    hints = _hints({named[pk][0] for pk in ids if pk in named})
    return [
        OccupationHit(*named[pk], hint=hints[named[pk][0]], score=round(one.score, 4))
        for one, pk in zip(found, ids, strict=True)
        if pk in named
    ]


def occupation_title(kldb: str, on: date | None = None) -> str:
    """What the KldB calls this place; „KldB 12345“ where it is not loaded. ``on``: one edition is kept, any day."""
    row = OccupationGroup.objects.filter(kldb=kldb).values_list("title", flat=True).first()
    return row or f"KldB {kldb}"


def occupation_titles(codes: set[str]) -> dict[str, str]:
    """As ``occupation_title``, of several in one query."""
    known = dict(OccupationGroup.objects.filter(kldb__in=codes).values_list("kldb", "title"))
    return {kldb: known.get(kldb) or f"KldB {kldb}" for kldb in codes}


def occupation_exists(kldb: str) -> bool:
    """Whether an occupation or a place of the KldB with these five digits is loaded."""
    if OccupationGroup.objects.filter(kldb=kldb).exists():
        return len(kldb) == 5
    return Occupation.objects.filter(kldb=kldb).exists()


def list_occupation_sources() -> tuple[SourceRow, ...]:
    return tuple(
        SourceRow(row.key, row.title, row.source, row.rows, row.loaded_at) for row in OccupationSource.objects.all()
    )


def occupation_group(kldb: str) -> GroupPage:
    """A place of the tree; empty digits mean its top. NotVisible where there is none."""
    row = OccupationGroup.objects.filter(kldb=kldb).first() if kldb else None
    if kldb and row is None:
        raise NotVisible()
    above = OccupationGroup.objects.filter(kldb__in=[kldb[:size] for size in range(1, len(kldb))])
    below = OccupationGroup.objects.filter(kldb__startswith=kldb, kldb__regex=f"^.{{{len(kldb) + 1}}}$")
    names = (
        Occupation.objects.filter(kldb__startswith=kldb, degree=False) if len(kldb) >= 4 else Occupation.objects.none()
    )
    distinct = {(one.kldb, one.title): one for one in names.order_by("kldb", "title", "-craft")}
    return GroupPage(
        group=_group_row(row) if row else None,
        above=tuple(map(_group_row, above.order_by("kldb"))),
        below=tuple(map(_group_row, below.order_by("kldb"))),
        names=tuple(OccupationRow(one.kldb, one.title, one.craft) for one in distinct.values()),
    )


def _skilled(ids: list[int]) -> dict[int, tuple[str, str]]:
    """By minus the id of a four-digit group: code and title of its place for skilled work, else of its first."""
    groups = dict(OccupationGroup.objects.filter(pk__in=ids).values_list("kldb", "pk"))
    places = OccupationGroup.objects.filter(kldb__in=[kldb + level for kldb in groups for level in "1234"])
    found: dict[int, tuple[str, str]] = {}
    for kldb, title in sorted(places.values_list("kldb", "title"), key=lambda one: (one[0][4] != "2", one[0])):
        found.setdefault(-groups[kldb[:4]], (kldb, title))
    return found


def _group_row(row: OccupationGroup) -> GroupRow:
    tasks = tuple(task.strip() for task in row.includes.split(";") if task.strip())
    return GroupRow(row.kldb, row.title, row.remarks, tasks)


def _hints(codes: set[str]) -> dict[str, str]:
    titles = dict(OccupationGroup.objects.filter(kldb__in={kldb[:4] for kldb in codes}).values_list("kldb", "title"))
    hints = {}
    for kldb in codes:
        level = LEVELS.get(kldb[4:5], "")
        hints[kldb] = " · ".join(part for part in (titles.get(kldb[:4], ""), level) if part)
    return hints


def _index() -> tuple[Index, list[int]]:
    state = tuple(OccupationSource.objects.values_list("pk", "loaded_at", "rows"))
    if _loaded.index is None or _loaded.made_from != state:
        with _loaded.lock:
            if _loaded.index is None or _loaded.made_from != state:
                _loaded.index, _loaded.owners = _made()
                _loaded.made_from = state
    return _loaded.index, _loaded.owners


def _made() -> tuple[Index, list[int]]:
    """The index from all rows. Wordings that say the same of the same group count once, at their best."""
    best: dict[tuple[str, tuple[str, ...]], tuple[float, int]] = {}

    def add(kldb: str, text: str, weight: float, owner: int) -> None:
        words = tuple(words_of(text))
        if words and weight > best.get((kldb[:4], words), (0.0, 0))[0]:
            best[kldb[:4], words] = (weight, owner)

    for pk, kldb, title, words, degree in (
        Occupation.objects.order_by("pk").values_list("pk", "kldb", "title", "words", "degree").iterator()
    ):
        add(kldb, title, DEGREE if degree else TITLE, pk)
        if not degree:
            for word in words.split(";"):
                add(kldb, word, SAID, pk)
    for pk, kldb, title in OccupationGroup.objects.order_by("pk").values_list("pk", "kldb", "title").iterator():
        if len(kldb) == 4:
            add(kldb, title.removeprefix("Berufe in der ").removeprefix("Berufe im "), GROUP, -pk)
    wordings = [Wording(kldb, words, weight) for (kldb, words), (weight, _) in best.items()]
    explained: dict[str, str] = defaultdict(str)
    told = OccupationGroup.objects.exclude(remarks="", includes="").values_list("kldb", "remarks", "includes")
    for kldb, remarks, includes in told.iterator():
        explained[kldb[:4]] += f" {remarks} {includes}"
    return Index(wordings, explained), [owner for _, owner in best.values()]
