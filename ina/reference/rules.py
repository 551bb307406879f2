"""Working days of North Rhine-Westphalia, durations, and how the text of a parameter is read. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType

import holidays as holiday_library

from ina.reference.enums import Unit, ValueKind

SATURDAY = 5
# The library knows the public holidays of NRW from the first whole year of unity on, and so far ahead.
FIRST_YEAR, LAST_YEAR = 1991, 2100


# --- days ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=128)
def holidays_of(year: int) -> MappingProxyType[date, str]:
    """Public holidays of NRW in one year with their German names (Feiertagsgesetz NW).

    Raises ValueError before 1991 and after 2100: an empty answer would make holidays into working days.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Feiertage sind von {FIRST_YEAR} bis {LAST_YEAR} bekannt, gefragt war {year}.")
    found = holiday_library.country_holidays("DE", subdiv="NW", years=[year], language="de", expand=False)
    return MappingProxyType(dict(sorted(found.items())))


def holiday_name(day: date) -> str:
    """German name of the public holiday in NRW on this day, or an empty text."""
    return holidays_of(day.year).get(day, "")


def easter(year: int) -> date:
    """Easter Sunday (Gregorian)."""
    return next(day for day, name in holidays_of(year).items() if name == "Ostermontag") - timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday in NRW. 24 and 31 December are working days in law."""
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def next_working_day(day: date) -> date:
    """The first working day after ``day``."""
    return add_working_days(day, 1)


def previous_working_day(day: date) -> date:
    """The last working day before ``day``."""
    return add_working_days(day, -1)


def working_day_on_or_before(day: date) -> date:
    return day if is_working_day(day) else previous_working_day(day)


def working_day_on_or_after(day: date) -> date:
    return day if is_working_day(day) else next_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """``count`` working days after ``day`` (before it when negative); the day itself does not count (§ 187 BGB).

    With 0 the day itself comes back, working day or not.
    """
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after ``first`` up to and including ``last``; negative when ``last`` is earlier."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


# --- durations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Duration:
    """So many units, for example ten working days. Negate it to count backwards."""

    count: int
    unit: Unit

    def __neg__(self) -> Duration:
        return Duration(-self.count, self.unit)

    def __str__(self) -> str:
        return f"{self.count} {self.unit.singular if abs(self.count) == 1 else self.unit.plural}"

    @property
    def delta(self) -> timedelta:
        """As a length of time. Raises ValueError for working days, months and years, which have no fixed length."""
        match self.unit:
            case Unit.MINUTES:
                return timedelta(minutes=self.count)
            case Unit.HOURS:
                return timedelta(hours=self.count)
            case Unit.DAYS:
                return timedelta(days=self.count)
            case Unit.WEEKS:
                return timedelta(weeks=self.count)
        raise ValueError(f"{self} hat keine feste Länge.")

    def after(self, day: date) -> date:
        """The day so much later. Months end on the last day where the day is missing (§ 188 Abs. 3 BGB).

        Raises ValueError for minutes and hours.
        """
        match self.unit:
            case Unit.WORKING_DAYS:
                return add_working_days(day, self.count)
            case Unit.MONTHS:
                return add_months(day, self.count)
            case Unit.YEARS:
                return add_months(day, 12 * self.count)
            case Unit.DAYS | Unit.WEEKS:
                return day + self.delta
        raise ValueError(f"{self} lässt sich nicht auf einen Tag anwenden.")

    def before(self, day: date) -> date:
        """The day so much earlier."""
        return (-self).after(day)


def add_months(day: date, count: int) -> date:
    """The same day of the month ``count`` months later, or the last one where it is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


# --- values of parameters -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Window:
    """A period of days, first and last included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first:%d.%m.%Y} bis {self.last:%d.%m.%Y}"


@dataclass(frozen=True)
class YearlyWindow:
    """A period of every year as (month, day), first and last included; it may cross the turn of the year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    def __str__(self) -> str:
        return f"{self.first[1]:02}.{self.first[0]:02}. bis {self.last[1]:02}.{self.last[0]:02}."


Value = Duration | tuple[Duration, ...] | int | Decimal | MappingProxyType | Window | YearlyWindow


PHASE_LABELS = {"custody": "Haft", "preparation": "Entlassungsvorbereitung", "aftercare": "Nachsorge"}


def parse_value(kind: ValueKind, text: str) -> Value:
    """The value of a parameter from its text; ValueError with a German sentence when the text does not fit."""
    try:
        return _PARSERS[kind](text.strip())
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"„{text}“ ist keine Angabe der Art „{kind.label}“. Beispiel: {kind.example}") from error


