"""The registry through which modules above keep their rows in line with a case, inside the transaction that changes it.

Unlike an event it is never lost and fails with the operation. Filled in ``apps.ready``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ina.cases.models import Case

# (case, ended_on, released_on, now), after each act, correction or special event: derive anew, so that what is undone
# leaves nothing behind. The case is loaded and locked.
Follower = Callable[["Case", date | None, date | None, datetime], None]
_followers: list[Follower] = []
# (case, position that leads it, since).
Successor = Callable[["Case", int, date], None]
_successors: list[Successor] = []


def follow_course(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def course_changed(case: Case, *, ended_on: date | None, released_on: date | None, now: datetime) -> None:
    for follower in _followers:
        follower(case, ended_on, released_on, now)


def follow_hands(successor: Successor) -> None:
    if successor not in _successors:
        _successors.append(successor)


def hands_changed(case: Case, receiver_id: int, since: date) -> None:
    """From this day on somebody else leads the case."""
    for successor in _successors:
        successor(case, receiver_id, since)


# (case, the day of release as planned or confirmed now, now), whenever items that count from it are re-dated.
ReleaseFollower = Callable[["Case", date | None, datetime], None]
_release_followers: list[ReleaseFollower] = []


def follow_release(follower: ReleaseFollower) -> None:
    if follower not in _release_followers:
        _release_followers.append(follower)


def release_moved(case: Case, on: date | None, now: datetime) -> None:
    for follower in _release_followers:
        follower(case, on, now)
