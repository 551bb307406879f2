"""What the course of a case does with its items: parts of operations of modules above, without a policy of their own.

Whoever calls has loaded and locked the case. Listeners (``changed``) are told inside the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ina.agenda import statements
from ina.agenda.changed import tell
from ina.agenda.enums import Anchor, Halt, ItemState, Origin, ReminderStep
from ina.agenda.kinds import kind_of
from ina.agenda.models import Item, Reminder, Timing
from ina.agenda.operations.counted import count_stops
from ina.agenda.queries import new_items
from ina.agenda.querysets import due_from
from ina.agenda.rules import Planned, day_in_reach, holidays_around, signed
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.reference.rules import Duration

PART_OF_OPERATION = "Teil einer Operation, die den Fall schon geladen hat"
UNDATED = "Termin offen"


@dataclass(frozen=True, kw_only=True)
class AnchorDay:
    """The day that an anchor stands for in one case; None: nobody knows it (any more)."""

    dossier_id: int
    case_number: int
    anchor: Anchor
    on: date | None
    responsible_id: int | None = None


def set_anchor(
    *,
    dossier_id: int,
    case_number: int,
    anchor: Anchor,
    on: date | None,
    responsible_id: int | None,
    now: datetime,
) -> None:
    """State, move or take back the day of an anchor. See ``set_anchors``."""
    day = AnchorDay(dossier_id=dossier_id, case_number=case_number, anchor=anchor, on=on, responsible_id=responsible_id)
    set_anchors([day], now=now)


def set_anchors(days: Sequence[AnchorDay], *, now: datetime, quiet: bool = False) -> None:
    """The days of several anchors, of one case or of thousands, in the same few statements.

    Open items are re-dated; where that really moves the due day a snooze falls away. Each kind that the case was never
    asked for is created, however late it already is, except what is pointless after a release that has passed, and
    except in a case that has ended. Without a day, open items of the anchor drop („Termin offen“) until there is one.
    Items keep the offset they were created with; a changed parameter is for cases to come.

    quiet: listeners are not told; the caller writes its list rows itself. Raises Invalid for a day that nothing can be
    counted from, and NoSuchFact for a kind whose parameter has no value on the day.
    """
    dated = [day for day in days if day.on is not None]
    undated = [day for day in days if day.on is None]
    for day in dated:
        if day.on is not None and not day_in_reach(day.on):
            raise Invalid(f"Mit dem {day.on:%d.%m.%Y} lässt sich nicht rechnen.", "on")
    with connection.cursor() as cursor:
        # Two who move a date at once do so one after the other, and items are numbered in the order of their keys.
        cursor.execute(statements.LOCK, [sorted({day.dossier_id for day in days})])
        if undated:
            cursor.execute(statements.FORGET, _columns(undated))
            cursor.execute(statements.UNDATE, _columns(undated) | {"now": now, "today": day_of(now)})
        if dated:
            holidays = holidays_around(day.on for day in dated if day.on)
            cursor.execute(statements.STORE, _columns(dated))
            cursor.execute(statements.MOVE, _columns(dated) | {"holidays": holidays})
            if new := _planned(dated, day_of(now)):
                cursor.execute(statements.CREATE, _new_columns(new) | {"holidays": holidays, "now": now})
    if dated:
        count_stops({day.dossier_id for day in dated})
    if not quiet:
        _tell_all((day.dossier_id, day.case_number) for day in days)


def place_item(
    *, dossier_id: int, case_number: int, kind: str, on: date, responsible_id: int | None, now: datetime
) -> None:
    """Ask for a kind with the anchor FIXED by a day (a resubmission, an answer): the open one moves, or one is made.

    One that was moot, or done on account of an entry that was voided, asks again instead of a second one.
    """
    known = kind_of(kind)
    if known is None or known.anchor is not Anchor.FIXED:
        raise ValueError(f"agenda: {kind} is no kind with a stated day")
    items = _of_case(dossier_id, case_number).filter(kind=kind)
    open_items = items.filter(state=ItemState.OPEN)
    again = items.filter(Q(halt=Halt.MOOT) | Q(state=ItemState.DONE, due_on=on)).order_by("-pk").first()
    if not open_items.exists() and again is not None:
        items.filter(pk=again.pk).update(
            state=ItemState.OPEN, halt="", because="", due_on=on, shown_on=on, stopped_days=0,
            snoozed_until=None, snooze_reason="", closed_on=None, closed_at=None,
            closed_by=None, version=F("version") + 1,
        )  # fmt: skip
    elif not open_items.exists():
        Item.objects.create(
            dossier_id=dossier_id,
            case_number=case_number,
            kind=kind,
            title=known.label,
            anchor=Anchor.FIXED,
            due_on=on,
            shown_on=on,
            responsible_id=responsible_id,
            origin=Origin.AUTOMATIC,
            recorded_at=now,
        )
    else:
        open_items.exclude(due_on=on).update(
            due_on=on, shown_on=on, stopped_days=0, snoozed_until=None, snooze_reason="", version=F("version") + 1
        )
    if known.stoppable:
        count_stops([dossier_id])
    tell(dossier_id, case_number)


def settle(
    *,
    dossier_id: int,
    case_number: int,
    kind: str,
    on: date,
    now: datetime,
    by: int | None,
    offset: Duration | None = None,
) -> int:
    """What a kind asks for was done on a day: its open items are done, or with ``offset`` (as the parameter states it)
    the one. by: the position that did it. Answers how many."""
    done = (
        _of_kind(dossier_id, case_number, kind, offset)
        .filter(state=ItemState.OPEN)
        .update(
            state=ItemState.DONE,
            closed_on=on,
            closed_at=now,
            closed_by_id=by,
            version=F("version") + 1,
        )
    )
    if done:
        tell(dossier_id, case_number)
    return done


def unsettle(*, dossier_id: int, case_number: int, kind: str, now: datetime, offset: Duration | None = None) -> int:
    """The entry that settled items of a kind was voided: they ask again, by the day that holds now."""
    return reopen(
        _of_kind(dossier_id, case_number, kind, offset).filter(state=ItemState.DONE), dossier_id, case_number, now
    )


def stop_all(
    *,
    dossier_id: int,
    case_number: int | None = None,
    because: str,
    now: datetime,
    kinds: Iterable[str] | None = None,
) -> int:
    """Nothing asks any more: the case ended; without a number all cases of the dossier (death). Answers how many.

    kinds: only these (``kinds.custody_kinds()`` once the person is free); ``restart_all`` brings them back apart.
    Reminders that nobody has seen are deleted.
    """
    items = _of_case(dossier_id, case_number).filter(state=ItemState.OPEN)
    if kinds is not None:
        items = items.filter(kind__in=list(kinds))
    found = list(items.values_list("pk", "case_number"))
    if not found:
        return 0
    pks = [pk for pk, _ in found]
    Reminder.objects.unscoped(because=PART_OF_OPERATION).filter(item_id__in=pks, seen_at=None).delete()
    _of_case(dossier_id, case_number).filter(pk__in=pks).update(
        state=ItemState.DROPPED,
        halt=Halt.STOPPED if kinds is None else Halt.MOOT,
        because=because,
        closed_on=day_of(now),
        closed_at=now,
        closed_by=None,
        version=F("version") + 1,
    )
    _tell_all((dossier_id, number) for _, number in found)
    return len(found)


def restart_all(*, dossier_id: int, case_number: int, now: datetime, kinds: Iterable[str] | None = None) -> int:
    """What ``stop_all`` stopped asks again, by the days that hold now: the end, or with ``kinds`` the release, was
    entered by mistake. Answers how many."""
    items = _of_case(dossier_id, case_number).filter(halt=Halt.STOPPED if kinds is None else Halt.MOOT)
    if kinds is not None:
        items = items.filter(kind__in=list(kinds))
    return reopen(items, dossier_id, case_number, now)


def assign_all(*, dossier_id: int, case_number: int, responsible_id: int | None, instead_of: int | None = None) -> int:
    """Open items get a new responsible; nobody stands in yet. Answers how many.

    instead_of: only those of this position and those of nobody. The night reminds the new one of all that is late.
    """
    items = _of_case(dossier_id, case_number).filter(state=ItemState.OPEN)
    if instead_of is not None:
        items = items.filter(responsible_id=instead_of) | items.filter(responsible_id=None)
    pks = list(items.values_list("pk", flat=True))
    if not pks:
        return 0
    Reminder.objects.unscoped(because=PART_OF_OPERATION).filter(item_id__in=pks).exclude(
        step=ReminderStep.ESCALATED
    ).delete()
    _of_case(dossier_id, case_number).filter(pk__in=pks).update(
        responsible_id=responsible_id, deputy=None, version=F("version") + 1
    )
    tell(dossier_id, case_number)
    return len(pks)


def reopen(items, dossier_id: int, case_number: int, now: datetime) -> int:
    """Open these items of a case again, due by the days that hold now; those without a day wait for one."""
    pks = list(items.values_list("pk", flat=True))
    if not pks:
        return 0
    timings = Timing.objects.unscoped(because=PART_OF_OPERATION).filter(dossier_id=dossier_id, case_number=case_number)
    days = dict(timings.values_list("anchor", "on"))
    rows = _of_case(dossier_id, case_number).filter(pk__in=pks)
    due = Coalesce(
        due_from(Subquery(timings.filter(anchor=OuterRef("anchor")).values("on")[:1]), days.values()),
        # Without the days of a stop: they are counted anew below, like those of the others.
        ExpressionWrapper(F("due_on") - F("stopped_days"), output_field=DateField()),
    )
    rows.filter(anchor__in=[Anchor.FIXED, *days]).update(
        due_on=due,
        shown_on=due,
        stopped_days=0,
        snoozed_until=None,
        snooze_reason="",
        state=ItemState.OPEN,
        halt="",
        because="",
        closed_on=None,
        closed_at=None,
        closed_by=None,
        version=F("version") + 1,
    )
    rows.exclude(anchor__in=[Anchor.FIXED, *days]).update(
        state=ItemState.DROPPED,
        halt=Halt.UNDATED,
        because=UNDATED,
        closed_on=day_of(now),
        closed_at=now,
        closed_by=None,
        version=F("version") + 1,
    )
    count_stops([dossier_id])
    tell(dossier_id, case_number)
    return len(pks)


def _of_case(dossier_id: int, case_number: int | None):
    rows = Item.objects.unscoped(because=PART_OF_OPERATION).filter(dossier_id=dossier_id)
    return rows if case_number is None else rows.filter(case_number=case_number)


def _of_kind(dossier_id: int, case_number: int, kind: str, offset: Duration | None):
    rows = _of_case(dossier_id, case_number).filter(kind=kind)
    known = kind_of(kind)
    if offset is None or known is None:
        return rows
    told = signed(known, offset)
    return rows.filter(offset_count=told.count, offset_unit=told.unit)


def _tell_all(cases: Iterable[tuple[int, int]]) -> None:
    for dossier_id, case_number in dict.fromkeys(cases):
        tell(dossier_id, case_number)


# --- what is new ---------------------------------------------------------------------------------------------------


def _planned(days: list[AnchorDay], today: date) -> list[tuple[AnchorDay, Planned]]:
    asked: dict[tuple[Anchor, date], list[Planned]] = {}
    found = []
    for day in days:
        assert day.on is not None
        key = (day.anchor, day.on)
        if key not in asked:
            asked[key] = new_items(day.anchor, day.on, today)
        found += [(day, planned) for planned in asked[key]]
    return found


def _columns(days: list[AnchorDay]) -> dict[str, list]:
    return {
        "dossiers": [day.dossier_id for day in days],
        "cases": [day.case_number for day in days],
        "anchors": [day.anchor.value for day in days],
        "days": [day.on for day in days],
    }


def _new_columns(new: list[tuple[AnchorDay, Planned]]) -> dict[str, list]:
    return _columns([day for day, _ in new]) | {
        "kinds": [planned.kind.key for _, planned in new],
        "titles": [planned.title for _, planned in new],
        "counts": [planned.offset.count for _, planned in new],
        "units": [planned.offset.unit.value for _, planned in new],
        "responsible": [day.responsible_id for day, _ in new],
    }
