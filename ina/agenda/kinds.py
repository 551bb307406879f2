"""The registry of kinds: what modules above want to be asked for, and when. Filled in ``apps.ready``."""

from __future__ import annotations

from dataclasses import dataclass

from ina.agenda.enums import Anchor


@dataclass(frozen=True)
class Kind:
    """Something that each case is asked for.

    parameter: key of a dated parameter, a duration or several (one item for each); empty: on the day of the anchor.
    before: counted backwards from the anchor. page: name of the page where it is done, for links. short_list: belongs
    to the shortened list when little time remains until the release (domain 9.2). until_release: pointless once the
    release has passed. step: to which step of the work it belongs, in the words of the module above. Kinds of the
    anchor FIXED come one by one, by ``operations.course.place_item``. stoppable: a deadline of our own, which moves by
    the days on which the clock of the case stood still; what counts towards the release never does.
    """

    key: str
    label: str
    anchor: Anchor
    parameter: str = ""
    before: bool = False
    page: str = ""
    short_list: bool = False
    until_release: bool = False
    step: str = ""
    stoppable: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Raises ValueError when the key is taken by another kind."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"agenda: two kinds are called {kind.key}")


def kinds_of(anchor: Anchor) -> tuple[Kind, ...]:
    """All kinds that count from this anchor, in the order of registering."""
    return tuple(kind for kind in _kinds.values() if kind.anchor is anchor)


def paged_kinds() -> tuple[str, ...]:
    """Keys of the kinds that name the page where they are done."""
    return tuple(kind.key for kind in _kinds.values() if kind.page)


def kind_of(key: str) -> Kind | None:
    """None for a free task, and for a kind of a former version."""
    return _kinds.get(key)


def stoppable_kinds() -> tuple[str, ...]:
    """Keys of the kinds whose deadlines wait while the clock of the case stands still."""
    return tuple(kind.key for kind in _kinds.values() if kind.stoppable)


def custody_kinds() -> tuple[str, ...]:
    """Keys of the kinds that are pointless once the person is free."""
    return tuple(kind.key for kind in _kinds.values() if kind.until_release)
