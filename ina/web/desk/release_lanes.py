"""The releases to come as a strip to scale: two posts each, the name beside them, no label on another. Pure.

Places along the time are percentages as text, places across are pixels, as in the Fallpartitur (``web.cases.score``).
Posts stand in lanes like a staircase: a label reaches to the right over the posts of lower lanes, which begin below it.
Where all lanes are taken a post stands low and without a label; its line is in the list below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# The day at the end of the view lies here, in per cent: the last labels have their room to the right of it.
END = 84.0
# The narrowest strip that is drawn, in pixels: below it pages show the list instead. Labels fit from here on.
NARROWEST = 920
LANE, FIRST, MOST_LANES = 31, 8, 6
LOW = 16
WEEK = timedelta(days=7)
# Wide on average, in pixels: a bold letter of 13 px, a letter of 12 px; the mark and the gap around a label.
BOLD, PLAIN, ASIDE, GAP = 7.4, 6.3, 22, 10
# Room of the words in the zone of the shortened list, in per cent.
ZONE = 230 / NARROWEST * 100


@dataclass(frozen=True)
class Release:
    """Somebody who leaves: the name as short as the strip shows it, what stands below it, and the mark."""

    on: date
    name: str
    words: str
    mark: str


@dataclass(frozen=True)
class Post:
    x: str
    y: int
    name: str
    words: str
    mark: str
    css: str
    title: str


@dataclass(frozen=True)
class Tick:
    """A week; every second one with its day."""

    x: str
    label: str


@dataclass(frozen=True)
class Strip:
    """short: how far the zone of the shortened list reaches; short_x: where its words stand, empty without room."""

    height: int
    base: int
    short: str
    short_x: str
    posts: tuple[Post, ...]
    ticks: tuple[Tick, ...]
    end: str
    label: str


MARK_CLASSES = {"late": "is-late", "due": "is-due", "open": "is-open", "done": "is-done"}


def release_strip(releases: list[Release], *, today: date, days: int, short_until: date, total: int) -> Strip:
    """The strip from ``today`` for so many days. releases: by day; total: with those for whom there was no room.

    short_until: the last day for which the shortened list holds (dated parameter).
    """

    def place(day: date) -> float:
        return min(max((day - today).days / days * END, 0.0), END)

    placed = list(zip(releases, _lanes([(place(one.on), _width(one)) for one in releases]), strict=True))
    lanes = max([lane for _, lane in placed if lane is not None], default=0) + 1
    base = FIRST + LANE * max(lanes, 2) + 32
    return Strip(
        height=base + 24,
        base=base,
        short=_text(place(short_until)),
        short_x=_room([place(one.on) for one in releases], place(short_until)),
        posts=tuple(_post(one, lane, place(one.on), base) for one, lane in placed),
        ticks=tuple(_ticks(today, days, place)),
        end=_text(END),
        label=_label(releases, today, days, total),
    )


def _width(release: Release) -> float:
    """Of a label, in per cent of the narrowest strip."""
    return (max(len(release.name) * BOLD, len(release.words) * PLAIN + ASIDE) + GAP) / NARROWEST * 100


def _lanes(labels: list[tuple[float, float]]) -> list[int | None]:
    """The lane of each label (place, width), from left to right: the first below all that reach over its post."""
    found: list[int | None] = []
    taken: list[tuple[float, int]] = []  # where a label ends, its lane
    for x, width in labels:
        above = [lane for end, lane in taken if end > x]
        lane = max(above, default=-1) + 1
        if lane >= MOST_LANES:
            found.append(None)
            continue
        found.append(lane)
        taken.append((x + width, lane))
    return found


def _room(posts: list[float], end: float) -> str:
    """The first place in the zone at which its words cross no post."""
    for x in (0.0, *posts):
        beside = [post for post in posts if post > x]
        if x < end and (not beside or beside[0] - x >= ZONE):
            return _text(x)
    return ""


def _post(release: Release, lane: int | None, x: float, base: int) -> Post:
    told = f"{release.name}: {release.words}"
    if lane is None:
        return Post(_text(x), base - LOW, "", "", release.mark, MARK_CLASSES[release.mark], told)
    return Post(
        _text(x),
        FIRST + LANE * lane,
        release.name,
        release.words,
        release.mark,
        MARK_CLASSES[release.mark],
        told,
    )


def _ticks(today: date, days: int, place):
    day, number = today, 0
    while (day - today).days <= days:
        label = "heute" if number == 0 else "" if number % 2 else f"{day:%d.%m.}"
        yield Tick(_text(place(day)), label)
        day, number = day + WEEK, number + 1


def _label(releases: list[Release], today: date, days: int, total: int) -> str:
    last = today + timedelta(days=days)
    if not releases:
        return f"Keine Entlassung bis zum {last:%d.%m.%Y}."
    amount = "Eine Entlassung" if total == 1 else f"{total} Entlassungen"
    shown = f" Gezeichnet sind die ersten {len(releases)}." if total > len(releases) else ""
    late = sum(one.mark == "late" for one in releases)
    overdue = f" Bei {late} davon ist etwas überfällig." if late else ""
    return f"{amount} bis zum {last:%d.%m.%Y}.{shown}{overdue} Alle Angaben stehen in der Tabelle darunter."


def _text(value: float) -> str:
    return f"{value:.2f}%"
