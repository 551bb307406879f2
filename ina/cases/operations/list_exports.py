"""Lists of cases as workbooks, made in the background: ordered, filled, deleted. The job asks for the rows again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import ExportState
from ina.cases.models import ListExport
from ina.cases.rules.narrowing import narrowing_of

MOST = 10


@operation("cases.order_export", may=policies.may_order_export)
def order_export(*, actor: Actor, query: Mapping[str, str], now: datetime) -> ListExport:
    """The order; whoever calls starts the job (``exchange.tasks.export_cases``). query: the fields of the filter.

    Raises Invalid when too many lie there already.
    """
    holder: Any = getattr(actor, "own_holder", None)  # the policy has seen to it
    if ListExport.objects.visible_to(actor).filter(holder_id=holder).count() >= MOST:
        raise Invalid(f"Sie haben schon {MOST} Auszüge. Bitte löschen Sie zuerst einen.")
    return ListExport.objects.create(
        holder_id=holder,
        membership_id=actor.membership_id,
        query=narrowing_of(query).as_query(),
        asked_at=now,
        state=ExportState.WAITING,
    )


@operation("cases.fill_export", may=policies.may_use_export, on=ListExport)
def fill_export(export: ListExport, *, actor: Actor, content: bytes, rows: int, now: datetime) -> None:
    """The workbook is there. rows: cases in it."""
    export.content, export.rows, export.state, export.finished_at = content, rows, ExportState.READY, now
    export.save(update_fields=["content", "rows", "state", "finished_at"])
    note(rows=rows)


@operation("cases.fail_export", may=policies.may_use_export, on=ListExport)
def fail_export(export: ListExport, *, actor: Actor, now: datetime) -> None:
    """It could not be made."""
    export.state, export.finished_at = ExportState.FAILED, now
    export.save(update_fields=["state", "finished_at"])


@operation("cases.delete_export", may=policies.may_use_export, on=ListExport)
def delete_export(export: ListExport, *, actor: Actor, now: datetime) -> None:
    """Before the night does it."""
    export.delete()
