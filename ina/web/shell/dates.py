"""Days as people type and read them here: pure, the day of today is handed in."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

WORDS = {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}
WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
RELATIVE = re.compile(r"([+\-−–])\s*(\d{1,4})")
GERMAN = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.?\s*(\d{4}|\d{2})?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
HOUR = re.compile(r"(\d{1,2})(?:\s*[:.,hH]\s*(\d{2}))?|(\d{2})(\d{2})")
# How far ahead a day is told with its weekday and without its year.
NEAR = timedelta(days=28)


def parse_day(text: str, today: date, latest: date | None = None) -> date:
    """The day that ``text`` names: 01.02.2027, 1.2.27, 1.2., heute, gestern, -2, −2, +14, 2027-02-01.

    Without a year it is the one nearest to today. Two figures of a year mean the century that lies at most 20 years
    ahead; a day after ``latest`` (a birth date: today) goes one century back. Raises ValueError with a German sentence.
    """
    text = " ".join(text.split()).casefold()
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if match := RELATIVE.fullmatch(text):
        days = int(match[2])
        return today + timedelta(days=days if match[1] == "+" else -days)
    if match := ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := GERMAN.fullmatch(text):
        day, month = int(match[1]), int(match[2])
        if match[3] is None:
            return _nearest(day, month, today, text)
        year = int(match[3])
        if len(match[3]) == 2:
            year = _century(year, today)
            if latest and date(year, 1, 1) > latest:
                year -= 100
        return _day(year, month, day, text)
    raise ValueError(f"„{text}“ ist kein Datum. Bitte so schreiben: {today:%d.%m.%Y}")


def parse_time(text: str) -> time:
    """The time of day that ``text`` names: 9, 9.30, 9:30, 0930, 9 Uhr, 9.30 Uhr. Raises ValueError with a German
    sentence."""
    match = HOUR.fullmatch(text.casefold().removesuffix("uhr").strip())
    if match is None:
        raise ValueError(f"„{text}“ ist keine Uhrzeit. Bitte so schreiben: 9:30")
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"Die Uhrzeit „{text}“ gibt es nicht.")
    return time(hour, minute)


def german_day(day: date, today: date) -> str:
    """„Fr., 27.11.“ for today and the next four weeks, else „12.02.2027“."""
    if today <= day <= today + NEAR:
        return f"{WEEKDAYS[day.weekday()]}, {day:%d.%m.}"
    return f"{day:%d.%m.%Y}"


def until(day: date, today: date) -> str:
    """How far a deadline is: „noch 81 Tage“, „heute“, „11 Tage über“."""
    days = (day - today).days
    if days == 0:
        return "heute"
    amount = "1 Tag" if abs(days) == 1 else f"{abs(days)} Tage"
    return f"noch {amount}" if days > 0 else f"{amount} über"


def since(day: date, today: date) -> str:
    """How long ago something was: „vor 6 Tagen“, „gestern“, „heute“; a day ahead: „in 3 Tagen“."""
    days = (today - day).days
    near = {0: "heute", 1: "gestern", -1: "morgen"}
    return near.get(days) or (f"vor {days} Tagen" if days > 0 else f"in {-days} Tagen")


def minutes_ago(moment: datetime, now: datetime) -> str:
    """How long ago something happened a little while ago: „gerade eben“, „vor 4 Minuten“, „vor 2 Stunden“, „gestern um
    17:05“, „am 20.11.2026 um 9:12“. Both moments in the same time."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "gerade eben"
    if minutes < 60:
        return "vor einer Minute" if minutes == 1 else f"vor {minutes} Minuten"
    if moment.date() == now.date():
        return "vor einer Stunde" if minutes < 120 else f"vor {minutes // 60} Stunden"
    days = (now.date() - moment.date()).days
    return f"{'gestern' if days == 1 else f'am {moment:%d.%m.%Y}'} um {moment:%H:%M}"


def roughly(day: date, today: date) -> str:
    """How long ago something was, as people say it: „vor 3 Wochen“, „vor 8 Monaten“, „vor 2 Jahren“."""
    days = (today - day).days
    if days < 21:
        return since(day, today)
    if days < 60:
        return f"vor {days // 7} Wochen"
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    return f"vor {months} Monaten" if months < 24 else f"vor {months // 12} Jahren"


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Den Tag „{text}“ gibt es nicht.") from None


def _nearest(day: int, month: int, today: date, text: str) -> date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"Den Tag „{text}“ gibt es in diesem Jahr nicht.")
    return min(found, key=lambda candidate: abs(candidate - today))


def _century(year: int, today: date) -> int:
    year += today.year // 100 * 100
    if year > today.year + 20:
        return year - 100
    return year + 100 if year <= today.year - 80 else year
