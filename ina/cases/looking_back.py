"""The registry through which modules above tell what came of an earlier case (goals reached, work found).

A reader is a function ``(actor, case_ids) -> {case_id: [line]}``: visible rows only, short German lines, best news
first. Filled in ``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ina.base.actor import Actor

Reader = Callable[[Actor, list[int]], dict[int, list[str]]]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    if reader not in _readers:
        _readers.append(reader)


def what_came_of(actor: Actor, case_ids: Iterable[int]) -> dict[int, list[str]]:
    """All lines of all modules, by case."""
    wanted = list(case_ids)
    told: dict[int, list[str]] = {case_id: [] for case_id in wanted}
    for reader in _readers if wanted else ():
        for case_id, lines in reader(actor, wanted).items():
            told[case_id] += lines
    return told
