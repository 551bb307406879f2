"""Appointments as an iCalendar file (RFC 5545): times with a neutral title, nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from ina.base.clock import BERLIN

TITLE = "Termin"
USUAL = timedelta(minutes=60)


class Meeting(Protocol):
    """What is told of a meeting."""

    @property
    def on(self) -> date: ...
    @property
    def at(self) -> time | None: ...
    @property
    def minutes(self) -> int | None: ...


def calendar_of(meetings: Iterable[tuple[str, Meeting]], now: datetime) -> bytes:
    """The file. meetings: an identity without meaning, and the meeting. Times are UTC, so that no night of a clock
    change moves any; what has no time of day takes the whole day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kalender//DE", "CALSCALE:GREGORIAN", "X-WR-CALNAME:Termine"]
    for identity, meeting in meetings:
        lines += ["BEGIN:VEVENT", f"UID:{identity}", f"DTSTAMP:{_utc(now)}", *_times(meeting), f"SUMMARY:{TITLE}"]
        lines += ["CLASS:PRIVATE", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for line in lines).encode()


def _times(meeting: Meeting) -> list[str]:
    if meeting.at is None:
        after = meeting.on + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{meeting.on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    begins = datetime.combine(meeting.on, meeting.at, BERLIN).astimezone(UTC)
    lasts = timedelta(minutes=meeting.minutes) if meeting.minutes else USUAL
    return [f"DTSTART:{_utc(begins)}", f"DTEND:{_utc(begins + lasts)}"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
