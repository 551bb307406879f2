"""Measures in prison: assigned, running, completed with a judgement, or broken off with a reason (domain 9.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.planning import policies
from ina.planning.enums import EFFECTS, MeasureKind, MeasureState, Outside
from ina.planning.models import PrisonMeasure
from ina.reference.queries import codes

BASIC = ("title", "provider", "assigned_on", "planned_end_on", "outside_with")
FIELDS = (*BASIC, "started_on", "ended_on", "result", "effectiveness", "abort_reason")


@operation("planning.assign_measure", may=policies.may_assign_measure, on=Case)
def assign_measure(
    case: Case,
    *,
    actor: Actor,
    kind: MeasureKind,
    point: str,
    title: str,
    assigned_on: date,
    provider: str = "",
    planned_end_on: date | None = None,
    sessions: int | None = None,
    outside: Outside = Outside.TO_CLARIFY,
    outside_with: str = "",
    now: datetime,
) -> PrisonMeasure:
    """Somebody was assigned to a measure under a point of the prison's plan (list ``prison_plan_points``)."""
    if point not in {row.code for row in codes("prison_plan_points", on=day_of(now))}:
        raise Invalid("Diesen Punkt des Vollzugsplans gibt es nicht.", "point")
    measure = PrisonMeasure(
        dossier_id=case.dossier_id,
        case=case,
        kind=str(kind),
        point=point,
        title=title.strip(),
        provider=provider.strip(),
        assigned_on=assigned_on,
        planned_end_on=planned_end_on,
        sessions=sessions,
        outside=str(outside),
        outside_with=outside_with.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_measure(measure, {}, now)
    measure.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    measure.save(force_insert=True)
    note(point=point, kind=str(kind))
    return measure


@operation("planning.start_measure", may=policies.may_start_measure, on=PrisonMeasure)
def start_measure(measure: PrisonMeasure, *, actor: Actor, started_on: date, now: datetime) -> None:
    measure.started_on, measure.state = started_on, MeasureState.RUNNING
    _save(measure, now)


@operation("planning.note_attendance", may=policies.may_change_measure, on=PrisonMeasure)
def note_attendance(
    measure: PrisonMeasure,
    *,
    actor: Actor,
    sessions: int,
    attended: int,
    outside: Outside,
    outside_with: str = "",
    now: datetime,
) -> None:
    """How many appointments were planned and kept, and whether it can go on outside, with whom."""
    if not 0 <= attended <= sessions:
        raise Invalid("Besucht sind höchstens so viele Termine, wie vorgesehen waren.", "attended")
    if outside is Outside.YES and not outside_with.strip():
        raise Invalid("Bitte sagen Sie, bei wem es draußen weitergeht.", "outside_with")
    measure.sessions, measure.attended = sessions, attended
    measure.outside, measure.outside_with = str(outside), outside_with.strip()
    _save(measure, now)


@operation("planning.complete_measure", may=policies.may_complete_measure, on=PrisonMeasure)
def complete_measure(
    measure: PrisonMeasure, *, actor: Actor, ended_on: date, result: str, effectiveness: int, now: datetime
) -> None:
    """It was completed; what came of it, and how effective it was (1 to 4, ``enums.EFFECTS``)."""
    measure.ended_on, measure.result, measure.state = ended_on, result.strip(), MeasureState.COMPLETED
    measure.effectiveness = effectiveness
    _save(measure, now)


@operation("planning.abort_measure", may=policies.may_abort_measure, on=PrisonMeasure)
def abort_measure(
    measure: PrisonMeasure, *, actor: Actor, ended_on: date, abort_reason: str, result: str = "", now: datetime
) -> None:
    """It was broken off, or never begun, for a reason of the list ``measure_abort_reasons``."""
    if abort_reason not in {row.code for row in codes("measure_abort_reasons", on=day_of(now))}:
        raise Invalid("Bitte wählen Sie den Grund.", "abort_reason")
    measure.ended_on, measure.abort_reason, measure.result = ended_on, abort_reason, result.strip()
    measure.state = MeasureState.ABORTED
    _save(measure, now)


def of_measure(measure: PrisonMeasure) -> tuple[str, ...]:
    """What means something in the state it is in."""
    state = MeasureState(measure.state)
    more = {
        MeasureState.ASSIGNED: (),
        MeasureState.RUNNING: ("started_on",),
        MeasureState.COMPLETED: ("started_on", "ended_on", "result", "effectiveness"),
        MeasureState.ABORTED: ("ended_on", "abort_reason", "result"),
    }
    return (*BASIC, *more[state])


def check_measure(measure: PrisonMeasure, before: Mapping[str, Any], now: datetime) -> None:
    """Days in their order, none of them in the future but the planned end; what is completed is judged."""
    if not measure.title.strip():
        raise Invalid("Bitte nennen Sie die Maßnahme.", "title")
    last = measure.assigned_on
    for field in ("assigned_on", "started_on", "ended_on"):
        day = getattr(measure, field)
        if day is None:
            continue
        if day > day_of(now):
            raise Invalid(f"Der {day:%d.%m.%Y} liegt in der Zukunft.", field)
        if day < last:
            raise Invalid(f"Der {day:%d.%m.%Y} liegt vor dem {last:%d.%m.%Y}.", field)
        last = day
    if measure.planned_end_on and measure.planned_end_on < measure.assigned_on:
        raise Invalid("Das geplante Ende liegt vor der Zuweisung.", "planned_end_on")
    if measure.state == MeasureState.COMPLETED:
        if not measure.result.strip():
            raise Invalid("Bitte schreiben Sie das Ergebnis auf.", "result")
        if measure.effectiveness not in EFFECTS:
            raise Invalid("Bitte schätzen Sie die Wirksamkeit von 1 bis 4 ein.", "effectiveness")
    if measure.outside == Outside.YES and not measure.outside_with.strip():
        raise Invalid("Bitte sagen Sie, bei wem es draußen weitergeht.", "outside_with")


def _save(measure: PrisonMeasure, now: datetime) -> None:
    check_measure(measure, {}, now)
    measure.corrected_because = ""
    measure.version += 1
    measure.save()
    note(state=str(measure.state), point=measure.point)
