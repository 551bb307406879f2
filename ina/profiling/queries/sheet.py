"""Everything the profiling page shows, in one statement: all profilings of the person, and the facts about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.together import Read, read_together
from ina.cases.queries.corrections import numbered
from ina.profiling.enums import BiographyKind, Need, Severity
from ina.profiling.models import (
    Assessment,
    BiographyEntry,
    Competence,
    Finding,
    HealthFinding,
    LanguageSkill,
    Mobility,
    Profiling,
    Restriction,
    TargetOccupation,
)
from ina.profiling.operations.derivations import findings_from
from ina.profiling.rules.biography import Experience, Stretch, experience_of
from ina.profiling.rules.conditions import Findings
from ina.profiling.rules.consistency import NeedRated
from ina.profiling.rules.derivation import Derivation, derive
from ina.profiling.rules.schemes import Scheme
from ina.profiling.schemes import NATIVE, all_schemes
from ina.reference.queries import labels_on, names_in

LISTS = ("strategies", "restriction_kinds", "languages")


def _all_of(table: Any, *order: str) -> Read:
    return Read(
        lambda given: table.objects.visible_to(given.actor).filter(dossier_id=given.dossier_id).order_by(*order)
    )


PROFILINGS = Read(
    lambda given: (
        Profiling.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(
            by=F("held_by__user__display_name"),
            undone_by=F("voided_by__user__display_name"),
            case_number=F("case__number"),
        )
        .order_by("-held_on", "-pk")
    )
)
FINDINGS = _all_of(Finding, "pk")
HEALTH = _all_of(HealthFinding, "pk")
ASSESSMENTS = _all_of(Assessment, "pk")
FACTS = {
    "werdegang": _all_of(BiographyEntry, "-since", "-pk"),
    "berufsziel": _all_of(TargetOccupation, "ended_on", "rank", "pk"),
    "sprache": _all_of(LanguageSkill, "pk"),
    "mobilitaet": _all_of(Mobility, "pk"),
    "einschraenkung": _all_of(Restriction, "pk"),
    "kompetenz": _all_of(Competence, "-issued_on", "pk"),
}
TERMS = Read(lambda given: names_in(LISTS))
SHEET: tuple[Read, ...] = (PROFILINGS, FINDINGS, HEALTH, ASSESSMENTS, *FACTS.values(), TERMS)


@dataclass(frozen=True)
class Held:
    """One profiling with what it found. Rows know their ``ordinal`` in the dossier; voided ones stand among them."""

    profiling: Any
    strengths: tuple[Any, ...]
    needs: Mapping[Need, Any]
    voided: tuple[Any, ...]
    assessment: Any | None

    @property
    def hides_health(self) -> bool:
        """The category rests on a finding about health that this reader does not see."""
        return bool(self.assessment and self.assessment.derived_with_health and Need.HEALTH not in self.needs)

    @property
    def scheme(self) -> Scheme:
        code = self.assessment.scheme if self.assessment else NATIVE
        return all_schemes().get(code) or all_schemes()[NATIVE]

    @property
    def rated(self) -> dict[Need, NeedRated]:
        return {
            need: NeedRated(
                Severity(row.severity),
                row.strategy or row.strategy_note,
                Severity(row.own_severity) if row.own_severity else None,
                row.taken_over_on is not None,
            )
            for need, row in self.needs.items()
        }

    @property
    def findings(self) -> Findings:
        """What the derivation rests on, as far as the reader sees it."""
        assessment = self.assessment or Assessment(scheme=NATIVE)
        return findings_from([(need, Severity(row.severity)) for need, row in self.needs.items()], assessment)

    @property
    def derivation(self) -> Derivation:
        return derive(self.scheme, self.findings)

    @property
    def derived(self) -> str:
        """As stored where there is an assessment: with what the reader may not see."""
        return self.assessment.derived if self.assessment else self.derivation.category

    @property
    def category(self) -> str:
        return self.assessment.category if self.assessment else self.derived

    @property
    def open_needs(self) -> int:
        return sum(row.severity != Severity.NONE for row in self.needs.values())

    @property
    def severe_needs(self) -> int:
        return sum(row.severity == Severity.SEVERE for row in self.needs.values())


@dataclass(frozen=True)
class Sheet:
    """held: the standing profilings, the newest first. facts: rows by key of their kind of entry, voided ones last."""

    held: tuple[Held, ...]
    voided: tuple[Any, ...]
    facts: Mapping[str, tuple[Any, ...]]
    labels: Mapping[str, Mapping[str, str]]
    experience: Experience

    def numbered(self, ordinal: int) -> Held | None:
        """The standing profiling with this number in the dossier."""
        return next((one for one in self.held if one.profiling.ordinal == ordinal), None)

    def before(self, held: Held) -> Held | None:
        """The one before it."""
        after = self.held.index(held) + 1
        return self.held[after] if after < len(self.held) else None

    def label(self, code_list: str, code: str) -> str:
        return self.labels.get(code_list, {}).get(code, code)

    def standing(self, key: str) -> tuple[Any, ...]:
        return tuple(row for row in self.facts[key] if row.voided_at is None)


def sheet_from(answers: Mapping[Read, Iterable[Any]], today: date) -> Sheet:
    """The sheet from the rows of ``SHEET``."""
    findings: dict[int, list[Any]] = {}
    for row in (*numbered(answers[FINDINGS]), *numbered(answers[HEALTH])):
        findings.setdefault(row.profiling_id, []).append(row)
    assessments = {row.profiling_id: row for row in answers[ASSESSMENTS]}
    profilings = numbered(answers[PROFILINGS])
    facts = {
        key: tuple(sorted(numbered(answers[read]), key=lambda row: row.voided_at is not None))
        for key, read in FACTS.items()
    }
    return Sheet(
        held=tuple(
            _held(one, findings.get(one.pk, []), assessments.get(one.pk)) for one in profilings if not one.is_voided
        ),
        voided=tuple(one for one in profilings if one.is_voided),
        facts=facts,
        labels=labels_on(answers[TERMS], today),
        experience=experience_of(
            [
                Stretch(BiographyKind(row.kind), row.since, row.until, row.kldb)
                for row in facts["werdegang"]
                if row.voided_at is None
            ],
            today,
        ),
    )


def read_sheet(actor: Actor, dossier_id: int, today: date) -> Sheet:
    """As the page reads it, on its own."""
    return sheet_from(read_together(SHEET, actor=actor, dossier_id=dossier_id), today)


def _held(profiling: Any, rows: list[Any], assessment: Any | None) -> Held:
    standing = [row for row in rows if row.voided_at is None]
    needs = {need_of(row): row for row in standing if need_of(row) is not None}
    return Held(
        profiling=profiling,
        strengths=tuple(row for row in standing if need_of(row) is None),
        needs={need: needs[need] for need in Need if need in needs},
        voided=tuple(row for row in rows if row.voided_at is not None),
        assessment=assessment,
    )


def need_of(row: Any) -> Need | None:
    """None for a strength."""
    if isinstance(row, HealthFinding):
        return Need.HEALTH
    return Need(row.need) if row.need else None
