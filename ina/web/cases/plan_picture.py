"""The picture of the plan: goals as lanes over three phases, with the gate; steps as bars and marks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ina.planning.enums import StepStatus
from ina.planning.queries import GoalRow, StepRow
from ina.web.cases.score import LEFT, MONTHS, OPEN_END, WIDTH

TOP, LANE, FOOT = 30, 30, 24
NEAR = 7.0  # months closer than this to another word, in per cent, would lie on it
MOST_TICKS = 6


@dataclass(frozen=True)
class Band:
    css: str
    x: str
    width: str
    label: str
    indent: int


@dataclass(frozen=True)
class Bar:
    css: str
    x: str
    width: str
    title: str


@dataclass(frozen=True)
class Dot:
    css: str
    symbol: str
    x: str
    title: str


@dataclass(frozen=True)
class Lane:
    number: int
    name: str
    y: int
    bar_y: int
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Word:
    x: str
    text: str
    css: str


@dataclass(frozen=True)
class Picture:
    """x in per cent as text, y in pixels; the template only draws."""

    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    gate: str
    today: str
    words: tuple[Word, ...]
    height: int
    bottom: int
    y_words: int
    label: str


def picture(
    goals: tuple[GoalRow, ...],
    *,
    today: date,
    release: date | None,
    preparation: date | None,
    aftercare_ends: date | None,
    opened_on: date,
) -> Picture:
    """From the beginning of the case, or the first day of a step, to the end of aftercare or the last day."""
    days = [day for goal in goals for day in _days(goal)]
    first = min([opened_on, today, *days])
    last = max([aftercare_ends or (release or today) + OPEN_END, today + timedelta(days=28), *days])
    whole = (last - first).days or 1

    def place(day: date) -> float:
        return LEFT + min(max((day - first).days / whole, 0.0), 1.0) * WIDTH

    lanes = tuple(_lane(index, goal, place, today) for index, goal in enumerate(goals))
    bottom = TOP + LANE * len(lanes)
    words = _words(first, last, place, today, release)
    return Picture(
        lanes=lanes,
        bands=_bands(place, first, last, release, preparation),
        gate=_text(place(release)) if release else "",
        today=_text(place(today)),
        words=words,
        height=bottom + FOOT,
        bottom=bottom + 6,
        y_words=bottom + 19,
        label=f"Zeitbild des Plans: {len(goals)} {'Ziel' if len(goals) == 1 else 'Ziele'} mit ihren Schritten über"
        " Vollzug, Vorbereitung und Nachsorge. Alle Schritte stehen in der Liste darunter.",
    )


def _days(goal: GoalRow) -> list[date]:
    found = [goal.target_on]
    for step in goal.steps:
        found += [step.starts_on, step.ends_on, step.due_on, step.done_on]
    return [day for day in found if day]


def _bands(place, first: date, last: date, release: date | None, preparation: date | None) -> tuple[Band, ...]:
    if release is None:
        return (Band("p1", _text(place(first)), _text(WIDTH), "Termin offen", 6),)
    starts = min(max(preparation or release, first), release)
    borders = (
        (first, starts, "p1", "Vollzug"),
        (starts, release, "p2", "Vorbereitung"),
        (release, last, "p3", "Nachsorge"),
    )
    return tuple(
        Band(
            css, _text(place(begins)), _text(place(ends) - place(begins)),
            label if place(ends) - place(begins) > 9 else "", 10 if css == "p3" else 6,
        )
        for begins, ends, css, label in borders
        if ends > begins
    )  # fmt: skip


def _lane(index: int, goal: GoalRow, place, today: date) -> Lane:
    y = TOP + LANE * index + LANE // 2
    bars = [_bar(goal, step, place, today) for step in goal.steps if step.starts_on and step.ends_on]
    dots = [
        dot for step in goal.steps if not (step.starts_on and step.ends_on) if (dot := _dot(goal, step, place, today))
    ]
    return Lane(goal.number, goal.key_group.label, y, y - 5, tuple(bars), tuple(dots))


def _bar(goal: GoalRow, step: StepRow, place, today: date) -> Bar:
    assert step.starts_on and step.ends_on
    css = "is-done" if step.status is StepStatus.DONE else "is-run" if step.is_running(today) else "is-open"
    x = place(step.starts_on)
    title = f"{goal.number}.{step.number} {step.what}: {step.starts_on:%d.%m.}–{step.ends_on:%d.%m.%Y}"
    return Bar(css, _text(x), _text(max(place(step.ends_on) - x, 0.5)), title)


def _dot(goal: GoalRow, step: StepRow, place, today: date) -> Dot | None:
    day = step.done_on or step.due_on or step.starts_on or step.ends_on
    if day is None:
        return None
    symbol = mark_of(step, today)
    css = {"late": "is-late", "na": "is-unknown"}.get(symbol, f"is-{symbol}")
    return Dot(css, symbol, _text(place(day)), f"{goal.number}.{step.number} {step.what}: {day:%d.%m.%Y}")


def mark_of(step: StepRow, today: date) -> str:
    """The mark of a step as things stand."""
    if step.status is not StepStatus.OPEN:
        return "done" if step.status is StepStatus.DONE else "na"
    if step.is_overdue(today):
        return "late"
    if step.is_running(today):
        return "run"
    return "due" if step.due_on is not None and step.due_on <= today + timedelta(weeks=2) else "open"


def word_of(step: StepRow, today: date) -> str:
    words = {"late": "überfällig", "run": "läuft", "due": "bald fällig"}
    return words.get(mark_of(step, today), step.status.label)


def _words(first: date, last: date, place, today: date, release: date | None) -> tuple[Word, ...]:
    found = [Word(_text(place(today)), "heute", "t-b t-s t-c")]
    taken = [place(today)]
    if release and abs(place(release) - place(today)) >= NEAR:
        found.append(Word(_text(place(release)), f"{release.day}. {MONTHS[release.month - 1]}", "t-b t-s t-c"))
        taken.append(place(release))
    months = []
    day = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while day <= last:
        months.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    for month in months[:: max(1, -(-len(months) // MOST_TICKS))]:
        x = place(month)
        if 4 < x < 96 and all(abs(x - other) >= NEAR for other in taken):
            taken.append(x)
            found.append(Word(_text(x), f"{MONTHS[month.month - 1]} {month:%y}", "t-m t-s t-c only-wide-svg"))
    return tuple(found)


def _text(value: float) -> str:
    return f"{value:.2f}%"
