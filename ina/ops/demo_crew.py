"""Tells the lives of the demo side by side, in as many processes as there are cores: no life touches another one.

Imported by new processes before Django is ready, so what needs it is imported inside.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ina.ops.demo_referrals import Told

AT_MOST, AT_ONCE = 4, 4


def crew() -> int:
    """How many processes are worth it here."""
    return min(AT_MOST, os.cpu_count() or 1)


def tell_all(told: Sequence[Told], today: date, processes: int, progress: Callable[[int], None]) -> None:
    """Every life in a transaction of its own. progress: is told how many are done."""
    if processes == 1:
        for done in range(0, len(told), AT_ONCE):
            tell_some(told[done : done + AT_ONCE], today)
            progress(min(done + AT_ONCE, len(told)))
        return
    some = [told[first : first + AT_ONCE] for first in range(0, len(told), AT_ONCE)]
    done = 0
    # New processes, not forks: a connection to the database cannot be shared.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=wake) as pool:
        for count in pool.map(tell_some, some, [today] * len(some)):
            done += count
            progress(done)


def wake() -> None:
    """In a new process: Django, and an end with the parent (Ctrl-C is the parent's business)."""
    import django

    from ina.ops.parent import die_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    django.setup()
    gc.freeze()


def tell_some(told: Sequence[Told], today: date) -> int:
    from ina.ops.demo_staff import Staff
    from ina.ops.demo_walk import tell

    staff = Staff()
    for one in told:
        tell(one, today, staff)
    return len(told)
