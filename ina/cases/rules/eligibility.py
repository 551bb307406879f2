"""Whether somebody fits the programme: advice from dated criteria, never a decision. Source: domain 9.1. Pure.

The published concept of INA names no criteria; these are the provisional ones of the house. No fact about the offence
is asked for, so none can decide. What is not known is a verdict of its own: in custody much cannot be known yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ina.reference.rules import add_months


class Verdict(StrEnum):
    PASSED = "PASSED"
    WARNING = "WARNING"
    UNKNOWN = "UNKNOWN"
    FAILED = "FAILED"

    @property
    def label(self) -> str:
        return {"PASSED": "erfüllt", "WARNING": "zu beachten", "UNKNOWN": "nicht bekannt", "FAILED": "nicht erfüllt"}[
            self.value
        ]


class Advice(StrEnum):
    """The sum of the findings. A person decides."""

    ELIGIBLE = "ELIGIBLE"
    NOT_YET = "NOT_YET"
    NO = "NO"
    UNDECIDED = "UNDECIDED"

    @property
    def label(self) -> str:
        return {
            "ELIGIBLE": "Die Kriterien sprechen für eine Aufnahme.",
            "NOT_YET": "Noch nicht: Warteliste mit Wiedervorlage prüfen.",
            "NO": "Mindestens ein Kriterium ist nicht erfüllt.",
            "UNDECIDED": "Noch offen: Es fehlen Angaben.",
        }[self.value]


class CustodyGroup(StrEnum):
    """Groups of the code list ``custody_kinds``."""

    SENTENCE = "SENTENCE"
    YOUTH = "YOUTH"
    REMAND = "REMAND"
    SHORT = "SHORT"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Facts:
    """What is known of the person; None everywhere means: not known."""

    custody_group: CustodyGroup | None = None
    earliest_release: date | None = None
    born_on: date | None = None
    release_in_nrw: bool | None = None
    may_work: bool | None = None
    work_perspective: bool | None = None
    deportation_certain: bool | None = None
    voluntary: bool | None = None
    needs_integration: bool | None = None
    conflict_of_interest: bool | None = None


@dataclass(frozen=True)
class Criterion:
    key: str
    label: str
    source: str


@dataclass(frozen=True)
class Finding:
    """A criterion and how it stands. ``waits``: time may change it; ``again_on``: the day to look again, if known."""

    criterion: Criterion
    verdict: Verdict
    why: str
    waits: bool = False
    again_on: date | None = None


Answer = tuple[Verdict, str] | tuple[Verdict, str, bool, date | None]
Check = Callable[[Facts, Mapping[str, Any], date], Answer]


def age_on(born_on: date, day: date) -> int:
    """Completed years of life on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _custody(facts: Facts, parameters: Mapping[str, Any], on: date) -> Answer:
    match facts.custody_group:
        case None:
            return Verdict.UNKNOWN, "Die Haftart ist nicht bekannt."
        case CustodyGroup.SENTENCE:
            return Verdict.PASSED, "Freiheitsstrafe."
        case CustodyGroup.YOUTH:
            return Verdict.PASSED, "Jugendvollzug."
        case CustodyGroup.REMAND:
            return Verdict.FAILED, "Untersuchungshaft: vorerst nur Beratung, bis ein Urteil feststeht.", True, None
        case CustodyGroup.SHORT:
            return Verdict.WARNING, "Eine Ersatzfreiheitsstrafe ist in der Regel zu kurz."
    return Verdict.WARNING, "Andere Freiheitsentziehung: bitte im Einzelfall prüfen."


def _remaining(facts: Facts, parameters: Mapping[str, Any], on: date) -> Answer:
    release = facts.earliest_release
    least, usual = parameters["eligibility_remaining_min"], parameters["eligibility_remaining_from"]
    most = parameters["eligibility_remaining_until"]
    if release is None:
        return Verdict.UNKNOWN, "Der früheste Entlassungstermin ist nicht bekannt."
    if release < least.after(on):
        return Verdict.FAILED, f"Bis zur frühesten Entlassung am {release:%d.%m.%Y} bleiben weniger als {least}."
    if release < usual.after(on):
        return Verdict.WARNING, f"Knapp: weniger als {usual} bis zur frühesten Entlassung am {release:%d.%m.%Y}."
    again = most.before(release)
    if again > on:
        why = f"Früh: mehr als {most} bis zur frühesten Entlassung am {release:%d.%m.%Y}."
        return Verdict.WARNING, why, True, again
    return Verdict.PASSED, f"Früheste Entlassung am {release:%d.%m.%Y}."


def _age(facts: Facts, parameters: Mapping[str, Any], on: date) -> Answer:
    adult, youth = parameters["eligibility_age_min"], parameters["eligibility_age_min_youth"]
    if facts.born_on is None:
        return Verdict.UNKNOWN, "Das Geburtsdatum ist nicht bekannt."
    age = age_on(facts.born_on, on)
    if facts.custody_group is None and min(adult, youth) <= age < max(adult, youth):
        return Verdict.UNKNOWN, f"{age} Jahre: Ob das genügt, hängt von der Haftart ab."
    least = youth if facts.custody_group == CustodyGroup.YOUTH else adult
    if age < least:
        return (
            Verdict.FAILED,
            f"{age} Jahre; das Mindestalter ist {least}.",
            True,
            add_months(facts.born_on, 12 * least),
        )
    return Verdict.PASSED, f"{age} Jahre."


