"""The minimum standards of a case: each item with what is known, as far as the reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.access.enums import Compartment
from ina.access.queries import opened_to
from ina.base.actor import Actor
from ina.cases.models import Case
from ina.monitoring.enums import StandardMark, StandardState
from ina.monitoring.models import StandardCheck
from ina.monitoring.standards import Standard, catalogue, mark_of, met


@dataclass(frozen=True)
class StandardRow:
    """``version``: 0 when nothing was entered."""

    one: Standard
    state: StandardState
    mark: StandardMark
    due_on: date | None
    done_on: date | None
    evidence: str
    because: str
    by: str
    version: int


@dataclass(frozen=True)
class StandardList:
    """``hidden``: how many items the reader does not see (health)."""

    name: str
    version: str
    rows: tuple[StandardRow, ...]
    done: int
    applicable: int
    left_out: int
    late: int
    hidden: int


def list_standards(actor: Actor, case: Case, release: date | None, today: date) -> StandardList:
    """In the order of their days. Two statements."""
    found = {
        row.item: row
        for row in StandardCheck.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user")
    }
    sees_health = bool(opened_to(actor, case.dossier_id) & Compartment.HEALTH)
    listed = catalogue()
    items = [one for one in listed.items if sees_health or not one.health]
    rows = [_row(one, found.get(one.number), release, today) for one in items]
    rows.sort(key=lambda row: (row.due_on or date.max, row.one.number))
    done, applicable = met(row.state for row in rows)
    return StandardList(
        name=listed.name,
        version=listed.version,
        rows=tuple(rows),
        done=done,
        applicable=applicable,
        left_out=len(rows) - applicable,
        late=sum(row.mark is StandardMark.LATE for row in rows),
        hidden=len(listed.items) - len(items),
    )


def _row(one: Standard, known: StandardCheck | None, release: date | None, today: date) -> StandardRow:
    state = StandardState(known.state) if known else StandardState.OPEN
    due_on = one.due_on(release)
    return StandardRow(
        one=one,
        state=state,
        mark=mark_of(state, due_on, today),
        due_on=due_on,
        done_on=known.done_on if known else None,
        evidence=known.evidence if known else "",
        because=known.because if known else "",
        by=known.recorded_by.user.display_name if known else "",
        version=known.version if known else 0,
    )
