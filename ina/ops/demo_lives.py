"""The lives of the demo one by one: each place of each group (``demo_stories``) with its days. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ina.ops.demo_days import BEGINNING, spread
from ina.ops.demo_endings import ENDED
from ina.ops.demo_stories import GOING_ON, Group

GROUPS = (*GOING_ON, *ENDED)
TOTAL = sum(group.size for group in GROUPS)

REFERRED_AT_MOST = BEGINNING.days - 7
REFERRED_AT_LEAST = 34


@dataclass(frozen=True)
class Life:
    """One place in a group: which one, led by whom, referred and released when (days from today)."""

    group: Group
    place: int
    lead: str
    referred: int
    release: int | None

    @property
    def inside(self) -> int:
        """Days in custody that the programme can use; 0 when nobody knows."""
        return self.release - self.referred if self.release is not None else 0

    def turn(self, values: tuple):
        """The value of this place, when a group takes them in turn."""
        return values[self.place % len(values)]

    def happens(self, what: str) -> bool:
        """Whether something that comes besides comes here (``Group.also``)."""
        every = self.group.also.get(what)
        return bool(every and self.place % every == every // 2)


def lives() -> list[Life]:
    return [life for group in GROUPS for life in _of_group(group)]


def _of_group(group: Group) -> Iterable[Life]:
    leads = _in_turn(group.by)
    for place, lead in enumerate(leads):
        release = spread(*group.release, place, len(leads)) if group.release else None
        if group.referred:
            referred = spread(*group.referred, place, len(leads))
        else:
            assert release is not None, f"{group.name}: neither referred nor released"
            inside = group.inside[place % len(group.inside)]
            referred = max(-REFERRED_AT_MOST, min(-REFERRED_AT_LEAST - place % 9, release - inside))
        life = Life(group, place, lead, referred, release)
        yield replace(life, release=None) if life.happens("no release date") else life


def _in_turn(by: Mapping[str, int]) -> list[str]:
    """Who leads the lives of a group: spread over it, so that everybody has early and late ones."""
    left = [(lead, count) for lead, count in by.items()]
    total = sum(by.values())
    slots = [((place + 0.5) / count, lead) for lead, count in left for place in range(count)]
    return [lead for _, lead in sorted(slots)][:total]
