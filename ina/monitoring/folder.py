"""The release-day folder: which line belongs where, and what is missing before somebody can leave with it. Pure.

Source: domain sections 5 and 9.2 (the ten items that save the release); the prototype of the house for the paper.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from ina.monitoring.enums import FolderPart

# The folder tells of three days hour by hour, and of the appointments of four weeks.
DAYS = 3
AHEAD = timedelta(weeks=4)
# Minimum standards whose failing nobody can mend at the gate (domain 9.2: the shortened list), in plain words.
SAVING = {
    1: "Personalausweis oder Pass",
    5: "Wohnung oder Unterkunft",
    9: "Krankenkasse",
    15: "Antrag beim Jobcenter",
    16: "Termine beim Jobcenter",
    19: "Geld am Tag der Entlassung",
    26: "Entlassungsschein",
    30: "Telefonnummer oder E-Mail",
    36: "erstes Gespräch danach",
    37: "Einwilligungen für danach",
}


@dataclass(frozen=True)
class Line:
    """A line as the reader sees it. ``appointment``: number in the case of the one whose way it tells."""

    number: int
    part: FolderPart
    title: str
    detail: str = ""
    day: int | None = None
    at: time | None = None
    must: bool = False
    slot: int | None = None
    amount: Decimal | None = None
    phone: str = ""
    appointment: int | None = None


@dataclass(frozen=True)
class Meeting:
    """A planned appointment. ``keeper``: who of the staff comes along."""

    number: int
    on: date
    at: time | None
    title: str
    place: str
    others: str
    keeper: str
    jobcenter: bool


@dataclass(frozen=True)
class Hour:
    """One line of a day. ``meeting``: comes from an appointment, whose way stands on its own sheet."""

    at: time | None
    what: str
    how: str
    must: bool
    meeting: bool = False


def days_of(lines: Iterable[Line], meetings: Iterable[Meeting], release: date) -> list[tuple[date, list[Hour]]]:
    """The first three days, each by the hour; what has no hour comes last."""
    days: list[list[Hour]] = [[] for _ in range(DAYS)]
    for line in lines:
        if line.part is FolderPart.HOUR and line.day:
            days[line.day - 1].append(Hour(line.at, line.title, line.detail, line.must))
    for one in meetings:
        place = (one.on - release).days
        if 0 <= place < DAYS:
            told = ", ".join(filter(None, (one.others, one.place)))
            days[place].append(Hour(one.at, one.title, told, one.jobcenter, meeting=True))
    for hours in days:
        hours.sort(key=lambda hour: (hour.at is None, hour.at or time.min))
    return [(release + timedelta(days=place), hours) for place, hours in enumerate(days)]


def in_time(meetings: Iterable[Meeting], release: date) -> list[Meeting]:
    """The appointments that the folder tells of, by day and hour."""
    kept = [one for one in meetings if release <= one.on <= release + AHEAD]
    return sorted(kept, key=lambda one: (one.on, one.at or time.min, one.number))


def missing_in(
    lines: Collection[Line],
    meetings: Collection[Meeting],
    *,
    release: date | None,
    first_meeting_by: date | None,
    phone: str,
    open_standards: Collection[int],
) -> list[str]:
    """What nobody should leave without, in sentences; empty: complete.

    first_meeting_by: the last day for the first talk with the case manager. phone: number of the house that leads the
    case. open_standards: numbers of the minimum standards that are neither met nor left out.
    """
    if release is None:
        return ["Es gibt keinen Planungstermin. Ohne ihn hat die Mappe keinen ersten Tag."]
    there = {line.part for line in lines}
    found = []
    if FolderPart.PLACE not in there:
        found.append("Wo die Person in der ersten Nacht schläft, steht nicht da.")
    if FolderPart.FALLBACK not in there:
        found.append("Eine Ersatz-Unterkunft steht nicht da.")
    if FolderPart.FIRST_WAY not in there:
        found.append("Wer abholt oder wie der erste Weg geht, steht nicht da.")
    if not any(line.part is FolderPart.HOUR and line.day == 1 for line in lines):
        found.append("Der erste Tag ist leer.")
    if FolderPart.PAPER not in there:
        found.append("Es steht nicht da, welches Papier wo ist.")
    if FolderPart.MONEY not in there:
        found.append("Es steht nicht da, welches Geld die Person bekommt.")
    if not phone and FolderPart.NUMBER not in there:
        found.append("Keine Telefonnummer: Bei Ihrer Stelle ist keine eingetragen.")
    coming = in_time(meetings, release)
    if not any(one.jobcenter for one in coming):
        found.append("Kein Termin beim Jobcenter in den ersten vier Wochen.")
    if first_meeting_by and not any(one.on <= first_meeting_by for one in coming if not one.jobcenter):
        found.append(f"Kein Gespräch mit dem Übergangsmanagement bis zum {first_meeting_by:%d.%m.%Y}.")
    ways = {line.appointment for line in lines if line.part is FolderPart.WAY}
    for one in coming:
        if one.number not in ways:
            found.append(f"Der Weg fehlt: {one.title} am {one.on:%d.%m.%Y}.")
    found += [f"Mindeststandard offen: {word}." for number, word in SAVING.items() if number in open_standards]
    return found
