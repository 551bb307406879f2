"""Offsets of kinds and their names, holidays for a calculation, how an item stands on a day. Pure.

The day itself is computed by ``reference.rules.Duration`` or, for many rows at once, by the SQL function
``agenda_due``; a test holds both against each other. A due day of the agenda is not moved to a working day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ina.agenda.enums import Anchor, ItemState, Urgency
from ina.agenda.kinds import Kind
from ina.reference.enums import Unit, ValueKind
from ina.reference.rules import Duration, holidays_of, parse_value, stored_value

# Units that lead from a day to a day.
UNITS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
# Holidays are handed to the database for so many years on both sides of an anchor; as many working days fit in surely.
REACH_YEARS = 2
MOST_WORKING_DAYS = 480
# Whole years of which the library knows the holidays; of others it knows none, and would make them working days.
KNOWN_FROM, KNOWN_UNTIL = 1991, 2100
# No offset is longer; and no day of a case lies outside these years.
LONGEST = timedelta(days=366 * 30)
EARLIEST, LATEST = date(KNOWN_FROM + REACH_YEARS, 1, 1), date(KNOWN_UNTIL - REACH_YEARS, 12, 31)
# From when on an item counts as due soon: a matter of display, no deadline.
SOON = timedelta(weeks=2)


@dataclass(frozen=True)
class Planned:
    """An item that a kind asks for, with its offset from the anchor (negative: before it)."""

    kind: Kind
    title: str
    offset: Duration


def planned_items(kind: Kind, value) -> list[Planned]:
    """What a kind asks for. value: of its parameter, a duration or several; None for a kind without one.

    Several durations are told apart in the title: „Mindeststandards prüfen (3 Monate vorher)“.
    Raises ValueError for values that are no durations, or none of days.
    """
    if not kind.parameter:
        return [Planned(kind, kind.label, Duration(0, Unit.DAYS))]
    if isinstance(value, Duration):
        return [Planned(kind, kind.label, signed(kind, value))]
    if isinstance(value, tuple):
        distinct = dict.fromkeys(signed(kind, each) for each in value)
        return [Planned(kind, f"{kind.label} ({offset_words(offset)})", offset) for offset in distinct]
    raise ValueError(f"Der Wert von „{kind.parameter}“ ist keine Dauer.")


def signed(kind: Kind, duration: Duration) -> Duration:
    """The offset of a kind from a duration as its parameter states it."""
    return checked(-duration if kind.before else duration)


def checked(offset: Duration) -> Duration:
    """Raises ValueError with a German sentence when an item cannot have this offset."""
    if offset.unit not in UNITS:
        raise ValueError(f"Ein Abstand zählt in Tagen, Wochen, Monaten oder Jahren, nicht in {offset.unit.plural}.")
    if offset.unit is Unit.WORKING_DAYS and abs(offset.count) > MOST_WORKING_DAYS:
        raise ValueError(f"Ein Abstand hat höchstens {MOST_WORKING_DAYS} Arbeitstage.")
    days = {Unit.DAYS: 1, Unit.WORKING_DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}
    if abs(offset.count) * days[offset.unit] > LONGEST.days:
        raise ValueError("Der Abstand ist zu lang.")
    return offset


def parse_offset(typed: str, *, before: bool) -> Duration:
    """The offset that somebody typed: „3 Wochen“, „10 Arbeitstage“. Raises ValueError with a German sentence."""
    value = parse_value(ValueKind.DURATION, stored_value(ValueKind.DURATION, typed))
    assert isinstance(value, Duration)
    return checked(-value if before else value)


def offset_words(offset: Duration) -> str:
    """„3 Monate vorher“, „1 Tag danach“, „am Tag selbst“."""
    if offset.count == 0:
        return "am Tag selbst"
    if offset.count < 0:
        return f"{-offset} vorher"
    return f"{offset} danach"


# How an item that counts from an anchor is told: before it, after it, on the day itself.
TOLD = {
    Anchor.REFERRAL: ("vor dem Zugang", "nach dem Zugang", "am Tag des Zugangs"),
    Anchor.ADMISSION: ("vor der Aufnahme", "nach der Aufnahme", "am Tag der Aufnahme"),
    Anchor.RELEASE: ("vor dem Entlassungstermin", "nach der Entlassung", "am Tag der Entlassung"),
    Anchor.CLOSING: ("vor dem Abschluss", "nach dem Abschluss", "am Tag des Abschlusses"),
}


def reckoned(anchor: Anchor, offset: Duration | None, stopped: int = 0) -> str:
    """What a due day counts from: „3 Monate vor dem Entlassungstermin“, „fester Tag“; stopped: days of no clock."""
    if stopped:
        return f"{reckoned(anchor, offset)}, {stopped} {'Tag' if stopped == 1 else 'Tage'} angehalten"
    if anchor is Anchor.FIXED or offset is None:
        return Anchor.FIXED.label
    before, after, same_day = TOLD[anchor]
    if offset.count == 0:
        return same_day
    return f"{-offset} {before}" if offset.count < 0 else f"{offset} {after}"


def stopped_days(since: date, due_on: date, stops: Iterable[tuple[date, date]]) -> int:
    """How many days a deadline moves because the clock stood still between its beginning and its (moved) end.

    since: the day it counts from, which does not count itself (§ 187 BGB). stops: first and last day each, not
    overlapping. A stop that begins after the deadline has passed moves nothing.
    """
    moved = 0
    for first, last in sorted(stops):
        begins = max(first, since + timedelta(days=1))
        if begins <= due_on + timedelta(days=moved) and last >= begins:
            moved += (last - begins).days + 1
    return moved


def day_in_reach(day: date) -> bool:
    """Whether items can be computed from this day."""
    return EARLIEST <= day <= LATEST


def holidays_around(days: Iterable[date]) -> list[date]:
    """Public holidays of NRW as far as offsets in working days can reach from these days."""
    years = {near for day in days for near in range(day.year - REACH_YEARS, day.year + REACH_YEARS + 1)}
    return [holiday for year in sorted(years) for holiday in holidays_of(year)]


def latest_day_with(duration: Duration, until: date) -> date:
    """The latest day from which so much time has passed by ``until``."""
    day = duration.before(until)
    while duration.after(day) > until:
        day -= timedelta(days=1)
    while duration.after(day + timedelta(days=1)) <= until:
        day += timedelta(days=1)
    return day


def urgency_of(state: ItemState, shown_on: date, snoozed_until: date | None, today: date) -> Urgency:
    """shown_on: the day on which the item asks for attention. On that day itself it is not yet overdue."""
    if state is not ItemState.OPEN:
        return Urgency(state.value)
    if shown_on < today:
        return Urgency.OVERDUE
    if snoozed_until is not None and snoozed_until > today:
        return Urgency.SNOOZED
    return Urgency.SOON if shown_on <= today + SOON else Urgency.LATER
