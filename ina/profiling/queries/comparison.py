"""Two profilings of a person side by side, whichever cases they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ina.profiling.enums import FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.queries.sheet import Held, Sheet
from ina.profiling.rules.comparison import NeedChange, Rated, compare, sentence, worth_showing

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


@dataclass(frozen=True)
class Side:
    """One of the two, as its column says it. category: with code and label, empty when the scheme has none."""

    held_on: date
    kind: ProfilingKind
    by: str
    ordinal: int
    month: str
    category: str
    derived: str
    override_reason: str
    deciding: str
    because: str
    months_release: int | None
    months_today: int | None
    hides_health: bool
    own_words: str


@dataclass(frozen=True)
class StrengthSeen:
    text: str
    evidence: str
    is_new: bool


@dataclass(frozen=True)
class Comparison:
    """before is the earlier one, whatever was asked. shown: needs that one of the two found in the way."""

    before: Side
    after: Side
    sentence: str
    shown: tuple[NeedChange, ...]
    untroubled: tuple[str, ...]
    differing: tuple[NeedChange, ...]
    strengths: tuple[StrengthSeen, ...]
    same_scheme: bool


def comparison_of(sheet: Sheet, one: Held, other: Held) -> Comparison:
    """What changed from the earlier to the later one."""
    first, second = sorted((one, other), key=lambda held: (held.profiling.held_on, held.profiling.ordinal))
    changes = compare(_rated(first), _rated(second))
    before, after = _side(first), _side(second)
    known = {row.text.strip().lower() for row in first.strengths}
    return Comparison(
        before=before,
        after=after,
        sentence=sentence(changes, f"vom {before.held_on:%d.%m.%Y}"),
        shown=tuple(change for change in changes if worth_showing(change)),
        untroubled=tuple(change.need.label for change in changes if not worth_showing(change)),
        differing=tuple(
            change
            for change in changes
            if change.after and change.after.own and change.after.own != change.after.severity
        ),
        strengths=tuple(
            StrengthSeen(
                row.text,
                row.source or FindingBasis(row.basis).label,
                row.text.strip().lower() not in known and row.taken_over_on is None,
            )
            for row in second.strengths
        ),
        same_scheme=first.scheme.code == second.scheme.code,
    )


def _rated(held: Held) -> Mapping[Need, Rated]:
    return {
        need: Rated(
            severity=Severity(row.severity),
            own=Severity(row.own_severity) if row.own_severity else None,
            evidence=row.text or row.source,
            basis=FindingBasis(row.basis).label,
            unchecked=row.taken_over_on is not None,
        )
        for need, row in held.needs.items()
    }


def _side(held: Held) -> Side:
    profiling, assessment, scheme = held.profiling, held.assessment, held.scheme
    deciding = held.derivation.deciding
    return Side(
        held_on=profiling.held_on,
        kind=ProfilingKind(profiling.kind),
        by=profiling.by,
        ordinal=profiling.ordinal,
        month=f"{MONTHS[profiling.held_on.month - 1]} {profiling.held_on.year}",
        category=_label(held, held.category),
        derived=_label(held, held.derived),
        override_reason=assessment.override_reason if assessment and assessment.chosen else "",
        deciding=deciding.question if deciding and scheme.categories and not held.hides_health else "",
        because=deciding.why if deciding and scheme.categories and not held.hides_health else "",
        months_release=assessment.months_release if assessment else None,
        months_today=assessment.months_today if assessment else None,
        hides_health=held.hides_health,
        own_words=assessment.own_words if assessment else "",
    )


def _label(held: Held, code: str) -> str:
    found = held.scheme.category(code)
    return found.label if found else code
