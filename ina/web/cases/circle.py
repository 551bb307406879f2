"""Wer mit der Person arbeitet: who has access and why, what they see, their last contact; and partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ina.access.enums import Compartment
from ina.access.queries import CIRCLE, AccessLine, access_from
from ina.cases.queries import CaseFile
from ina.monitoring.queries import last_met_by
from ina.network.lifecycle import RUNNING_STATES
from ina.network.queries import REFERRALS, referrals_from

WHOLE = "ganze Akte"
# Above this many, what is left out says more than what is seen.
FEW = 4


@dataclass(frozen=True)
class Companion:
    """A line of the circle. ``state``: mark of what stands between; ``until`` None: open end."""

    name: str
    role: str
    contact: str
    sees: str
    why: str
    since: datetime | date
    until: datetime | None = None
    state: str = ""


@dataclass(frozen=True)
class Partner:
    """An organisation that the person was proposed to: it sees nothing here and gets what is sent to it."""

    name: str
    purpose: str
    state: str
    since: date


def circle_of(opened: CaseFile, now: datetime) -> list[Companion]:
    """The circle of a file that was read together with ``CIRCLE`` and ``cases.queries.story_reads``."""
    partners = [
        Partner(row.partner, row.purpose, row.state.label, row.since)
        for row in referrals_from(opened.answers[REFERRALS], opened.case)
        if row.state in RUNNING_STATES
    ]
    return circle(access_from(opened.answers[CIRCLE], now), last_met_by(opened), partners)


def circle(access: Iterable[AccessLine], met: dict[str, date], partners: Iterable[Partner]) -> list[Companion]:
    """Who holds a live grant, then the partners.

    met: last contact with the person by the name of who wrote it down.
    """
    staff = [
        Companion(
            name=line.name,
            role=line.role,
            contact=f"zuletzt {met[line.name]:%d.%m.}" if line.name in met else "",
            sees=sees(line.compartments),
            why=line.basis,
            since=line.since,
            until=line.until,
        )
        for line in access
        if line.running
    ]
    return staff + [
        Companion(
            name=one.name,
            role=one.purpose,
            contact=f"{one.state} seit {one.since:%d.%m.}",
            sees="nur, was Sie ihr mitteilen",
            why="Vermittlung",
            since=one.since,
            state=one.state,
        )
        for one in partners
    ]


def sees(compartments: tuple[str, ...]) -> str:
    """What somebody sees, in as few words as it takes."""
    left = [each.label for each in Compartment if each.label not in compartments]
    if not left:
        return WHOLE
    if len(left) <= FEW:
        return f"{WHOLE} ohne {_listed(left)}"
    return _listed([label for label in compartments if label != Compartment.CASE.label])


def _listed(words: list[str]) -> str:
    return " und ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "dass es den Fall gibt"
