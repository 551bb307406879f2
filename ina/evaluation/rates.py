"""A share of a cohort with what makes it honest: n, unknowns, interval, who is left out, who they are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ina.base.protection import hidden_cells, is_small
from ina.cases.enums import Sex
from ina.evaluation.cohorts import Episodes, completed, status_of
from ina.evaluation.enums import AgeGroup, StatusGroup
from ina.evaluation.statistics import Interval, wilson

NOT_IN_DENOMINATOR = frozenset({StatusGroup.OUTSIDE})


@dataclass(frozen=True)
class Definition:
    """What a figure means, in words that stand beside it. A change of any of it is a new version."""

    key: str
    version: str
    title: str
    sentence: str  # after the figure: "waren sechs Monate nach der Entlassung in Arbeit"
    meaning: str
    numerator: str
    denominator: str
    window: str
    unknowns: str
    left_out: str
    caution: str
    source: str
    months: int
    counted: frozenset[StatusGroup]


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % interval of Wilson."""

    count: int
    of: int
    interval: Interval

    @property
    def value(self) -> float:
        return self.count / self.of


@dataclass(frozen=True)
class Line:
    """A line of a table; ``count`` None: protected."""

    label: str
    count: int | None
    share: float | None


@dataclass(frozen=True)
class Rate:
    """The answer of an indicator. ``protected``: too few people; then shares and tables are empty."""

    definition: Definition
    first_month: date | None
    last_month: date | None
    limit: int
    n: int
    known: int
    unknown: int
    left_out: int | None
    protected: bool
    with_unknowns: Share | None
    without_unknowns: Share | None
    statuses: tuple[Line, ...]
    ages: tuple[Line, ...]
    sexes: tuple[Line, ...]


def assess(
    definition: Definition,
    episodes: Iterable[Episodes],
    *,
    outcome_groups: Mapping[str, str],
    ending_groups: Mapping[str, str],
    limit: int,
    today: date,
) -> Rate:
    """Count a rate over all episodes whose window is over on this day.

    outcome_groups, ending_groups: what the codes of the lists count as. limit: the smallest number that is shown.
    The number of unknowns is always shown: it says something about our records, not about a person.
    """
    cohort = completed(episodes, definition.months, today)
    statuses: Counter[StatusGroup] = Counter()
    ages: Counter[str] = Counter()
    sexes: Counter[str] = Counter()
    left_out = 0
    for one in cohort:
        status = status_of(one, definition.months, outcome_groups, ending_groups)
        if status in NOT_IN_DENOMINATOR:
            left_out += one.count
            continue
        statuses[status] += one.count
        ages[one.age_group] += one.count
        sexes[one.sex] += one.count
    n, unknown = statuses.total(), statuses[StatusGroup.UNKNOWN]
    known = n - unknown
    count = sum(statuses[status] for status in definition.counted)
    protected = n < limit or is_small(count, limit) or is_small(known - count, limit)
    months = sorted(one.released_month for one in cohort)
    return Rate(
        definition=definition,
        first_month=months[0] if months else None,
        last_month=months[-1] if months else None,
        limit=limit,
        n=n,
        known=known,
        unknown=unknown,
        left_out=None if is_small(left_out, limit) else left_out,
        protected=protected,
        with_unknowns=None if protected else _share(count, n),
        without_unknowns=None if protected or not known else _share(count, known),
        statuses=() if protected else _status_lines(definition, statuses, n, limit),
        ages=() if protected else _lines({age: (age.label, ages[age]) for age in AgeGroup}, n, limit),
        sexes=() if protected else _lines({sex: (sex.label, sexes[sex]) for sex in Sex}, n, limit),
    )


def _share(count: int, of: int) -> Share:
    return Share(count, of, wilson(count, of))


def _status_lines(definition: Definition, statuses: Counter[StatusGroup], n: int, limit: int) -> tuple[Line, ...]:
    """Every status in its order. What the figure itself tells cannot hide anything any more."""
    known_from_figure = {StatusGroup.UNKNOWN} | (definition.counted if len(definition.counted) == 1 else set())
    cells = {
        group: (group.label, statuses[group])
        for group in StatusGroup
        if group not in NOT_IN_DENOMINATOR and (statuses[group] or group is not StatusGroup.OTHER)
    }
    return _lines(cells, n, limit, published=known_from_figure)


def _lines(cells: Mapping, n: int, limit: int, published=()) -> tuple[Line, ...]:
    hidden = hidden_cells({key: count for key, (_, count) in cells.items()}, limit, published)
    return tuple(
        Line(label, None, None) if key in hidden else Line(label, count, count / n)
        for key, (label, count) in cells.items()
    )
