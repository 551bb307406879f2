"""The profilings of a case. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from ina.base.actor import Actor
from ina.cases.models import Case
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


@dataclass(frozen=True)
class ProfilingRow:
    """A profiling with its findings: strengths first, then needs by key group, the severe ones before the others."""

    held_on: date
    kind: ProfilingKind
    held_by: str
    version: int
    strengths: tuple[FindingRow, ...]
    needs: tuple[FindingRow, ...]

    @property
    def open_needs(self) -> int:
        """How many of the needs really stand in the way."""
        return sum(need.severity is not Severity.NONE for need in self.needs)


def list_profilings(actor: Actor, case: Case) -> list[ProfilingRow]:
    """All profilings of a case, the newest first."""
    profilings = Profiling.objects.visible_to(actor).filter(case=case).select_related("held_by__user")
    findings: dict[int, list[FindingRow]] = {}
    for row in Finding.objects.visible_to(actor).filter(profiling__case=case).order_by("pk"):
        findings.setdefault(row.profiling_id, []).append(_finding_row(row))
    return [_profiling_row(profiling, findings.get(profiling.pk, [])) for profiling in profilings.order_by("-held_on")]


@dataclass(frozen=True)
class ProfilingCount:
    """A profiling with how much was found, without what."""

    held_on: date
    kind: ProfilingKind
    held_by: str
    strengths: int
    open_needs: int


def count_findings(actor: Actor, case: Case) -> list[ProfilingCount]:
    """All profilings of a case, the newest first, each with the number of its findings."""
    strength = Q(findings__aspect=Aspect.STRENGTH)
    rows = (
        Profiling.objects.visible_to(actor, Finding)
        .filter(case=case)
        .annotate(
            strengths=Count("findings", filter=strength),
            open_needs=Count("findings", filter=~strength & ~Q(findings__severity=Severity.NONE)),
        )
        .order_by("-held_on")
        .values_list("held_on", "kind", "held_by__user__display_name", "strengths", "open_needs")
    )
    return [ProfilingCount(on, ProfilingKind(kind), by, strengths, needs) for on, kind, by, strengths, needs in rows]


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
    )


def _finding_row(row: Finding) -> FindingRow:
    return FindingRow(
        aspect=Aspect(row.aspect),
        need=Need(row.need) if row.need else None,
        severity=Severity(row.severity),
        basis=FindingBasis(row.basis),
        text=row.text,
        source=row.source,
    )
