"""The profilings of a case. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from ina.base.actor import Actor
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_by_note, voided_note
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.models import Finding, Profiling

ORDER = {aspect: position for position, aspect in enumerate(Aspect)}
SEVERE_FIRST = {Severity.SEVERE: 0, Severity.PRESENT: 1, Severity.NONE: 2}


@dataclass(frozen=True)
class FindingRow:
    """One finding. ``need`` is None for a strength."""

    aspect: Aspect
    need: Need | None
    severity: Severity
    basis: FindingBasis
    text: str
    source: str
    # Its number in the dossier, and when, by whom and why it was voided; empty for one that counts.
    ordinal: int = 0
    voided: str = ""


@dataclass(frozen=True)
class ProfilingRow:
    """A profiling with its findings: strengths first, then needs by key group, the severe ones before the others.

    Voided findings stand among the others; a profiling that was voided itself says so in ``voided``.
    """

    held_on: date
    kind: ProfilingKind
    held_by: str
    version: int
    strengths: tuple[FindingRow, ...]
    needs: tuple[FindingRow, ...]
    ordinal: int = 0
    voided: str = ""

    @property
    def open_needs(self) -> int:
        """How many of the needs really stand in the way."""
        return sum(need.severity is not Severity.NONE and not need.voided for need in self.needs)

    @property
    def found_strengths(self) -> int:
        return sum(not strength.voided for strength in self.strengths)


def list_profilings(actor: Actor, case: Case, *, voided: bool = False) -> list[ProfilingRow]:
    """The profilings of a case, the newest first; ``voided``: those that count nowhere too, for lists that show them.

    Findings that were voided stand among the others either way and say so.
    """
    profilings = Profiling.objects.visible_to(actor).filter(dossier_id=case.dossier_id).order_by("-held_on", "-pk")
    found = Finding.objects.visible_to(actor).filter(dossier_id=case.dossier_id).order_by("pk")
    findings: dict[int, list[FindingRow]] = {}
    for row in numbered(found.select_related("voided_by__user")):
        findings.setdefault(row.profiling_id, []).append(_finding_row(row))
    return [
        _profiling_row(profiling, findings.get(profiling.pk, []))
        for profiling in numbered(profilings.select_related("held_by__user", "voided_by__user"))
        if profiling.case_id == case.pk and (voided or not profiling.is_voided)
    ]


@dataclass(frozen=True)
class ProfilingCount:
    """A profiling with how much was found and stands, without what. ``voided``: the profiling itself was."""

    held_on: date
    kind: ProfilingKind
    held_by: str
    strengths: int
    open_needs: int
    ordinal: int = 0
    voided: str = ""


def _counted(given: Any) -> QuerySet:
    stands, strength = Q(findings__voided_at=None), Q(findings__aspect=Aspect.STRENGTH)
    return (
        Profiling.objects.visible_to(given.actor, Finding)
        .filter(dossier_id=given.dossier_id)
        .annotate(
            strengths=Count("findings", filter=stands & strength),
            open_needs=Count("findings", filter=stands & ~strength & ~Q(findings__severity=Severity.NONE)),
            by=F("held_by__user__display_name"),
            undone_by=F("voided_by__user__display_name"),
        )
        .order_by("-held_on", "-pk")
    )


COUNTS = Read(_counted)


def counts_from(rows: Iterable[Any], case: Case) -> list[ProfilingCount]:
    """All profilings of a case, the newest first, each with the number of its findings; voided ones too.

    rows: of ``COUNTS``.
    """
    return [
        ProfilingCount(
            row.held_on,
            ProfilingKind(row.kind),
            row.by,
            row.strengths,
            row.open_needs,
            row.ordinal,
            voided_by_note(row, row.undone_by),
        )
        for row in numbered(rows)
        if row.case_id == case.pk
    ]


def latest_profiling(actor: Actor, case: Case) -> ProfilingRow | None:
    """The profiling that counts now; None when there is none."""
    return next(iter(list_profilings(actor, case)), None)


def _profiling_row(profiling: Profiling, findings: list[FindingRow]) -> ProfilingRow:
    ordered = sorted(findings, key=lambda one: (ORDER[one.aspect], SEVERE_FIRST[one.severity]))
    return ProfilingRow(
        held_on=profiling.held_on,
        kind=ProfilingKind(profiling.kind),
        held_by=profiling.held_by.user.display_name,
        version=profiling.version,
        strengths=tuple(one for one in ordered if one.aspect is Aspect.STRENGTH),
        needs=tuple(one for one in ordered if one.aspect is not Aspect.STRENGTH),
        ordinal=profiling.ordinal,  # type: ignore[attr-defined]
        voided=voided_note(profiling),
    )


def _finding_row(row: Finding) -> FindingRow:
    return FindingRow(
        aspect=Aspect(row.aspect),
        need=Need(row.need) if row.need else None,
        severity=Severity(row.severity),
        basis=FindingBasis(row.basis),
        text=row.text,
        source=row.source,
        ordinal=row.ordinal,  # type: ignore[attr-defined]
        voided=voided_note(row),
    )
