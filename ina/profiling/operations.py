"""Step 2, Profiling: what was found."""

from __future__ import annotations

from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.enums import Act
from ina.cases.models import Case
from ina.cases.queries import acts_of
from ina.profiling import policies
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.models import Finding, Profiling
from ina.profiling.rules import misfit


@operation("profiling.record_finding", may=policies.may_record_finding, on=Case)
def record_finding(
    case: Case,
    *,
    actor: Actor,
    held_on: date,
    kind: ProfilingKind,
    aspect: Aspect,
    need: Need | None = None,
    severity: Severity = Severity.NONE,
    basis: FindingBasis,
    text: str,
    source: str = "",
    now: datetime,
) -> Finding:
    """Add a finding to the profiling of that day; the first one begins it.

    Refused: a day in the future or before admission, another kind of profiling on the same day, a need that does not
    belong to the key group.
    """
    if wrong := misfit(aspect, need, severity):
        raise Invalid(wrong[1], wrong[0])
    if not text.strip():
        raise Invalid("Bitte schreiben Sie, was festgestellt wurde.", "text")
    profiling = _profiling_of(case, actor, held_on, kind, now)
    finding = Finding(
        dossier_id=case.dossier_id,
        profiling=profiling,
        aspect=str(aspect),
        need=str(need) if need else "",
        severity=str(severity),
        basis=str(basis),
        text=text.strip(),
        source=source.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    finding.clean_fields(exclude=["dossier", "profiling", "recorded_by"])
    finding.save(force_insert=True)
    note(profiling=profiling.pk, aspect=str(aspect), need=finding.need)
    return finding


def _profiling_of(case: Case, actor: Actor, held_on: date, kind: ProfilingKind, now: datetime) -> Profiling:
    """The profiling of the day, begun when there is none. The case is locked: nobody begins a second one meanwhile."""
    _require_possible_day(case, held_on, now)
    profiling = Profiling.objects.visible_to(actor).filter(case=case, held_on=held_on).first()
    if profiling is None:
        return Profiling.objects.create(
            dossier_id=case.dossier_id, case=case, kind=str(kind), held_on=held_on, held_by_id=actor.membership_id
        )
    if profiling.kind != kind:
        raise Invalid(f"An diesem Tag gibt es schon ein Profiling: {ProfilingKind(profiling.kind).label}.", "kind")
    profiling.version += 1
    profiling.save(update_fields=["version"])
    return profiling


def _require_possible_day(case: Case, held_on: date, now: datetime) -> None:
    if held_on > day_of(now):
        raise Invalid(f"Der {held_on:%d.%m.%Y} liegt in der Zukunft.", "held_on")
    admitted_on = next(act.happened_on for act in acts_of(case) if act.act == Act.ADMITTED)
    if held_on < admitted_on:
        raise Invalid(f"Vor der Aufnahme mit Einwilligung am {admitted_on:%d.%m.%Y} gibt es kein Profiling.", "held_on")
