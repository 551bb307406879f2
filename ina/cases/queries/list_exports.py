"""Whole lists of cases for files, row by row; and the workbooks that somebody ordered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.cases.enums import ExportState
from ina.cases.models import ListExport
from ina.cases.queries.case_list import CaseRow, asked, list_cases, rows_of_page
from ina.cases.queries.list_frame import get_list_frame
from ina.cases.rules.narrowing import Narrowing

CHUNK = 1000


def stream_cases(
    actor: Actor, *, today: date, wanted: Narrowing, name: str = "", booking_number: str = ""
) -> Iterator[CaseRow]:
    """All rows that ``list_cases`` would show page by page, as the actor may see them now. Inside a transaction.

    The database keeps the rows: memory stays flat however many there are.
    """
    frame = get_list_frame(actor, today)
    if name or booking_number:  # one page, see there
        found = list_cases(actor, today=today, wanted=wanted, frame=frame, name=name, booking_number=booking_number)
        yield from found.rows
        return
    rows, column = asked(actor, wanted, frame, today)
    with connection.chunked_cursor() as cursor:
        text, params = rows.query.sql_with_params()
        cursor.execute(text, params)
        while lines := cursor.fetchmany(CHUNK):
            yield from rows_of_page(actor, lines, column, today, frame.dated)


@dataclass(frozen=True)
class ExportRow:
    """A workbook that was ordered. query: what the list was narrowed to, by names of the filter's fields."""

    export_id: int
    query: Mapping[str, str]
    asked_at: datetime
    state: ExportState
    rows: int | None


def list_exports(actor: Actor) -> list[ExportRow]:
    """The newest first, without their content."""
    rows = ListExport.objects.visible_to(actor).filter(membership_id=actor.membership_id).order_by("-asked_at", "-pk")
    found = rows.values_list("pk", "query", "asked_at", "state", "rows")
    return [ExportRow(pk, query, at, ExportState(state), count) for pk, query, at, state, count in found]


def get_export(actor: Actor, export_id: int) -> ExportRow:
    """Raises NotVisible."""
    found = next((row for row in list_exports(actor) if row.export_id == export_id), None)
    if found is None:
        raise NotVisible()
    return found


def export_content(actor: Actor, export_id: int) -> bytes:
    """The finished workbook. Raises NotVisible, also for one that is not ready."""
    rows = ListExport.objects.visible_to(actor).filter(membership_id=actor.membership_id, state=ExportState.READY)
    content = rows.filter(pk=export_id).values_list("content", flat=True).first()
    if content is None:
        raise NotVisible()
    return bytes(content)
