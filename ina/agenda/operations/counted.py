"""The days on which the clock of a case stood still, counted into its open deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from ina.agenda.enums import ItemState
from ina.agenda.kinds import stoppable_kinds
from ina.agenda.models import ClockStop, Item, Timing
from ina.agenda.rules import stopped_days
from ina.base.clock import day_of

PART_OF_OPERATION = "Teil einer Operation, die den Fall schon geladen hat"


def count_stops(dossiers: Iterable[int], *, also: tuple[int, int] | None = None) -> None:
    """Move the open deadlines of these files by the days that their clocks stood still, no more and no less.

    Part of an operation; listeners are the caller's business. also: a case that may have lost its last stop. One
    statement for files without any.
    """
    stops: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
    rows = ClockStop.objects.unscoped(because=PART_OF_OPERATION).standing().filter(dossier_id__in=list(dossiers))
    for dossier_id, number, first, last in rows.values_list("dossier_id", "case_number", "from_on", "until_on"):
        stops[dossier_id, number].append((first, last))
    if also is not None:
        stops.setdefault(also, [])
    for (dossier_id, number), periods in stops.items():
        _count(dossier_id, number, periods)


def _count(dossier_id: int, case_number: int, periods: list[tuple[date, date]]) -> None:
    of_case = {"dossier_id": dossier_id, "case_number": case_number}
    timings = Timing.objects.unscoped(because=PART_OF_OPERATION).filter(**of_case)
    days = dict(timings.values_list("anchor", "on"))
    items = Item.objects.unscoped(because=PART_OF_OPERATION).filter(
        **of_case, state=ItemState.OPEN, kind__in=stoppable_kinds()
    )
    for item in items:
        due = item.due_on - timedelta(days=item.stopped_days)
        moved = stopped_days(days.get(item.anchor) or day_of(item.recorded_at), due, periods)
        if moved == item.stopped_days:
            continue
        item.stopped_days = moved
        item.due_on = item.shown_on = due + timedelta(days=moved)
        item.snoozed_until, item.snooze_reason = None, ""
        item.version += 1
        item.save(update_fields=["stopped_days", "due_on", "shown_on", "snoozed_until", "snooze_reason", "version"])
