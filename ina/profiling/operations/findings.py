"""What a profiling finds: strengths, needs with severity and strategy, the person's own view."""

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
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity, StrengthKind
from ina.profiling.models import Finding, HealthFinding, Profiling
from ina.profiling.operations.derivations import assessment_of, derive_again
from ina.profiling.rules import misfit, profiled_before_release
from ina.profiling.rules.wording import names_offence
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
    strength_kind: StrengthKind | None = None,
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
    finding = _new(profiling, actor, now, aspect=aspect, need=need, severity=severity, basis=basis, text=text)
    finding.source, finding.strength_kind = source.strip(), str(strength_kind or "")
    _store(finding, actor, now)
    note(profiling=profiling.pk, aspect=str(aspect), need=finding.need)
    return finding


@operation("profiling.note_strength", may=policies.may_write_profiling, on=Profiling)
def note_strength(
    profiling: Profiling,
    *,
    actor: Actor,
    text: str,
    strength_kind: StrengthKind,
    basis: FindingBasis,
    source: str = "",
    now: datetime,
) -> Finding:
    """A strength: what the person can do, of which kind, and how we know. Refused: an empty text."""
    finding = _new(profiling, actor, now, aspect=Aspect.STRENGTH, need=None, basis=basis, text=text)
    finding.source, finding.strength_kind = source.strip(), str(strength_kind)
    _store(finding, actor, now)
    return finding


@operation("profiling.change_strength", may=policies.may_change_finding, on=Finding)
def change_strength(
    finding: Finding,
    *,
    actor: Actor,
    text: str,
    strength_kind: StrengthKind,
    basis: FindingBasis,
    source: str = "",
    now: datetime,
) -> Finding:
    """What it says now; what it said before stays in the history. Changing confirms what was taken over."""
    if finding.need:
        raise Invalid("Das ist ein Handlungsbedarf, keine Stärke.")
    finding.text, finding.source = text.strip(), source.strip()
    finding.basis, finding.strength_kind = str(basis), str(strength_kind)
    return _changed(finding, actor, now)


@operation("profiling.rate_need", may=policies.may_write_profiling, on=Profiling)
def rate_need(profiling: Profiling, *, actor: Actor, need: Need, now: datetime, **rated: Any) -> Finding:
    """How much a need stands in the way, for the first time in this profiling.

    rated: severity, basis, text, source, own_severity, strategy, strategy_note. Refused: a need that is rated already
    (somebody was faster), health (``rate_health``), a severity without a word on why.
    """
    finding = _new(profiling, actor, now, aspect=Aspect(need.key_group.value), need=need)
    _rate(finding, **rated)
    _store(finding, actor, now)
    note(profiling=profiling.pk, need=finding.need)
    return finding


@operation("profiling.rate_need_again", may=policies.may_change_finding, on=Finding)
def rate_need_again(finding: Finding, *, actor: Actor, now: datetime, **rated: Any) -> Finding:
    """As ``rate_need``, for one that is rated. Confirms what was taken over."""
    if not finding.need:
        raise Invalid("Das ist eine Stärke, kein Handlungsbedarf.")
    _rate(finding, **rated)
    return _changed(finding, actor, now)


@operation("profiling.confirm_finding", may=policies.may_change_finding, on=Finding)
def confirm_finding(finding: Finding, *, actor: Actor, now: datetime) -> Finding:
    """What was taken over from the former profiling was looked at and is still so."""
    return _changed(finding, actor, now)


@operation("profiling.rate_health", may=policies.may_write_profiling, on=Profiling)
def rate_health(profiling: Profiling, *, actor: Actor, now: datetime, **rated: Any) -> HealthFinding:
    """What health means for work (need L2), kept apart from all else. No diagnosis. Refused as ``rate_need``."""
    finding = HealthFinding(
        dossier_id=profiling.dossier_id, profiling=profiling, recorded_at=now, recorded_by_id=actor.membership_id
    )
    _rate(finding, **rated)
    _clean(finding)
    finding.save(force_insert=True)
    derive_again(profiling, actor, now)
    return finding


@operation("profiling.rate_health_again", may=policies.may_change_finding, on=HealthFinding)
def rate_health_again(healthfinding: HealthFinding, *, actor: Actor, now: datetime, **rated: Any) -> HealthFinding:
    """As ``rate_health``, for one that is rated."""
    _rate(healthfinding, **rated)
    return _changed(healthfinding, actor, now)


@operation("profiling.confirm_health", may=policies.may_change_finding, on=HealthFinding)
def confirm_health(healthfinding: HealthFinding, *, actor: Actor, now: datetime) -> HealthFinding:
    """What was taken over was looked at and is still so."""
    return _changed(healthfinding, actor, now)