def _may_work(facts: Facts, parameters: Mapping[str, Any], on: date) -> Answer:
    if facts.may_work:
        return Verdict.PASSED, "Arbeiten ist erlaubt."
    if facts.work_perspective:
        return Verdict.PASSED, "Es gibt eine klare Aussicht auf eine Arbeitserlaubnis."
    if facts.may_work is None:
        return Verdict.UNKNOWN, "Ob Arbeiten erlaubt ist, ist nicht bekannt."
    if facts.work_perspective is None:
        return Verdict.UNKNOWN, "Arbeiten ist nicht erlaubt; ob es eine Aussicht gibt, ist nicht bekannt."
    return Verdict.FAILED, "Arbeiten ist nicht erlaubt, und es gibt keine klare Aussicht darauf."


def _conflict(facts: Facts, parameters: Mapping[str, Any], on: date) -> Answer:
    # It lies with the staff, so it must not cost the person the place: somebody else takes the case.
    if facts.conflict_of_interest:
        return Verdict.WARNING, "Interessenkonflikt: Eine andere Person muss den Fall führen."
    if facts.conflict_of_interest is None:
        return Verdict.UNKNOWN, "Ob ein Interessenkonflikt besteht, ist nicht geprüft."
    return Verdict.PASSED, "Kein Interessenkonflikt."


def _plain(field: str, *, wanted: bool, passed: str, failed: str, unknown: str) -> Check:
    def checked(facts: Facts, parameters: Mapping[str, Any], on: date) -> Answer:
        value = getattr(facts, field)
        if value is None:
            return Verdict.UNKNOWN, unknown
        return (Verdict.PASSED, passed) if value is wanted else (Verdict.FAILED, failed)

    return checked


HOUSE = "Vorgabe dieses Hauses (vorläufig; die Kriterien von INA sind nicht veröffentlicht)"
CRITERIA: tuple[tuple[Criterion, Check], ...] = (
    (Criterion("custody", "Strafgefangene oder Jugendstrafgefangene", HOUSE), _custody),
    (Criterion("remaining", "Zeit bis zur frühesten Entlassung", HOUSE), _remaining),
    (Criterion("age", "Mindestalter", HOUSE), _age),
    (
        Criterion("region", "Entlassung nach Nordrhein-Westfalen", HOUSE),
        _plain(
            "release_in_nrw",
            wanted=True,
            passed="Entlassung nach Nordrhein-Westfalen.",
            failed="Die Entlassung führt nicht nach Nordrhein-Westfalen.",
            unknown="Der Ort nach der Entlassung ist nicht bekannt.",
        ),
    ),
    (Criterion("may_work", "Arbeiten erlaubt oder klare Aussicht darauf", HOUSE), _may_work),
    (
        Criterion("deportation", "Keine feststehende Abschiebung", HOUSE),
        _plain(
            "deportation_certain",
            wanted=False,
            passed="Keine Abschiebung steht fest.",
            failed="Die Abschiebung steht fest.",
            unknown="Ob eine Abschiebung feststeht, ist nicht bekannt.",
        ),
    ),
    (
        Criterion("voluntary", "Freiwillige Teilnahme", HOUSE),
        _plain(
            "voluntary",
            wanted=True,
            passed="Die Person möchte teilnehmen.",
            failed="Die Person möchte nicht teilnehmen; daraus entstehen keine Nachteile.",
            unknown="Die Person wurde noch nicht gefragt.",
        ),
    ),
    (
        Criterion("need", "Bedarf an beruflicher Eingliederung", HOUSE),
        _plain(
            "needs_integration",
            wanted=True,
            passed="Es besteht Bedarf.",
            failed="Es besteht kein Bedarf an beruflicher Eingliederung.",
            unknown="Der Bedarf ist nicht geklärt.",
        ),
    ),
    (Criterion("conflict", "Kein Interessenkonflikt", HOUSE), _conflict),
)
PARAMETERS = (
    "eligibility_remaining_min",
    "eligibility_remaining_from",
    "eligibility_remaining_until",
    "eligibility_age_min",
    "eligibility_age_min_youth",
)


def check(facts: Facts, parameters: Mapping[str, Any], on: date) -> list[Finding]:
    """Every criterion with its verdict, in the order of the table.

    ``parameters``: the values of ``PARAMETERS`` as they hold on the day. Raises KeyError when one is missing.
    """
    return [Finding(criterion, *answer(facts, parameters, on)) for criterion, answer in CRITERIA]


def advice(findings: Iterable[Finding]) -> Advice:
    """What fails for good says no; what time may change says not yet; what is unknown leaves it open."""
    known = list(findings)
    if any(one.verdict == Verdict.FAILED and not one.waits for one in known):
        return Advice.NO
    if any(one.waits for one in known):
        return Advice.NOT_YET
    if any(one.verdict == Verdict.UNKNOWN for one in known):
        return Advice.UNDECIDED
    return Advice.ELIGIBLE


def look_again_on(findings: Iterable[Finding]) -> date | None:
    """When all that waits for a day may be met: proposed as resubmission. None when no day is known."""
    return max((one.again_on for one in findings if one.again_on), default=None)
