"""Measures in prison of a case, by the points of the prison's plan. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_by_note
from ina.planning.enums import EFFECTS, MeasureKind, MeasureState, Outside
from ina.planning.models import PrisonMeasure


@dataclass(frozen=True)
class MeasureRow:
    """ends_late: it is to end after the release, as planned now. ordinal: among all of the dossier."""

    ordinal: int
    kind: MeasureKind
    point: str
    title: str
    provider: str
    assigned_on: date
    started_on: date | None
    planned_end_on: date | None
    ended_on: date | None
    state: MeasureState
    sessions: int | None
    attended: int | None
    result: str
    effectiveness: int | None
    abort_reason: str
    outside: Outside
    outside_with: str
    version: int
    ends_late: bool
    voided: str

    @property
    def effect(self) -> str:
        return EFFECTS.get(self.effectiveness or 0, "")

    @property
    def is_open(self) -> bool:
        return self.state in (MeasureState.ASSIGNED, MeasureState.RUNNING)


MEASURES = Read(
    lambda given: (
        PrisonMeasure.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(undone_by=F("voided_by__user__display_name"))
        .order_by("assigned_on", "pk")
    )
)


def measures_from(rows: Iterable[Any], case: Case, release: date | None) -> list[MeasureRow]:
    """Those of a case in the order of assignment, voided ones too."""
    return [_row(row, release) for row in numbered(rows) if row.case_id == case.pk]


def get_measure(actor: Actor, case: Case, ordinal: int) -> PrisonMeasure:
    """The measure with this number in the dossier. NotVisible when hidden, absent or of another case."""
    rows = PrisonMeasure.objects.visible_to(actor).filter(dossier_id=case.dossier_id).order_by("pk")
    row = next(iter(rows[ordinal - 1 : ordinal]), None) if ordinal > 0 else None
    if row is None or row.case_id != case.pk:
        raise NotVisible()
    return row


def _row(row: Any, release: date | None) -> MeasureRow:
    state = MeasureState(row.state)
    late = release is not None and row.planned_end_on is not None and row.planned_end_on > release
    return MeasureRow(
        ordinal=row.ordinal,
        kind=MeasureKind(row.kind),
        point=row.point,
        title=row.title,
        provider=row.provider,
        assigned_on=row.assigned_on,
        started_on=row.started_on,
        planned_end_on=row.planned_end_on,
        ended_on=row.ended_on,
        state=state,
        sessions=row.sessions,
        attended=row.attended,
        result=row.result,
        effectiveness=row.effectiveness,
        abort_reason=row.abort_reason,
        outside=Outside(row.outside),
        outside_with=row.outside_with,
        version=row.version,
        ends_late=late and state in (MeasureState.ASSIGNED, MeasureState.RUNNING),
        voided=voided_by_note(row, row.undone_by),
    )
