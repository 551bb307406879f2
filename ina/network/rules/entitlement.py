"""Whether somebody meets what an offer asks for: passed, failed or unknown, each with a sentence. Nothing is decided.

Source: issue "network", entitlement first; domain section 2.2. A fact that nobody entered, or that the reader may
not see, makes a criterion unknown, never failed: absence of knowledge must not cost anybody an offer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ina.cases.enums import Sex, YesNo
from ina.network.enums import OfferPhase
from ina.profiling.enums import LanguageLevel, LicenceStatus

Criterion = Mapping[str, Any]
KEYS = frozenset({"fact", "op", "value", "because"})
# No criterion names a number beyond this: years and months of people.
GREATEST = 1200


class Verdict(StrEnum):
    """What is known about one criterion or, taken together, about an offer."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"

    @property
    def label(self) -> str:
        return {"PASSED": "erfüllt", "FAILED": "nicht erfüllt", "UNKNOWN": "nicht bekannt"}[self.value]


class Op(StrEnum):
    """How a fact is compared. The first two need an order."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ONE_OF = "one_of"
    NONE_OF = "none_of"

    @property
    def label(self) -> str:
        return {"at_least": "mindestens", "at_most": "höchstens", "one_of": "", "none_of": "nicht"}[self.value]


ORDERING = frozenset({Op.AT_LEAST, Op.AT_MOST})


@dataclass(frozen=True)
class FactKind:
    """Something that the file may know.

    ``labels``: the closed vocabulary with its German words, in its order; empty for numbers and for codes of dated
    lists, which the form checks. ``unknown``: values that say that nobody knows.
    """

    label: str
    numeric: bool = False
    ordered: bool = False
    unit: str = ""
    labels: Mapping[str, str] | None = None
    unknown: frozenset[str] = frozenset()

    @property
    def ops(self) -> frozenset[Op]:
        return ORDERING if self.numeric else frozenset(Op) if self.ordered else frozenset(Op) - ORDERING

    def told(self, value: Any, names: Mapping[str, str] | None = None) -> str:
        """names: of codes that stand in dated lists."""
        if self.numeric:
            return f"{value} {self.unit}"
        return (self.labels or names or {}).get(value, str(value))

    def rank(self, value: Any) -> int:
        return value if self.numeric else list(self.labels or {}).index(value)


def _words(enum: Any, leave_out: frozenset[str] = frozenset()) -> dict[str, str]:
    return {item.value: item.label for item in enum if item.value not in leave_out}


SEX_UNKNOWN, ANSWER_UNKNOWN = frozenset({Sex.UNKNOWN.value}), frozenset({YesNo.UNKNOWN.value})

FACTS: Mapping[str, FactKind] = {
    "age": FactKind("Alter", numeric=True, unit="Jahre"),
    "months_to_release": FactKind("Zeit bis zur geplanten Entlassung", numeric=True, unit="Monate"),
    "phase": FactKind("Phase", labels=_words(OfferPhase)),
    "sex": FactKind("Geschlecht", labels=_words(Sex, SEX_UNKNOWN), unknown=SEX_UNKNOWN),
    # The key of the district, of the list of districts: the future residence, never that of the prison.
    "residence_district": FactKind("Wohnort nach der Entlassung (Kreis)"),
    "german_level": FactKind("Deutsch", ordered=True, labels=_words(LanguageLevel)),
    "driving_licence": FactKind("Führerschein", labels=_words(LicenceStatus)),
    "benefit_before": FactKind("Leistung vor der Haft"),
    "debts": FactKind("Schulden", labels=_words(YesNo, ANSWER_UNKNOWN), unknown=ANSWER_UNKNOWN),
    "custody_kind": FactKind("Art der Haft"),
}


@dataclass(frozen=True)
class Known:
    """What the file says, and from where ("Aufnahmebogen, Stand 03.11.2026")."""

    value: Any
    source: str = ""


@dataclass(frozen=True)
class Judged:
    """One criterion held against the facts. ``sentence``: what is asked and what is known; ``because``: the offer's."""

    verdict: Verdict
    sentence: str
    because: str
    source: str = ""


