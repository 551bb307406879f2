"""Days as a clerk writes them: German, ISO, or the number that a spreadsheet keeps."""

from __future__ import annotations

import re
from datetime import date, datetime

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ina.exchange.cells import squeezed

# What stands where a day is asked and none is known; compared without signs and capitals.
_NO_DATE = (
    "lebenslang lebenslaenglich lebenslanglich lebenslangefreiheitsstrafe lebenslange ll lbl offen unbekannt "
    "nn na nv kein keine keines keinangabe keineangabe ka entfaellt ohne unbestimmt nichtbekannt nochoffen "
    "nochunbekannt nochnichtbekannt nichtfestgesetzt nochnichtfestgesetzt uhaft te 23 12 sv "
    "sicherungsverwahrung"
)
NO_DATE = frozenset(_NO_DATE.split())
_GERMAN = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?:,? \d{1,2}:\d{2}(?::\d{2})?)?")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\. ?([A-Za-zä]+)\.? (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_DIGITS = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mae", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
OLDEST = 110
# Nobody younger is in prison: decides between two centuries.
YOUNGEST = 14
FARTHEST = 60


class NoSuchDay(ValueError):
    """The message is German and goes to the clerk."""


def says_no_date(text: str) -> bool:
    """True for an empty cell and for words that say that there is no day."""
    plain = squeezed(text)
    return not plain or plain in NO_DATE


def birth_date(text: str, *, today: date, from_1904: bool = False) -> date:
    """Never in the future, never more than 110 years ago; two-digit years are read so. Raises NoSuchDay."""
    year, month, day = _parts(text, from_1904=from_1904)
    if year < 100:
        found = _day(2000 + year, month, day, text)
        if found.year > today.year - YOUNGEST:
            found = _day(1900 + year, month, day, text)
    else:
        found = _day(year, month, day, text)
    if found > today:
        raise NoSuchDay("Dieses Geburtsdatum liegt in der Zukunft.")
    if found.year < today.year - OLDEST:
        raise NoSuchDay(f"Dieses Geburtsdatum liegt mehr als {OLDEST} Jahre zurück.")
    return found


def event_date(text: str, *, today: date, from_1904: bool = False) -> date:
    """A day of a case or of a sentence; two-digit years are years of this century. Raises NoSuchDay."""
    year, month, day = _parts(text, from_1904=from_1904)
    found = _day(year + 2000 if year < 100 else year, month, day, text)
    if not today.year - FARTHEST <= found.year <= today.year + FARTHEST:
        raise NoSuchDay("Dieses Jahr kann nicht stimmen.")
    return found


def _parts(text: str, *, from_1904: bool) -> tuple[int, int, int]:
    """Year, month, day as written; the year with two digits stays below 100."""
    if not text.isascii() and not _NAMED.fullmatch(text):
        raise NoSuchDay("Das ist kein Datum. Erwartet wird zum Beispiel 24.10.2027.")
    if found := (_GERMAN.fullmatch(text) or _DASHED.fullmatch(text)):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NAMED.fullmatch(text):
        month = squeezed(found[2])[:3]
        if month in _MONTHS:
            return int(found[3]), _MONTHS.index(month) + 1, int(found[1])
    if _DIGITS.fullmatch(text):
        # 20271024 or 24102027: what would be the month tells which, both cannot be right.
        if text[:2] in ("19", "20") and text[4:6] <= "12":
            return int(text[:4]), int(text[4:6]), int(text[6:])
        return int(text[4:]), int(text[2:4]), int(text[:2])
    if found := _SERIAL.fullmatch(text):
        day = day_of_serial(int(found[1]), from_1904=from_1904)
        if day:
            return day.year, day.month, day.day
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", text):
        raise NoSuchDay("Bei Schrägstrichen ist unklar, was Tag und was Monat ist. Bitte 24.10.2027 schreiben.")
    raise NoSuchDay("Das ist kein Datum. Erwartet wird zum Beispiel 24.10.2027.")


def day_of_serial(number: float, *, from_1904: bool) -> date | None:
    """The day that a spreadsheet keeps as a number; None for a time of day alone or a day after 9999."""
    try:
        found = from_excel(int(number), MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return None
    return found.date() if isinstance(found, datetime) else None


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay("Dieses Datum gibt es nicht.") from error
