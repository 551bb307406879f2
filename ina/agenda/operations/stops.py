"""The clock of a case stands still for a reason: deadlines of our own wait, those towards the release do not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.access.models import Dossier
from ina.agenda import policies
from ina.agenda.changed import tell
from ina.agenda.models import ClockStop
from ina.agenda.operations.counted import count_stops
from ina.agenda.rules import day_in_reach
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.reference.queries import code_labels, parameter


@operation("agenda.stop_clock", may=policies.may_stop_clock, on=Dossier)
def stop_clock(
    dossier: Dossier,
    *,
    actor: Actor,
    case_number: int,
    reason: str,
    from_on: date,
    until_on: date,
    remark: str = "",
    now: datetime,
) -> ClockStop:
    """Deadlines of the case wait from a day to a day, both counted. reason: code of clock_stop_reasons.

    Refused: longer than the dated parameter ``clock_stop_max``, days that overlap another stop.
    """
    policies.may_add_to_case(actor, dossier, case_number).require()
    stop = ClockStop(
        dossier=dossier,
        case_number=case_number,
        reason=reason,
        from_on=from_on,
        until_on=until_on,
        remark=remark.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_stop(stop, {}, now)
    stop.clean_fields(exclude=["dossier", "recorded_by", "voided_by"])
    stop.save(force_insert=True)
    stop_changed(stop, None, actor, now)
    note(case=case_number, reason=reason)
    return stop


def check_stop(stop: ClockStop, before: Mapping[str, Any], now: datetime) -> None:
    """Raises Invalid for an unknown reason, an end before the beginning, and more days than are allowed at once."""
    if not (day_in_reach(stop.from_on) and day_in_reach(stop.until_on)):
        raise Invalid("Mit diesen Tagen lässt sich nicht rechnen.", "until_on")
    if stop.reason not in code_labels("clock_stop_reasons", on=stop.from_on):
        raise Invalid("Bitte wählen Sie einen Grund.", "reason")
    if stop.until_on < stop.from_on:
        raise Invalid("Das Ende liegt vor dem Anfang.", "until_on")
    latest = parameter("clock_stop_max", on=stop.from_on).after(stop.from_on)
    if stop.until_on > latest:
        raise Invalid(f"Anhalten geht längstens bis {latest:%d.%m.%Y}; danach bitte neu.", "until_on")


def stop_changed(stop: ClockStop, case: Any, actor: Actor, now: datetime) -> None:
    """Deadlines follow; the list row is told."""
    count_stops([stop.dossier_id], also=(stop.dossier_id, stop.case_number))
    tell(stop.dossier_id, stop.case_number)