def check_criteria(criteria: Any) -> list[str]:
    """What is wrong with a list of criteria, in German, each with its place; empty when it can be judged."""
    if not isinstance(criteria, list):
        return ["Die Voraussetzungen sind keine Liste."]
    return [
        f"{place}. Voraussetzung: {error}"
        for place, criterion in enumerate(criteria, start=1)
        if (error := _error(criterion))
    ]


def judge(
    criteria: Sequence[Criterion],
    facts: Mapping[str, Known],
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Judged]:
    """Each criterion of a checked list against the facts, in its order. Missing facts are unknown.

    names: by fact, the words for codes of dated lists; without them the sentences name the codes.
    """
    words = names or {}
    return [_judge(one, facts.get(one["fact"]), words.get(one["fact"])) for one in criteria]


def verdict_of(judged: Sequence[Judged]) -> Verdict:
    """Taken together: one failed is failed, else one unknown is unknown; without criteria it is passed."""
    found = {each.verdict for each in judged}
    return next((each for each in (Verdict.FAILED, Verdict.UNKNOWN) if each in found), Verdict.PASSED)


def _error(criterion: Any) -> str:
    if not isinstance(criterion, dict) or criterion.keys() != KEYS:
        return "Es braucht Merkmal, Vergleich, Wert und Begründung."
    kind = FACTS.get(criterion["fact"]) if isinstance(criterion["fact"], str) else None
    if kind is None:
        return f"Das Merkmal „{criterion['fact']}“ kennt die Akte nicht."
    if criterion["op"] not in list(Op) or criterion["op"] not in kind.ops:
        return f"Der Vergleich passt nicht zu „{kind.label}“."
    if not isinstance(criterion["because"], str) or not criterion["because"].strip():
        return "Bitte schreiben Sie, worauf die Voraussetzung beruht."
    value = criterion["value"]
    if Op(criterion["op"]) in ORDERING:
        fits = _is_number(value) if kind.numeric else isinstance(value, str) and value in (kind.labels or {})
    else:
        fits = isinstance(value, list) and bool(value) and all(_is_code(kind, each) for each in value)
    return "" if fits else f"Der Wert passt nicht zu „{kind.label}“."


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= GREATEST


def _is_code(kind: FactKind, value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and (kind.labels is None or value in kind.labels)


def verdict_on(criteria: Sequence[Criterion], facts: Mapping[str, Known]) -> Verdict:
    """``verdict_of`` without the sentences: for putting tens of thousands of offers into order."""
    unknown = False
    for criterion in criteria:
        verdict = _verdict(criterion, facts.get(criterion["fact"]))
        if verdict is Verdict.FAILED:
            return verdict
        unknown = unknown or verdict is Verdict.UNKNOWN
    return Verdict.UNKNOWN if unknown else Verdict.PASSED


def _verdict(criterion: Criterion, known: Known | None) -> Verdict:
    kind = FACTS[criterion["fact"]]
    if known is None or known.value is None or known.value == "" or known.value in kind.unknown:
        return Verdict.UNKNOWN
    met = _met(kind, Op(criterion["op"]), known.value, criterion["value"])
    return Verdict.PASSED if met else Verdict.FAILED


def _judge(criterion: Criterion, known: Known | None, names: Mapping[str, str] | None) -> Judged:
    kind, op, value = FACTS[criterion["fact"]], Op(criterion["op"]), criterion["value"]
    values = value if isinstance(value, list) else [value]
    asked = " ".join(part for part in (op.label, " oder ".join(kind.told(each, names) for each in values)) if part)
    verdict = _verdict(criterion, known)
    if verdict is Verdict.UNKNOWN or known is None:
        return Judged(Verdict.UNKNOWN, f"{kind.label}: {asked}. Hier nicht bekannt.", criterion["because"])
    sentence = f"{kind.label}: {asked}. Hier: {kind.told(known.value, names)}."
    return Judged(verdict, sentence, criterion["because"], known.source)


def _met(kind: FactKind, op: Op, known: Any, value: Any) -> bool:
    if op is Op.AT_LEAST:
        return kind.rank(known) >= kind.rank(value)
    if op is Op.AT_MOST:
        return kind.rank(known) <= kind.rank(value)
    return (known in value) == (op is Op.ONE_OF)
