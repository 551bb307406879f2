"""What the acts of a case mean for its dated items (``agenda``): the one place where cases speak to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ina.agenda.enums import Anchor
from ina.agenda.kinds import custody_kinds
from ina.agenda.operations import course
from ina.agenda.queries import Next, next_item
from ina.cases.following import release_moved
from ina.cases.models import Case


def begin(case: Case, days: Mapping[Anchor, date | None], *, responsible_id: int | None, now: datetime) -> None:
    """The days that anchors stand for in this case: items that hang on them appear, move, or go without a day.

    The list row is refreshed by whoever calls.
    """
    course.set_anchors(
        [
            course.AnchorDay(
                dossier_id=case.dossier_id,
                case_number=case.number,
                anchor=anchor,
                on=on,
                responsible_id=responsible_id,
            )
            for anchor, on in days.items()
        ],
        now=now,
        quiet=True,
    )
    if Anchor.RELEASE in days:
        release_moved(case, days[Anchor.RELEASE], now)


def begin_many(cases: Sequence[Case], on: date, *, responsible_id: int | None, now: datetime) -> Next:
    """New cases that were all referred on one day; answers when each of them asks for the first time."""
    course.set_anchors(
        [
            course.AnchorDay(
                dossier_id=case.dossier_id,
                case_number=case.number,
                anchor=Anchor.REFERRAL,
                on=on,
                responsible_id=responsible_id,
            )
            for case in cases
        ],
        now=now,
        quiet=True,
    )
    return next_item(cases[0].dossier_id, cases[0].number) if cases else Next()


def ask_on(case: Case, kind: str, on: date, *, responsible_id: int | None, now: datetime) -> None:
    """Something is to come up again on a stated day: a resubmission, the end of a pause."""
    course.place_item(
        dossier_id=case.dossier_id,
        case_number=case.number,
        kind=kind,
        on=on,
        responsible_id=responsible_id,
        now=now,
    )


def withdraw(case: Case, kind: str, because: str, *, now: datetime) -> None:
    """Nothing asks for this kind as things stand; ``ask_on`` brings it back."""
    course.stop_all(dossier_id=case.dossier_id, case_number=case.number, because=because, now=now, kinds=(kind,))


def done(case: Case, kind: str, on: date, *, now: datetime, by: int | None) -> None:
    """What a kind of item asked for has happened."""
    course.settle(dossier_id=case.dossier_id, case_number=case.number, kind=kind, on=on, now=now, by=by)


def undone(case: Case, kind: str, *, now: datetime) -> None:
    """It had not happened after all: the entry was voided."""
    course.unsettle(dossier_id=case.dossier_id, case_number=case.number, kind=kind, now=now)


def stop(case: Case, because: str, *, now: datetime) -> None:
    """The case has ended: nothing asks any more."""
    course.stop_all(dossier_id=case.dossier_id, case_number=case.number, because=because, now=now)


def restart(case: Case, *, now: datetime) -> None:
    """The end was an error."""
    course.restart_all(dossier_id=case.dossier_id, case_number=case.number, now=now)


def free(case: Case, is_free: bool, *, now: datetime) -> None:
    """What is pointless once the person is free stops, and comes back when the release was an error."""
    dossier_id, case_number, kinds = case.dossier_id, case.number, custody_kinds()
    if is_free:
        because = "Die Person ist entlassen."
        course.stop_all(dossier_id=dossier_id, case_number=case_number, because=because, now=now, kinds=kinds)
    else:
        course.restart_all(dossier_id=dossier_id, case_number=case_number, now=now, kinds=kinds)


def hand_on(case: Case, responsible_id: int | None, *, instead_of: int | None = None) -> None:
    """Open items go to whoever leads the case now: all, or those of one position and of nobody."""
    course.assign_all(
        dossier_id=case.dossier_id, case_number=case.number, responsible_id=responsible_id, instead_of=instead_of
    )
