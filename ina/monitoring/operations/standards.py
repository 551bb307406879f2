"""Ticking off minimum standards, with what proves it, or leaving one out with a reason."""

from __future__ import annotations

from datetime import date, datetime

from ina.access.enums import Compartment
from ina.access.queries import opened_to
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.monitoring import policies
from ina.monitoring.enums import StandardState
from ina.monitoring.models import StandardCheck
from ina.monitoring.standards import Standard, catalogue

PLAIN = Compartment.CASE | Compartment.PLAN
HEALTH = PLAIN | Compartment.HEALTH


@operation("monitoring.check_standard", may=policies.may_check_standard, on=Case)
def check_standard(
    case: Case,
    *,
    actor: Actor,
    item: int,
    state: StandardState,
    done_on: date | None = None,
    evidence: str = "",
    because: str = "",
    seen: int = 0,
    now: datetime,
) -> StandardCheck:
    """Say where one item stands. ``seen``: the version that the page showed, 0 when nothing was entered.

    Invalid: no such item, done without its day or in the future, left out without a reason. Conflict: somebody was
    faster. NotVisible: an item of health for whoever does not see health.
    """
    standard = catalogue().get(item)
    if standard is None:
        raise Invalid("Diesen Mindeststandard gibt es nicht.", "item")
    if standard.health and not opened_to(actor, case.dossier_id) & Compartment.HEALTH:
        raise NotVisible()
    row = StandardCheck.objects.visible_to(actor).select_for_update().filter(case=case, item=item).first()
    if seen != (row.version if row else 0):
        raise Conflict()
    _require(state, done_on, because, day_of(now))
    row = row or StandardCheck(dossier_id=case.dossier_id, case=case, item=item, compartments=int(bits_of(standard)))
    row.catalogue, row.state = catalogue().version, str(state)
    row.done_on = done_on if state is StandardState.DONE else None
    row.evidence = evidence.strip()
    row.because = because.strip() if state is StandardState.LEFT_OUT else ""
    row.version = seen + 1
    row.recorded_at, row.recorded_by_id = now, actor.membership_id
    row.clean_fields(exclude=["dossier", "case", "recorded_by"])
    row.save()
    # Which item of health it was is none of the trail's business.
    note(item=item if not standard.health else 0, state=str(state))
    return row


def bits_of(standard: Standard) -> Compartment:
    """Of which compartments a row about this item tells."""
    return HEALTH if standard.health else PLAIN


def _require(state: StandardState, done_on: date | None, because: str, today: date) -> None:
    if state is StandardState.DONE and done_on is None:
        raise Invalid("Bitte geben Sie den Tag an.", "done_on")
    if done_on is not None and done_on > today:
        raise Invalid(f"Der {done_on:%d.%m.%Y} liegt in der Zukunft.", "done_on")
    if state is StandardState.LEFT_OUT and not because.strip():
        raise Invalid("Bitte schreiben Sie, warum das hier entfällt.", "because")
