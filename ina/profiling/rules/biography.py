"""Months of experience at work. Overlapping stretches count once; per occupation group as well. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.profiling.enums import BiographyKind


@dataclass(frozen=True)
class Stretch:
    """since, until: any day in the first and the last month, both counted; None: it goes on. kldb: may be empty."""

    kind: BiographyKind
    since: date
    until: date | None = None
    kldb: str = ""


@dataclass(frozen=True)
class Experience:
    """In months. by_group: per occupation group (three digits of the KldB), the longest first; overlaps of different
    groups count in both, so the groups may add up to more than the total."""

    total: int
    outside: int
    inside: int
    by_group: tuple[tuple[str, int], ...]


def experience_of(stretches: Iterable[Stretch], today: date) -> Experience:
    """What jobs add up to until today; months to come do not count yet."""
    jobs = [one for one in stretches if one.kind.is_experience]
    groups = sorted({one.kldb[:3] for one in jobs if one.kldb})
    counted = [(group, _months([one for one in jobs if one.kldb[:3] == group], today)) for group in groups]
    return Experience(
        total=_months(jobs, today),
        outside=_months([one for one in jobs if one.kind is BiographyKind.JOB], today),
        inside=_months([one for one in jobs if one.kind is BiographyKind.JOB_INSIDE], today),
        by_group=tuple(sorted((one for one in counted if one[1]), key=lambda one: (-one[1], one[0]))),
    )


def _months(stretches: Iterable[Stretch], today: date) -> int:
    worked: set[int] = set()
    for one in stretches:
        last = min(one.until or today, today)
        worked.update(range(_number(one.since), _number(last) + 1))
    return len(worked)


def _number(day: date) -> int:
    return day.year * 12 + day.month


def duration(months: int) -> str:
    """„2 Jahre 3 Monate“, „14 Monate“ up to two years."""
    if months < 24:
        return "1 Monat" if months == 1 else f"{months} Monate"
    years, rest = divmod(months, 12)
    return f"{years} Jahre" + (f" {duration(rest)}" if rest else "")