@operation("profiling.begin_profiling", may=policies.may_record_finding, on=Case)
def begin_profiling(
    case: Case, *, actor: Actor, held_on: date, kind: ProfilingKind, take_over: bool = True, now: datetime
) -> Profiling:
    """Open a profiling of that day. take_over: begin with what the last one of the person found, marked as not checked.

    Refused: a day in the future, before admission, not after a profiling that stands, one that has a profiling already.
    """
    _require_possible_day(case, held_on, now)
    standing = Profiling.objects.visible_to(actor).standing().filter(dossier_id=case.dossier_id)
    former = standing.order_by("held_on", "pk").last()
    if former is not None and former.held_on >= held_on:
        raise Invalid(f"Es gibt schon ein Profiling vom {former.held_on:%d.%m.%Y}. Ein neues liegt danach.", "held_on")
    profiling = Profiling.objects.create(
        dossier_id=case.dossier_id, case=case, kind=str(kind), held_on=held_on, held_by_id=actor.membership_id
    )
    copied = _take_over(former, profiling, actor, now) if take_over and former is not None else 0
    assessment_of(profiling, actor, now)
    derive_again(profiling, actor, now)
    _settle_items(case, now)
    note(profiling=profiling.pk, taken_over=copied)
    return profiling


def _take_over(former: Profiling, profiling: Profiling, actor: Actor, now: datetime) -> int:
    """Copies of what stands, each marked with the day it is from. The person's own view is asked anew."""
    copied = 0
    for table in (Finding, HealthFinding):
        for row in table.objects.visible_to(actor).standing().filter(profiling=former).order_by("pk"):
            row.pk, row.profiling, row.version = None, profiling, 1
            row.own_severity, row.corrected_because, row.taken_over_on = "", "", former.held_on
            row.recorded_at, row.recorded_by_id = now, actor.membership_id
            row.save(force_insert=True)
            copied += 1
    return copied


def _new(
    profiling: Profiling,
    actor: Actor,
    now: datetime,
    *,
    aspect: Aspect,
    need: Need | None,
    severity: Severity = Severity.NONE,
    basis: FindingBasis | str = "",
    text: str = "",
) -> Finding:
    return Finding(
        dossier_id=profiling.dossier_id,
        profiling=profiling,
        aspect=str(aspect),
        need=str(need) if need else "",
        severity=str(severity),
        basis=str(basis),
        text=text.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )


def _rate(
    finding: Finding | HealthFinding,
    *,
    severity: Severity,
    basis: FindingBasis,
    text: str = "",
    source: str = "",
    own_severity: Severity | None = None,
    strategy: str = "",
    strategy_note: str = "",
) -> None:
    finding.severity, finding.basis = str(severity), str(basis)
    finding.text, finding.source = text.strip(), source.strip()
    finding.own_severity = str(own_severity or "")
    finding.strategy, finding.strategy_note = strategy, strategy_note.strip()


def _clean(finding: Finding | HealthFinding) -> None:
    """Raises Invalid: what the table may not say."""
    if isinstance(finding, Finding):
        need = Need(finding.need) if finding.need else None
        if wrong := misfit(Aspect(finding.aspect), need, Severity(finding.severity)):
            raise Invalid(wrong[1], wrong[0])
    strength = isinstance(finding, Finding) and not finding.need
    if not finding.text and (strength or finding.severity != Severity.NONE):
        raise Invalid("Bitte schreiben Sie, was festgestellt wurde.", "text")
    for field in ("text", "source"):
        if wrong_words := names_offence(getattr(finding, field)):
            raise Invalid(wrong_words, field)
    finding.clean_fields(exclude=["dossier", "profiling", "recorded_by", "voided_by"])


def _store(finding: Finding, actor: Actor, now: datetime) -> None:
    _clean(finding)
    finding.save(force_insert=True)
    derive_again(finding.profiling, actor, now)


def _changed(finding: Any, actor: Actor, now: datetime) -> Any:
    finding.taken_over_on = None
    _clean(finding)
    finding.version += 1
    finding.save()
    derive_again(finding.profiling, actor, now)
    return finding


def _profiling_of(case: Case, actor: Actor, held_on: date, kind: ProfilingKind, now: datetime) -> Profiling:
    """The profiling of the day, begun when there is none. The case is locked: nobody begins a second one meanwhile."""
    _require_possible_day(case, held_on, now)
    profiling = Profiling.objects.visible_to(actor).standing().filter(case=case, held_on=held_on).first()
    if profiling is None:
        profiling = Profiling.objects.create(
            dossier_id=case.dossier_id, case=case, kind=str(kind), held_on=held_on, held_by_id=actor.membership_id
        )
        assessment_of(profiling, actor, now)
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
    _clean(finding)


def finding_changed(finding: Finding | HealthFinding, case: Case, actor: Actor, now: datetime) -> None:
    """The category is derived from what stands."""
    derive_again(finding.profiling, actor, now)


def check_health(finding: HealthFinding, before: Mapping[str, Any], now: datetime) -> None:
    _clean(finding)


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
