"""Applications of a case with what became of them. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_note
from ina.monitoring.applications import Due, Moved, may_follow, next_due, stands_at
from ina.monitoring.enums import ApplicationKind, ApplicationStep
from ina.monitoring.models import ApplicationMove, BenefitApplication
from ina.reference.queries import parameter


@dataclass(frozen=True)
class MoveRow:
    """``ordinal`` names the entry in addresses."""

    ordinal: int
    step: ApplicationStep
    happened_on: date
    due_on: date | None
    remark: str
    by: str
    voided: str


@dataclass(frozen=True)
class ApplicationRow:
    """``due``: what comes next, None when nothing does. ``following``: steps that may be entered now."""

    number: int
    kind: ApplicationKind
    office: str
    reference: str
    prepared_on: date
    by: str
    state: ApplicationStep
    due: Due | None
    following: tuple[ApplicationStep, ...]
    moves: tuple[MoveRow, ...]


def list_applications(actor: Actor, case: Case, today: date) -> list[ApplicationRow]:
    """Those with something to do first, by day. Two statements beside the parameters."""
    moves = (
        ApplicationMove.objects.visible_to(actor)
        .filter(dossier_id=case.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("pk")
    )
    of: dict[int, list[ApplicationMove]] = {}
    for move in numbered(moves):
        of.setdefault(move.application_id, []).append(move)
    rows = BenefitApplication.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user")
    objection, patience = parameter("objection_limit", on=today), parameter("application_patience", on=today)
    found = [_row(row, of.get(row.pk, []), objection, patience) for row in rows.order_by("number")]
    return sorted(found, key=lambda row: (row.due is None, row.due.on if row.due else date.max, row.number))


def get_application(actor: Actor, case: Case, number: int) -> BenefitApplication:
    row = BenefitApplication.objects.visible_to(actor).filter(case=case, number=number).first()
    if row is None:
        raise NotVisible()
    return row


def _row(row: BenefitApplication, moves: list[ApplicationMove], objection, patience) -> ApplicationRow:
    counted = [Moved(ApplicationStep(one.step), one.happened_on, one.due_on) for one in moves if not one.is_voided]
    return ApplicationRow(
        number=row.number,
        kind=ApplicationKind(row.kind),
        office=row.office,
        reference=row.reference,
        prepared_on=row.prepared_on,
        by=row.recorded_by.user.display_name,
        state=stands_at(counted),
        due=next_due(row.prepared_on, counted, objection, patience),
        following=may_follow(counted),
        moves=tuple(
            MoveRow(
                ordinal=one.ordinal,  # type: ignore[attr-defined]
                step=ApplicationStep(one.step),
                happened_on=one.happened_on,
                due_on=one.due_on,
                remark=one.remark,
                by=one.by,  # type: ignore[attr-defined]
                voided=voided_note(one),
            )
            for one in moves
        ),
    )
