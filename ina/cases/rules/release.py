"""When somebody may be released: planning date, legal end, days the law makes possible, forecast error. Pure.

Everything counts in days, so the nights when clocks change do not matter. What the law fixes (windows, numbers of days)
is handed in as it holds on the day; docs/explanation/release-dates.md explains the choices made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from ina.cases.enums import HypothesisKind as Kind
from ina.cases.enums import HypothesisStatus as Status
from ina.reference.rules import (
    Duration,
    Window,
    YearlyWindow,
    easter,
    holiday_name,
    is_working_day,
    next_working_day,
)

DAY = timedelta(days=1)
PENTECOST_AFTER_EASTER = timedelta(days=49)


@dataclass(frozen=True)
class DateClaim:
    """One hypothesis about the day of release. For FURTHER_CUSTODY: the first day on which that custody may end."""

    on: date
    status: Status
    kind: Kind


# Neither is a day on which custody ends: whoever stays of their own will is free (§ 62 StVollzG NRW), and while custody
# is interrupted or somebody has escaped, the sentence stands still and no day is known.
NO_RELEASE = frozenset({Kind.VOLUNTARY_STAY, Kind.SUSPENDED})
COUNTED = frozenset({Status.PLAUSIBLE, Status.DECIDED})


def planning_date(claims: Iterable[DateClaim]) -> date | None:
    """The earliest day that is plausible or decided (domain 9.2); None when nobody has said one.

    Überhaft: while further custody stands, days before it are no release (domain 2.1). A voluntary stay and an
    interruption are no days of release and change no other claim; ``remarks`` says what they mean.
    """
    claim = planning_claim(claims)
    return claim.on if claim else None


def planning_claim(claims: Iterable[DateClaim]) -> DateClaim | None:
    """The claim that gives the planning date; of several for the same day, the decided one."""
    standing = [claim for claim in claims if claim.status in COUNTED]
    free_from = _free_from(standing)
    found = [
        claim for claim in standing if claim.kind not in NO_RELEASE and (free_from is None or claim.on >= free_from)
    ]
    return min(found, key=lambda claim: (claim.on, claim.status != Status.DECIDED, claim.kind), default=None)


def legal_end(claims: Iterable[DateClaim]) -> date | None:
    """The end of the sentence, as said and not dropped; None when nobody has said it.

    Several sentences are served one after the other, so the last day counts. An end that was corrected is dropped by
    whoever enters the new one. Even a merely possible end counts: it is a limit, not a plan.
    """
    ends = (claim.on for claim in claims if claim.kind == Kind.SENTENCE_END and claim.status != Status.DROPPED)
    return max(ends, default=None)


def remarks(claims: Iterable[DateClaim]) -> list[str]:
    """German sentences on claims that do not mean what their day seems to say."""
    standing = sorted((claim for claim in claims if claim.status in COUNTED), key=lambda claim: claim.on)
    free_from = _free_from(standing)
    said = []
    for claim in standing:
        if claim.kind == Kind.SUSPENDED:
            said.append(
                f"Die Haft ist seit dem {claim.on:%d.%m.%Y} unterbrochen. Die Strafzeit steht still: "
                "Die Anstalt muss die Termine neu berechnen."
            )
        elif claim.kind == Kind.VOLUNTARY_STAY:
            said.append(
                f"Freiwilliger Aufenthalt in der Anstalt bis zum {claim.on:%d.%m.%Y}: keine Haft. "
                "Die Person kann jederzeit gehen."
            )
        elif free_from and claim.on < free_from:
            said.append(
                f"{claim.kind.label} am {claim.on:%d.%m.%Y} ist keine Entlassung: Weitere Haft schließt sich an, "
                f"frühestes Ende {free_from:%d.%m.%Y}."
            )
    return said


def _free_from(standing: Iterable[DateClaim]) -> date | None:
    return max((claim.on for claim in standing if claim.kind == Kind.FURTHER_CUSTODY), default=None)


# --- days that the law makes possible -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Possibility:
    """A day on which release is possible, never a decision: the prison decides, the pardon is the ministry's."""

    on: date
    kind: Kind
    why: str
    source: str


ADULT_SOURCES: Mapping[Kind, str] = {
    Kind.CREDIT_DAYS: "§ 34 StVollzG NRW",
    Kind.WEEKEND_HOLIDAY: "§ 60 Abs. 2 StVollzG NRW",
    Kind.URGENT: "§ 60 Abs. 3 StVollzG NRW",
    Kind.CHRISTMAS_PARDON: "Erlass des Jahres zur Weihnachtsamnestie",
}
YOUTH_SOURCES: Mapping[Kind, str] = {
    **ADULT_SOURCES,
    Kind.CREDIT_DAYS: "JStVollzG NRW",
    Kind.WEEKEND_HOLIDAY: "§ 47 JStVollzG NRW",
    Kind.URGENT: "§ 47 JStVollzG NRW",
}


