"""The picture of the preview: the release on two lines to scale, as planned so far and as it would be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ina.reference.rules import working_days_between
from ina.web.shell.dates import WEEKDAYS

BEFORE, AFTER = 0.08, 0.22  # room beside what is shown, as shares of the time between
NEAR, NEAR_ON_PHONE = 7.0, 22.0  # labels closer than this, in per cent, would lie on each other
MOST_TICKS = 5
TURN = 62.0  # from here on the words stand to the left of the gate


@dataclass(frozen=True)
class Band:
    """One line: where preparation begins and the gate stands, in per cent as text, and what stands beside the gate."""

    y: int
    custody: str
    preparation: str
    gate: str
    aftercare: str
    words: str
    more: str
    left: bool


@dataclass(frozen=True)
class Tick:
    """A month. wide: only where there is room."""

    x: str
    label: str
    wide: bool


@dataclass(frozen=True)
class Strip:
    bands: tuple[Band, ...]
    today: str
    ticks: tuple[Tick, ...]
    label: str


def strip(
    old: date | None, new: date | None, *, old_preparation: date | None, new_preparation: date | None, today: date
) -> Strip:
    """At least one of ``old`` and ``new`` is known."""
    days = [day for day in (today, old, new) if day]
    span = max((max(days) - min(days)).days, 28)
    first = min(days) - timedelta(days=round(span * BEFORE))
    whole = (max(days) - first).days + round(span * AFTER) or 1

    def place(day: date) -> float:
        return min(max((day - first).days / whole * 100, 0.0), 100.0)

    lines = [(day, begins) for day, begins in ((old, old_preparation), (new, new_preparation)) if day and begins]
    bands = tuple(
        _band(8 + 42 * index, day, place(begins), place(day), today) for index, (day, begins) in enumerate(lines)
    )
    return Strip(bands, _text(place(today)), _ticks(first, whole, place, today), _label(old, new))


def _band(y: int, day: date, begins: float, gate: float, today: date) -> Band:
    left = (day - today).days
    amount = "heute" if left == 0 else f"noch {left} {'Tag' if left == 1 else 'Tage'}" if left > 0 else "vorbei"
    working = working_days_between(today, day)
    return Band(
        y=y,
        custody=_text(min(begins, gate)),
        preparation=_text(max(gate - begins, 0)),
        gate=_text(gate),
        aftercare=_text(100 - gate),
        words=f"{WEEKDAYS[day.weekday()]}, {day:%d.%m.%Y} · {amount}",
        more=f" · {working} {'Arbeitstag' if working == 1 else 'Arbeitstage'}" if left > 0 else "",
        left=gate > TURN,
    )


def _ticks(first: date, whole: int, place, today: date) -> tuple[Tick, ...]:
    months = []
    day = date(first.year, first.month, 1)
    last = first + timedelta(days=whole)
    while day <= last:
        if day > first:
            months.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    step = max(1, -(-len(months) // MOST_TICKS))
    found, taken, on_phone = [], [place(today)], [place(today)]
    for month in months[::step]:
        x = place(month)
        if x < 96 and all(abs(x - other) >= NEAR for other in taken):
            taken.append(x)
            wide = x > 90 or any(abs(x - other) < NEAR_ON_PHONE for other in on_phone)
            if not wide:
                on_phone.append(x)
            found.append(Tick(_text(x), f"{month:%m/%Y}", wide))
    return tuple(found)


def _label(old: date | None, new: date | None) -> str:
    if old and new:
        days = (new - old).days
        amount = f"{abs(days)} {'Tag' if abs(days) == 1 else 'Tage'} {'früher' if days < 0 else 'später'}"
        return f"Der Entlassungstermin rückt vom {old:%d.%m.%Y} auf den {new:%d.%m.%Y}: {amount}."
    if new:
        return f"Zum ersten Mal ein Entlassungstermin: {new:%d.%m.%Y}."
    return f"Der Entlassungstermin {old:%d.%m.%Y} fällt weg."


def _text(value: float) -> str:
    return f"{value:.2f}%"
