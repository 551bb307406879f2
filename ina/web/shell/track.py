"""The small picture of a case: three phases, the gate, and where today is. Pure; drawn by the tag ``track_picture``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.cases.enums import Phase

# Places in the drawing, which is 136 units wide: beginning and width of custody, preparation, aftercare.
SEGMENTS = ((0.0, 38.0), (40.0, 58.0), (104.0, 32.0))
# Custody has no length of its own before admission; its segment shows the last two years before the preparation.
CUSTODY_SHOWN = 730
PHASES = {Phase.REFERRAL: 0, Phase.CUSTODY: 0, Phase.PREPARATION: 1, Phase.AFTERCARE: 2}


@dataclass(frozen=True)
class Segment:
    """One phase: class, place, and how much of it has passed. Numbers as text, so that no locale changes them."""

    css: str
    x: str
    width: str
    passed: str


@dataclass(frozen=True)
class Track:
    segments: tuple[Segment, ...]
    # Left corner of the arrow that stands above today; empty when nobody knows.
    arrow: str
    label: str


def track(
    phase: Phase, planning_date: date | None, preparation_starts: date | None, aftercare_ends: date | None, today: date
) -> Track:
    """Where a case stands on a day. The arrow needs a planning date; an ended case has passed everything."""
    current = PHASES.get(phase)
    share = _share(phase, planning_date, preparation_starts, aftercare_ends, today)
    passed = [0.0, 0.0, 0.0]
    for index in range(3):
        if current is None or index < current:
            passed[index] = 1.0
        elif index == current and share is not None:
            passed[index] = share
    segments = tuple(
        Segment(css=f"p{index + 1}", x=_text(x), width=_text(width), passed=_text(width * passed[index]))
        for index, (x, width) in enumerate(SEGMENTS)
    )
    if current is None:
        return Track(segments, "", "beendet")
    arrow = ""
    if share is not None:
        x, width = SEGMENTS[current]
        arrow = _text(x + width * share - 4)
    return Track(segments, arrow, f"Phase {current + 1} von 3: {phase.label}")


def _share(phase, planning_date, preparation_starts, aftercare_ends, today) -> float | None:
    """How much of the current phase has passed, between 0 and 1; None when it has no measure."""
    if planning_date is None or preparation_starts is None:
        return None
    if phase in (Phase.REFERRAL, Phase.CUSTODY):
        return _within(CUSTODY_SHOWN - (preparation_starts - today).days, CUSTODY_SHOWN)
    if phase is Phase.PREPARATION:
        return _within((today - preparation_starts).days, (planning_date - preparation_starts).days)
    if phase is Phase.AFTERCARE and aftercare_ends is not None:
        return _within((today - planning_date).days, (aftercare_ends - planning_date).days)
    return None


def _within(part: int, whole: int) -> float:
    return min(max(part / whole, 0.0), 1.0) if whole > 0 else 1.0


def _text(value: float) -> str:
    return f"{value:.1f}"
