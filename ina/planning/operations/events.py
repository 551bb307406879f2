"""An act on a version: a dated row, and the state that follows from the rows that stand. Parts of operations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.planning.enums import PlanAct, PlanState
from ina.planning.lifecycle import TRANSITIONS, state_after
from ina.planning.models import IntegrationPlan, PlanEvent

WHY = "Teil einer Operation, die den Plan schon geladen hat"


def apply_act(
    plan: IntegrationPlan, act: PlanAct, on: date, *, actor: Actor, now: datetime, reason: str = "", field: str = "on"
) -> PlanEvent:
    """Store the act and its state. The policy has asked whether the state allows it.

    Refused: a day in the future or before the act before it, a missing reason.
    """
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", field)
    last = standing_events(plan).last()
    if last is not None and on < last.happened_on:
        raise Invalid(f"Davor steht „{PlanAct(last.act).label}“ am {last.happened_on:%d.%m.%Y}.", field)
    if TRANSITIONS[act].reason and not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    event = PlanEvent(
        dossier_id=plan.dossier_id,
        plan=plan,
        act=str(act),
        happened_on=on,
        reason=reason.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    event.clean_fields(exclude=["dossier", "plan", "recorded_by", "voided_by"])
    event.save(force_insert=True)
    set_state(plan)
    return event


def void_entry(row: Any, *, because: str, actor: Actor, now: datetime) -> None:
    """A row that goes with another that was voided."""
    row.voided_at, row.voided_by_id, row.voided_because = now, actor.membership_id, because
    row.version += 1
    row.save(update_fields=["voided_at", "voided_by", "voided_because", "version"])


def set_state(plan: IntegrationPlan) -> None:
    """The state that follows from the acts that stand."""
    state = state_after(PlanAct(act) for act in standing_events(plan).values_list("act", flat=True))
    plan.state = str(PlanState(state))
    plan.version += 1
    plan.save(update_fields=["state", "version"])


def standing_events(plan: IntegrationPlan):
    return PlanEvent.objects.unscoped(because=WHY).standing().filter(plan=plan).order_by("pk")