def possible_releases(
    end: date,
    *,
    today: date,
    turn_of_year: YearlyWindow,
    christmas: Window | None,
    urgent: Duration,
    credit_days: int = 0,
    sources: Mapping[Kind, str] = ADULT_SOURCES,
) -> list[Possibility]:
    """Days before ``end`` on which release is possible, the earliest first; never before ``today``.

    Credit days are deducted first, everything else counts from the new end. If the credit reaches into the past, the
    day is today. ``christmas``: the window of that winter, None when no decree is known. Raises ValueError for negative
    credit.
    """
    if credit_days < 0:
        raise ValueError(f"Freistellungstage können nicht negativ sein, angegeben sind {credit_days}.")
    if end < today:
        return []
    found: list[Possibility] = []

    def offer(on: date, kind: Kind, why: str) -> None:
        known = any(one.on == on and one.kind == kind for one in found)
        if today <= on < end and not known:
            found.append(Possibility(on, kind, why, sources[kind]))

    last = max(end - credit_days * DAY, today)
    if credit_days:
        days = "ein Freistellungstag" if credit_days == 1 else f"{credit_days} Freistellungstage"
        late = " Rechnerisch ist der Tag schon vorbei: bitte sofort klären." if end - credit_days * DAY < today else ""
        offer(last, Kind.CREDIT_DAYS, f"Entlassung durch {days} früher als am {end:%d.%m.%Y}.{late}")

    bases = [last]
    for day, why in _advanced(last, turn_of_year):
        offer(day, Kind.WEEKEND_HOLIDAY, why)
        bases.append(day)
    for base in bases:
        day = urgent.before(base)
        while day < base and not (is_working_day(day) and day >= today):
            day += DAY
        if day < base:
            also = "" if base == last else ", zusätzlich zur Vorverlegung auf diesen Tag"
            offer(day, Kind.URGENT, f"Bis zu {urgent} vor dem {base:%d.%m.%Y}, wenn dringende Gründe bestehen{also}.")
    if christmas and last in christmas:
        day = _not_excluded_before(christmas.first, turn_of_year)
        offer(day, Kind.CHRISTMAS_PARDON, f"Das Ende liegt im Zeitraum der Weihnachtsamnestie ({christmas}).")
    return sorted(found, key=lambda one: (one.on, one.kind))


def excluded_because(day: date, turn_of_year: YearlyWindow) -> str:
    """Why release may be advanced when the end falls on this day (§ 60 Abs. 2 StVollzG NRW); empty when it does not."""
    if day in turn_of_year:
        return f"fällt in die Zeit vom {turn_of_year}"
    return _single_day(day)


def _single_day(day: date) -> str:
    if name := holiday_name(day):
        return f"ist ein Feiertag ({name})"
    if not is_working_day(day):
        return "ist ein Wochenende"
    sunday = easter(day.year)
    for feast, name in ((sunday, "Ostern"), (sunday + PENTECOST_AFTER_EASTER, "Pfingsten")):
        if day == next_working_day(feast):
            return f"ist der erste Werktag nach {name}"
    return ""


def _advanced(end: date, turn_of_year: YearlyWindow) -> list[tuple[date, str]]:
    """The working day before the day or period in which ``end`` falls.

    Two answers when the days right before the end lead into the turn of the year (Sunday 7 January): the wording names
    the end, not the day of release, so the last working day is one; the day before the whole period is the other.
    """
    reason = excluded_because(end, turn_of_year)
    if not reason:
        return []
    why = f"Das Ende am {end:%d.%m.%Y} {reason}."
    before_all = _not_excluded_before(end, turn_of_year)
    if end in turn_of_year:
        return [(before_all, why)]
    nearest = end - DAY
    while _single_day(nearest):
        nearest -= DAY
    if nearest == before_all:
        return [(before_all, why)]
    open_wording = f"{why} Davor liegt die Zeit vom {turn_of_year}; wie weit vorverlegt wird, entscheidet die Anstalt."
    return [(nearest, why), (before_all, open_wording)]


def _not_excluded_before(day: date, turn_of_year: YearlyWindow) -> date:
    day -= DAY
    while excluded_because(day, turn_of_year):
        day -= DAY
    return day


def credit_days_allowed(from_: date, until: date, per_year: Callable[[int], int]) -> int:
    """The most credit days that can have been earned in these calendar years, first and last day included.

    ``per_year`` gives what the law allows in a calendar year (8; from 1 July 2025: 12). The law caps by calendar year
    and not by months, so a begun year counts whole: a limit for checking what was typed, no calculation of a claim.
    """
    return sum(per_year(year) for year in range(from_.year, until.year + 1)) if from_ <= until else 0


# --- when little time is left -------------------------------------------------------------------------------------


def short_notice(planning: date | None, today: date, limit: Duration) -> bool:
    """Whether less than ``limit`` is left, so that the short list holds (domain 9.2). Exactly ``limit`` is enough."""
    return planning is not None and limit.before(planning) < today


# --- how good the dates were --------------------------------------------------------------------------------------

CLOSE_DAYS = 7


def forecast_error(planned: date, actual: date) -> int:
    """Days by which release came later than planned; negative when it came earlier."""
    return (actual - planned).days


@dataclass(frozen=True)
class ForecastSummary:
    """Errors of many releases: how many, the middle one in days, the share (0 to 1) at most seven days off."""

    n: int
    median: float
    close: float


def summary(errors: Sequence[int], minimum: int) -> ForecastSummary | None:
    """None below ``minimum`` releases: small numbers are protected, their count included."""
    n = len(errors)
    if n < max(minimum, 1):
        return None
    return ForecastSummary(n, float(median(errors)), sum(abs(error) <= CLOSE_DAYS for error in errors) / n)
