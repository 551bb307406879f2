"""The Fallpartitur: time to scale, three phase bands, six lanes, and the accountable person through the gate. Pure.

Places along the time are percentages as text ("44.28%"), so that the drawing needs no script, no ``viewBox`` and no
locale can put a comma into it; places across are pixels. ``cases/_score.html`` only draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ina.cases.enums import Step
from ina.cases.steps import Mark, MarkState

LEFT, WIDTH = 0.62, 98.13
# Width of a letter of the one label, in percent of the picture at 1366 pixels: it shall not cross the gate.
LETTER = 0.72
# How far the picture reaches when nobody has named a day of release.
OPEN_END = timedelta(days=182)
MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
STATES = {
    MarkState.DONE: "erledigt",
    MarkState.RUNNING: "läuft",
    MarkState.OPEN: "geplant",
    MarkState.DUE: "bald fällig",
    MarkState.LATE: "überfällig",
    MarkState.FAILED: "nicht gelungen",
    MarkState.UNKNOWN: "nicht bekannt",
}
CLASSES = {state: f"is-{state.value}" for state in MarkState} | {MarkState.FAILED: "is-late"}
BEHIND = (MarkState.DONE, MarkState.RUNNING, MarkState.FAILED, MarkState.UNKNOWN)
# Steps that are work without a pause from their first mark on; the others are single events.
CONTINUOUS = frozenset({Step.NETWORKING, Step.MONITORING})


@dataclass(frozen=True)
class Stretch:
    """Somebody is accountable from a day to a day, both included; no last day: goes on."""

    name: str
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Times:
    """The days on which the picture hangs. ``gate``: confirmed or planned release."""

    opened_on: date
    today: date
    preparation_starts: date | None = None
    gate: date | None = None
    aftercare_ends: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class Band:
    css: str
    x: str
    width: str
    label: str
    note: str


@dataclass(frozen=True)
class Dot:
    x: str
    css: str
    symbol: str
    title: str


@dataclass(frozen=True)
class Line:
    x1: str
    x2: str
    css: str


@dataclass(frozen=True)
class Lane:
    number: int
    label: str
    y: int
    y_label: int
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Text:
    """A word with its place; ``dx`` in pixels, ``css`` with the anchor."""

    x: str
    dx: int
    y: int
    css: str
    text: str


@dataclass(frozen=True)
class Holder:
    """A stretch of accountability as drawn: solid until today, double after it, the name where it fits."""

    past: Line | None
    ahead: Line | None
    name_x: str
    name: str
    box_x: int
    box_width: int


@dataclass(frozen=True)
class Drawing:
    """One size of the picture. ``bottom``: lower edge of the bands, ``base``: the months stand on it."""

    phone: bool
    bottom: int
    base: int
    bands: tuple[Band, ...]
    ticks: tuple[Text, ...]
    gate: str
    today: str
    words: tuple[Text, ...]
    lanes: tuple[Lane, ...]
    urgent: Text | None
    holders: tuple[Holder, ...]
    y_holder: int


@dataclass(frozen=True)
class Row:
    """The same as a table: what is behind, what is late, what is to come."""

    label: str
    behind: str
    late: str
    ahead: str


@dataclass(frozen=True)
class Score:
    label: str
    wide: Drawing
    phone: Drawing
    rows: tuple[Row, ...]
    accountable: str


def score(times: Times, marks: dict[Step, list[Mark]], people: list[Stretch], phase: str) -> Score:
    """The picture on the day ``times.today``. ``phase``: the label of the present one, for the spoken sentence."""
    scale = _scale(times, marks)
    return Score(
        label=_sentence(times, marks, people, phase),
        wide=_draw(times, marks, people, scale, phone=False),
        phone=_draw(times, marks, people, scale, phone=True),
        rows=tuple(_row(step, marks.get(step, [])) for step in Step),
        accountable=accountability(times, people),
    )


def holes(times: Times, people: list[Stretch]) -> list[tuple[date, date]]:
    """Days between opening and today (or the end) on which nobody was accountable, as first and last day."""
    until, found, expected = times.ended_on or times.today, [], times.opened_on
    for stretch in sorted(people, key=lambda each: each.first):
        if stretch.first > expected:
            found.append((expected, min(stretch.first - timedelta(days=1), until)))
        if stretch.last is None:
            return [hole for hole in found if hole[0] <= hole[1]]
        expected = max(expected, stretch.last + timedelta(days=1))
    if expected <= until:
        found.append((expected, until))
    return [hole for hole in found if hole[0] <= hole[1]]


def accountability(times: Times, people: list[Stretch]) -> str:
    """Who was accountable since when, and whether a day was without anybody."""
    if not people:
        return "niemand zuständig"
    named = ", ".join(
        f"{each.name} seit {each.first:%d.%m.%Y}" + (f" bis {each.last:%d.%m.%Y}" if each.last else "")
        for each in people
    )
    gaps = holes(times, people)
    if not gaps:
        return f"{named}; kein Tag ohne Zuständige"
    said = ", ".join(f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}" for first, last in gaps)
    return f"{named}; niemand zuständig: {said}"


# --- scale --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scale:
    start: date
    end: date

    def at(self, day: date) -> float:
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return LEFT + WIDTH * min(max(share, 0.0), 1.0)

    def place(self, day: date) -> str:
        return percent(self.at(day))


def percent(value: float) -> str:
    return f"{value:.2f}%"


def _scale(times: Times, marks: dict[Step, list[Mark]]) -> Scale:
    days = [mark.on for lane in marks.values() for mark in lane]
    known = [day for day in (times.gate, times.aftercare_ends, times.ended_on) if day]
    start = min([times.opened_on, times.today, *days])
    end = max([times.today, *days, *known] + ([] if times.gate else [times.today + OPEN_END]))
    return Scale(start, end)


# --- drawing ------------------------------------------------------------------------------------------------------


def _draw(times: Times, marks, people, scale: Scale, *, phone: bool) -> Drawing:
    bottom = 278 if phone else 194
    return Drawing(
        phone=phone,
        bottom=bottom,
        base=bottom + 17,
        bands=tuple(_bands(times, scale, phone)),
        ticks=tuple(_ticks(times, scale, phone, bottom + 17)),
        gate=scale.place(times.gate) if times.gate else "",
        today=scale.place(times.today) if scale.start <= times.today <= scale.end else "",
        words=tuple(_words(times, scale, bottom + 17)),
        lanes=tuple(
            _lane(number, step, marks.get(step, []), times, scale, phone) for number, step in enumerate(Step, start=1)
        ),
        urgent=None if phone else _urgent(marks, scale, times.gate),
        holders=tuple(_holder(each, times, scale, phone) for each in people),
        y_holder=266 if phone else 180,
    )


def _bands(times: Times, scale: Scale, phone: bool):
    gate = times.gate or scale.end
    prepares = min(times.preparation_starts or gate, gate)
    cuts = (
        ("p1", times.opened_on, prepares, "Vollzug", "Vollzug", f"seit {times.opened_on:%d.%m.%Y}"),
        (
            "p2",
            max(prepares, times.opened_on),
            gate,
            "Entlassungsvorbereitung",
            "Vorbereitung",
            f"{'seit' if prepares <= times.today else 'ab'} {max(prepares, times.opened_on):%d.%m.%Y}",
        ),
        (
            "p3",
            times.gate or scale.end,
            times.aftercare_ends or scale.end,
            "Nachsorge",
            "Nachsorge",
            f"bis {times.aftercare_ends:%d.%m.%Y}" if times.aftercare_ends else "",
        ),
    )
    # Pixels that one percent has at least, in the two sizes.
    pixels = 3.2 if phone else 9.0
    for css, first, last, long, short, said in cuts:
        width = scale.at(last) - scale.at(first)
        if last <= first or width <= 0:
            continue
        room = width * pixels - 16
        label = next((word for word in (long, short) if len(word) * 7.5 <= room), "")
        yield Band(
            css, scale.place(first), percent(width), label, said if not phone and len(said) * 6.5 <= room else ""
        )


def _ticks(times: Times, scale: Scale, phone: bool, y: int):
    count, apart = (4, 14.0) if phone else (9, 5.0)
    months = (scale.end.year - scale.start.year) * 12 + scale.end.month - scale.start.month
    step = next((each for each in (1, 2, 3, 6, 12, 24) if months / each <= count), 60)
    taken = [scale.at(day) for day in (times.today, times.gate) if day]
    index = scale.start.year * 12 + scale.start.month
    for position in range(index, index + months + 1):
        if position % step:
            continue
        day = date(position // 12, position % 12 + 1, 1)
        place = scale.at(day)
        if scale.start <= day <= scale.end and all(abs(place - other) >= apart for other in taken):
            yield Text(percent(place), 0, y, "t-m t-s t-c", f"{MONTHS[day.month - 1]} {day:%y}")


def _words(times: Times, scale: Scale, y: int):
    """„heute“ and the day of release under the picture; side by side when they are close."""
    close = times.gate is not None and abs(scale.at(times.gate) - scale.at(times.today)) < 9
    after = times.gate is not None and times.today > times.gate
    if not close:
        anchor, shift = "t-c", 0
    else:
        anchor, shift = ("", 8) if after else ("t-r", -8)
    edge = scale.at(times.today)
    if not close and (edge < 3 or edge > 96):
        anchor = "" if edge < 3 else "t-r"
    yield Text(scale.place(times.today), shift, y, f"t-b t-s {anchor}".strip(), "heute")
    if times.gate:
        anchor, shift = ("t-c", 0) if not close else (("t-r", -8) if after else ("", 8))
        said = f"{times.gate.day}. {MONTHS[times.gate.month - 1]}"
        yield Text(scale.place(times.gate), shift, y, f"t-b t-s {anchor}".strip(), said)


def _lane(number: int, step: Step, marks: list[Mark], times: Times, scale: Scale, phone: bool) -> Lane:
    y = 53 + 36 * (number - 1) if phone else 51 + 22 * (number - 1)
    lines = []
    begun = [mark.on for mark in marks if mark.state in BEHIND and mark.on <= times.today]
    if step in CONTINUOUS and begun:
        until = min(times.ended_on or times.today, times.today)
        lines.append(Line(scale.place(min(begun)), scale.place(until), "lane-strong"))
        if times.ended_on is None:
            lines.append(Line(scale.place(until), percent(LEFT + WIDTH), "lane-fut"))
    dots = tuple(
        Dot(scale.place(mark.on), CLASSES[mark.state], mark.state.value, f"{step.label}: {_said(mark)}")
        for mark in marks
    )
    return Lane(number, step.label, y, y - 11, tuple(lines), dots)


def _said(mark: Mark) -> str:
    return f"{mark.label}, {mark.on:%d.%m.%Y}, {STATES[mark.state]}"


def _urgent(marks: dict[Step, list[Mark]], scale: Scale, gate: date | None) -> Text | None:
    """Only one lane carries words: what has been late for longest."""
    late = [(mark.on, number, mark) for number, step in enumerate(Step) for mark in marks.get(step, [])
            if mark.state is MarkState.LATE]  # fmt: skip
    if not late:
        return None
    on, number, mark = min(late, key=lambda each: each[:2])
    text = f"{mark.label[:60]}, fällig {on:%d.%m.}"
    at, width = scale.at(on), len(text) * LETTER
    left = at > 40 or (gate is not None and at < scale.at(gate) < at + width and at > width)
    return Text(
        scale.place(on), -13 if left else 13, 55 + 22 * number, "t-late t-s halo" + (" t-r" if left else ""), text
    )


def _holder(stretch: Stretch, times: Times, scale: Scale, phone: bool) -> Holder:
    last = stretch.last or times.ended_on
    past_until = min(last or times.today, times.today)
    past = ahead = None
    if stretch.first <= past_until:
        past = Line(scale.place(stretch.first), percent(scale.at(past_until) - scale.at(stretch.first)), "p1")
    if last is None or last > times.today:
        ahead = Line(
            scale.place(max(times.today, stretch.first)), scale.place(last) if last else percent(LEFT + WIDTH), "p1"
        )
    width = round(len(stretch.name) * 7.2) + 16
    begin, end = scale.at(stretch.first), scale.at(past_until)
    fits = not phone and (end - begin) * 9 >= width
    return Holder(past, ahead, percent((begin + end) / 2), stretch.name if fits else "", -width // 2, width)


# --- the same in words --------------------------------------------------------------------------------------------


def _row(step: Step, marks: list[Mark]) -> Row:
    def joined(states) -> str:
        return "; ".join(f"{mark.label}, {mark.on:%d.%m.%Y}" for mark in marks if mark.state in states) or "–"

    return Row(step.label, joined(BEHIND), joined((MarkState.LATE,)), joined((MarkState.OPEN, MarkState.DUE)))


def _sentence(times: Times, marks, people, phase: str) -> str:
    parts = [
        "Fallpartitur: drei Phasen, sechs Schritte und die Zuständigkeit über die Zeit.",
        f"Heute: {phase}." if times.ended_on is None else f"Beendet am {times.ended_on:%d.%m.%Y}.",
    ]
    if times.gate and times.gate > times.today:
        parts.append(f"{(times.gate - times.today).days} Tage bis zum Planungstermin {times.gate:%d.%m.%Y}.")
    elif times.gate is None:
        parts.append("Ein Tag der Entlassung ist nicht bekannt.")
    parts += [f"{mark.label} überfällig seit {mark.on:%d.%m.%Y}." for lane in marks.values() for mark in lane
              if mark.state is MarkState.LATE]  # fmt: skip
    parts.append(f"Zuständig: {accountability(times, people)}.")
    parts.append("Alle Angaben stehen unter „Als Tabelle“.")
    return " ".join(parts)
