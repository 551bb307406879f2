"""Any two profilings of the person side by side: what became better, worse, what stayed, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.profiling.enums import ProfilingKind, Severity
from ina.profiling.queries import SHEET, Held, Sheet, comparison_of, sheet_from
from ina.profiling.rules.comparison import Change, NeedChange
from ina.profiling.rules.conditions import months_label
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show

ROW_HEIGHT, FIRST_ROW = 52, 56
# Where severities stand on the wide and on the narrow picture, in percent: further right is easier.
WIDE = {Severity.SEVERE: 12, Severity.PRESENT: 50, Severity.NONE: 88}
NARROW = {Severity.SEVERE: 4, Severity.PRESENT: 50, Severity.NONE: 96}
COLOURS = {Change.BETTER: "var(--ina-done)", Change.WORSE: "var(--ina-late)"}
UNCHANGED = "var(--kern-color-neutral-550)"
STATES = {
    Change.BETTER: "done",
    Change.WORSE: "late",
    Change.UNCHECKED: "due",
    Change.NEW: "dot",
    Change.GONE: "unknown",
}


@dataclass(frozen=True)
class Line:
    """One need on the picture. x: percent; None where that profiling did not look."""

    name: str
    change: str
    mark: str
    evidence: str
    before: str
    after: str
    own: str
    y: int
    x_before: int | None
    x_after: int | None
    narrow_before: int | None
    narrow_after: int | None
    colour: str
    moved: bool
    to_the_right: bool

    @property
    def y_line(self) -> int:
        return self.y + ROW_HEIGHT // 2 - 1

    @property
    def y_up(self) -> int:
        return self.y - 6

    @property
    def y_down(self) -> int:
        return self.y + 6


def profiling_compare(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "profiling_compare", along=SHEET), clock.today()
    sheet = sheet_from(opened.answers, today)
    chosen = _chosen(request, sheet)
    context = {**head_of(opened, "profiling", today), "choices": [_choice(one) for one in sheet.held]}
    if chosen is None:
        return show(request, "cases/profiling_compare.html", {**context, "compared": None})
    compared = comparison_of(sheet, *chosen)
    lines = [_line(place, change) for place, change in enumerate(compared.shown)]
    return show(
        request,
        "cases/profiling_compare.html",
        {
            **context,
            "compared": compared,
            "lines": lines,
            "height": FIRST_ROW - ROW_HEIGHT // 2 + ROW_HEIGHT * len(lines) + 1,
            "axis": [(x, severity.label) for severity, x in WIDE.items()],
            "narrow_axis": list(NARROW.values()),
            "prognosis": [
                ("ab Entlassung", _months(compared.before.months_release), _months(compared.after.months_release)),
                ("ab heute", _months(compared.before.months_today), _months(compared.after.months_today)),
            ],
            "same_view": len([one for one in compared.shown if one not in compared.differing]),
        },
    )


def _chosen(request: HttpRequest, sheet: Sheet) -> tuple[Held, Held] | None:
    """The two that the address names, else the newest two; None when there are not two. NotVisible: no such ones."""
    said = [request.GET.get(name, "") for name in ("von", "mit")]
    if not any(said):
        return (sheet.held[1], sheet.held[0]) if len(sheet.held) > 1 else None
    found = [sheet.numbered(int(one)) if one.isdecimal() and len(one) < 7 else None for one in said]
    if found[0] is None or found[1] is None or found[0] is found[1]:
        raise NotVisible()
    return found[0], found[1]


def _choice(held: Held) -> tuple[int, str]:
    return held.profiling.ordinal, f"{held.profiling.held_on:%d.%m.%Y}, {ProfilingKind(held.profiling.kind).label}"


def _line(place: int, one: NeedChange) -> Line:
    before, after = one.before.severity if one.before else None, one.after.severity if one.after else None
    moved = one.change in (Change.BETTER, Change.WORSE)
    seen = one.after or one.before
    return Line(
        # What stands in brackets explains, and would not fit a row of the picture.
        name=one.need.label.partition(" (")[0],
        change=one.change.label,
        mark=STATES.get(one.change, "na"),
        evidence=" · ".join(part for part in (seen.evidence, seen.basis) if part) if seen else "",
        before=before.label if before else "nicht angesehen",
        after=after.label if after else "nicht angesehen",
        own=one.after.own.label if one.after and one.after.own else "nicht gefragt",
        y=FIRST_ROW + ROW_HEIGHT * place,
        x_before=WIDE[before] if before else None,
        x_after=WIDE[after] if after else None,
        narrow_before=NARROW[before] if before else None,
        narrow_after=NARROW[after] if after else None,
        colour=COLOURS.get(one.change, UNCHANGED),
        moved=moved,
        to_the_right=one.change is Change.BETTER,
    )


def _months(number: int | None) -> str:
    return "nicht geschätzt" if number is None else months_label(number)
