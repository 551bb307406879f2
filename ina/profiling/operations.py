"""Step 2, Profiling: what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.enums import Act
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import acts_of, planning_date_of, released_on, state_of
from ina.profiling import policies
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.models import Finding, Profiling
from ina.profiling.rules import misfit, profiled_before_release
from ina.reference.queries import parameter

WHY = "Teil einer Operation, die den Fall schon geladen hat"
INITIAL, AGAIN = "profiling.initial", "profiling.again"


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
    finding.clean_fields(exclude=["dossier", "profiling", "recorded_by", "voided_by"])
    finding.save(force_insert=True)
    note(profiling=profiling.pk, aspect=str(aspect), need=finding.need)
    return finding


def _profiling_of(case: Case, actor: Actor, held_on: date, kind: ProfilingKind, now: datetime) -> Profiling:
    """The profiling of the day, begun when there is none. The case is locked: nobody begins a second one meanwhile."""
    _require_possible_day(case, held_on, now)
    profiling = Profiling.objects.visible_to(actor).standing().filter(case=case, held_on=held_on).first()
    if profiling is None:
        profiling = Profiling.objects.create(
            dossier_id=case.dossier_id, case=case, kind=str(kind), held_on=held_on, held_by_id=actor.membership_id
        )
        _settle_items(case, now)
        return profiling
    if profiling.kind != kind:
        raise Invalid(f"An diesem Tag gibt es schon ein Profiling: {ProfilingKind(profiling.kind).label}.", "kind")
    profiling.version += 1
    profiling.save(update_fields=["version"])
    return profiling


def _require_possible_day(case: Case, held_on: date, now: datetime) -> None:
    if held_on > day_of(now):
        raise Invalid(f"Der {held_on:%d.%m.%Y} liegt in der Zukunft.", "held_on")
    admitted_on = next((act.happened_on for act in acts_of(case) if act.act == Act.ADMITTED), None)
    if admitted_on is not None and held_on < admitted_on:
        raise Invalid(f"Vor der Aufnahme mit Einwilligung am {admitted_on:%d.%m.%Y} gibt es kein Profiling.", "held_on")


# --- corrections: parts of ``cases.operations.corrections`` -------------------------------------------------------


def check_profiling(profiling: Profiling, before: Mapping[str, Any], now: datetime) -> None:
    _require_possible_day(profiling.case, profiling.held_on, now)


def profiling_changed(profiling: Profiling, case: Case, actor: Actor, now: datetime) -> None:
    """Whether a profiling is still to be held."""
    if state_of(case) in OPEN_STATES:
        deadlines.undone(case, INITIAL, now=now)
        deadlines.undone(case, AGAIN, now=now)
    _settle_items(case, now)


def check_finding(finding: Finding, before: Mapping[str, Any], now: datetime) -> None:
    """The key group follows from the need; without a need it is a strength."""
    finding.aspect = str(Need(finding.need).key_group) if finding.need else str(Aspect.STRENGTH)
    need = Need(finding.need) if finding.need else None
    if wrong := misfit(Aspect(finding.aspect), need, Severity(finding.severity)):
        raise Invalid(wrong[1], wrong[0])
    if not finding.text.strip():
        raise Invalid("Bitte schreiben Sie, was festgestellt wurde.", "text")


def _settle_items(case: Case, now: datetime) -> None:
    """The first profiling, and the one before release, as far as profilings that stand have answered them."""
    held = list(Profiling.objects.unscoped(because=WHY).standing().filter(case=case).order_by("held_on", "pk"))
    if not held:
        return
    deadlines.done(case, INITIAL, held[0].held_on, now=now, by=held[0].held_by_id)
    planned = released_on(case) or planning_date_of(case)
    due_on = parameter("reprofiling_lead", on=planned).before(planned) if planned else None
    for one in held[1:] or held:
        if one.kind == ProfilingKind.BEFORE_RELEASE or (
            due_on and profiled_before_release([(ProfilingKind(one.kind), one.held_on)], due_on)
        ):
            deadlines.done(case, AGAIN, one.held_on, now=now, by=one.held_by_id)
            return
