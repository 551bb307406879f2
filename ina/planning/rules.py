"""Days of the plan: relative to the release, when it is looked at again, in which phase something falls. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.planning.enums import PlanAct, PlanPhase
from ina.reference.enums import Unit, ValueKind
from ina.reference.rules import Duration, parse_value, stored_value

# Units in which people count from the release.
UNITS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS)
# Nobody plans further away from the release; as many working days can be counted surely.
MOST = {Unit.DAYS: 1825, Unit.WORKING_DAYS: 480, Unit.WEEKS: 260, Unit.MONTHS: 60}


@dataclass(frozen=True)
class Offset:
    """So far from the release; negative: before it. Raises ValueError with a German sentence when it is too far."""

    count: int
    unit: Unit

    def __post_init__(self):
        if self.unit not in MOST:
            raise ValueError(f"Ein Abstand zählt in Tagen, Wochen oder Monaten, nicht in {self.unit.plural}.")
        if abs(self.count) > MOST[self.unit]:
            raise ValueError(f"Der Abstand ist zu groß: höchstens {MOST[self.unit]} {self.unit.plural}.")

    @classmethod
    def of(cls, count: int | None, unit: str) -> Offset | None:
        """From its two columns."""
        return None if count is None else cls(count, Unit(unit))

    @classmethod
    def parsed(cls, typed: str, *, before: bool) -> Offset | None:
        """What somebody typed: „3 Wochen“, „10 Arbeitstage“; nothing is None. Raises ValueError."""
        if not typed.strip():
            return None
        value = parse_value(ValueKind.DURATION, stored_value(ValueKind.DURATION, typed))
        if not isinstance(value, Duration):
            raise ValueError("Bitte schreiben Sie eine Dauer, zum Beispiel „3 Wochen“.")
        return cls(-value.count if before else value.count, value.unit)

    @property
    def typed(self) -> str:
        return str(Duration(abs(self.count), self.unit))

    @property
    def told(self) -> str:
        """„3 Wochen vor der Entlassung“."""
        if self.count == 0:
            return "am Tag der Entlassung"
        return f"{self.typed} {'vor' if self.count < 0 else 'nach'} der Entlassung"

    def day(self, release: date | None) -> date | None:
        """None as long as nobody knows the release."""
        return Duration(self.count, self.unit).after(release) if release else None


def due_day(fixed: date | None, offset: Offset | None, release: date | None) -> date | None:
    """The day that something is due, as things stand: fixed, counted from the release, or none."""
    return offset.day(release) if offset is not None else fixed


def phase_on(day: date | None, release: date | None, preparation_starts: date | None) -> PlanPhase | None:
    """None without a day or a release."""
    if day is None or release is None:
        return None
    if day >= release:
        return PlanPhase.AFTERCARE
    return PlanPhase.PREPARATION if preparation_starts and day >= preparation_starts else PlanPhase.CUSTODY


def next_review(since: date, interval: Duration, *, release: date | None, before_release: Duration) -> date:
    """When a plan in force is looked at again: after the interval at the latest, and in time before the release.

    since: the day it came into force, or was last reviewed. A review before the release that lies behind that day has
    been held; after the release it goes on with the interval.
    """
    regular = interval.after(since)
    if release is None:
        return regular
    in_time = before_release.before(release)
    return in_time if since < in_time < regular else regular


def is_late_application(applied_on: date | None, starts_on: date | None) -> bool:
    """An application on or after the day on which the thing begins: lost where it has to come before."""
    return starts_on is not None and applied_on is not None and applied_on >= starts_on


@dataclass(frozen=True)
class VersionFacts:
    """What stands of a version. four_eyes: its institution demands approval by somebody else than the author."""

    goals: int = 0
    answered: bool = False
    signed: bool = False
    approved: bool = False
    four_eyes: bool = False


def missing_before(act: PlanAct, facts: VersionFacts) -> tuple[str, ...]:
    """What an act still needs, in words; nothing is missing for others."""
    if act is PlanAct.DISCUSS:
        return () if facts.goals else ("ein Ziel",)
    if act is PlanAct.AGREE:
        return () if facts.answered else ("die Antwort der Person",)
    if act is PlanAct.PUT_IN_FORCE:
        needs = [(facts.answered, "die Antwort der Person"), (facts.signed, "die Unterschrift der Fallführung")]
        if facts.four_eyes:
            needs.append((facts.approved, "die Freigabe durch die Leitung"))
        return tuple(what for has, what in needs if not has)
    return ()


@dataclass(frozen=True)
class Attendee:
    """Somebody at a conference."""

    name: str
    role: str = ""
    body: str = ""

    @classmethod
    def parsed(cls, line: str) -> Attendee:
        """„Name, Rolle, Stelle“; what comes after the second comma belongs to the body."""
        name, role, body = ([part.strip() for part in line.split(",", 2)] + ["", ""])[:3]
        return cls(name, role, body)

    @property
    def told(self) -> str:
        """Role and body."""
        return ", ".join(part for part in (self.role, self.body) if part)


def attendees(typed: str) -> tuple[Attendee, ...]:
    """One a line; empty lines are nobody. Raises ValueError with a German sentence for a line without a name."""
    people = tuple(Attendee.parsed(line) for line in typed.splitlines() if line.strip())
    if any(not person.name for person in people):
        raise ValueError("In jeder Zeile steht zuerst der Name, dann nach Kommas Rolle und Stelle.")
    return people