def format_value(kind: ValueKind, text: str, unit: str = "") -> str:
    """The value as staff read it: „10 Arbeitstage“, „13.11.2025 bis 02.01.2026“, „5 Personen“."""
    value = parse_value(kind, text)
    match value:
        case tuple():
            shown = ", ".join(str(one) for one in value)
        case MappingProxyType():
            shown = "; ".join(f"{PHASE_LABELS.get(name, name)} {_german(weight)}" for name, weight in value.items())
        case Decimal() | int():
            shown = _german(value)
        case _:
            shown = str(value)
    return f"{shown} {unit}".strip()


def stored_value(kind: ValueKind, typed: str) -> str:
    """The text of a value from what staff typed, which may look as ``format_value`` shows it (without the unit).

    „10 Arbeitstage“, „0,5“, „13.11.2025 bis 02.01.2026“; the stored form is understood as well. Raises ValueError with
    a German sentence.
    """
    try:
        text = " ".join(typed.split())
        if kind in _TRANSLATORS and not _is_stored(kind, text):
            text = _TRANSLATORS[kind](text)
        parse_value(kind, text)
    except (ValueError, KeyError) as error:
        example = format_value(kind, kind.example)
        raise ValueError(f"„{typed}“ ist keine Angabe der Art „{kind.label}“. Beispiel: {example}") from error
    return text


def _is_stored(kind: ValueKind, text: str) -> bool:
    try:
        parse_value(kind, text)
    except ValueError:
        return False
    return True


def _from_german_duration(text: str) -> str:
    count, word = text.split()
    return f"{count} {_UNITS[word.casefold()]}"


def _from_german_durations(text: str) -> str:
    return "; ".join(_from_german_duration(part) for part in re.split("[,;]", text))


def _from_german_weights(text: str) -> str:
    pairs = [part.rsplit(maxsplit=1) for part in text.split(";")]
    return "; ".join(f"{_PHASES[name.strip().casefold()]}={weight.replace(',', '.')}" for name, weight in pairs)


def _from_german_window(text: str) -> str:
    first, last = (part.strip().split(".") for part in text.split(" bis "))
    return "..".join(f"{int(year):04}-{int(month):02}-{int(day):02}" for day, month, year in (first, last))


def _from_german_yearly_window(text: str) -> str:
    first, last = (part.strip().rstrip(".").split(".") for part in text.split(" bis "))
    return "..".join(f"{int(month):02}-{int(day):02}" for day, month in (first, last))


_UNITS = {word.casefold(): unit.value for unit in Unit for word in (unit.singular, unit.plural)}
_PHASES = {label.casefold(): name for name, label in PHASE_LABELS.items()}
_TRANSLATORS: dict[ValueKind, Callable[[str], str]] = {
    ValueKind.DURATION: _from_german_duration,
    ValueKind.DURATIONS: _from_german_durations,
    ValueKind.DECIMAL: lambda text: text.replace(",", "."),
    ValueKind.WEIGHTS: _from_german_weights,
    ValueKind.WINDOW: _from_german_window,
    ValueKind.YEARLY_WINDOW: _from_german_yearly_window,
}


def _german(number: Decimal | int) -> str:
    return str(number).replace(".", ",")


def _duration(text: str) -> Duration:
    count, unit = text.split()
    if not re.fullmatch(r"\d{1,5}", count):
        raise ValueError(count)
    return Duration(int(count), Unit(unit))


def _durations(text: str) -> tuple[Duration, ...]:
    return tuple(_duration(part) for part in text.split(";"))


def _integer(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text):
        raise ValueError(text)
    return Decimal(text)


def _weights(text: str) -> MappingProxyType[str, Decimal]:
    pairs = [part.split("=") for part in text.split(";")]
    weights = {name.strip(): _decimal(weight.strip()) for name, weight in pairs}
    if len(weights) != len(pairs) or not all(weights):
        raise ValueError(text)
    return MappingProxyType(weights)


def _window(text: str) -> Window:
    first, last = (date.fromisoformat(part) for part in text.split(".."))
    if last < first:
        raise ValueError(text)
    return Window(first, last)


def _yearly_window(text: str) -> YearlyWindow:
    # A leap year, so that 29 February may be named.
    first, last = (date.fromisoformat(f"2024-{part}") for part in text.split(".."))
    return YearlyWindow((first.month, first.day), (last.month, last.day))


_PARSERS: dict[ValueKind, Callable[[str], Value]] = {
    ValueKind.DURATION: _duration,
    ValueKind.DURATIONS: _durations,
    ValueKind.INTEGER: _integer,
    ValueKind.DECIMAL: _decimal,
    ValueKind.WEIGHTS: _weights,
    ValueKind.WINDOW: _window,
    ValueKind.YEARLY_WINDOW: _yearly_window,
}


# --- places -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlaceRow:
    """One line of a place list: a postcode and a municipality that it serves (several are possible)."""

    postcode: str
    municipality: str
    ags: str

    @property
    def district_ags(self) -> str:
        """The first five digits of the municipality key are the district."""
        return self.ags[:5]
