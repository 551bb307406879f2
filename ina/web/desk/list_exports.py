"""Auszüge: lists of cases as workbooks, made in the background; wait for them, take them, delete them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import Invalid
from ina.cases import policies
from ina.cases.enums import ExportState
from ina.cases.operations.list_exports import delete_export, order_export
from ina.cases.queries.list_exports import ExportRow, export_content, get_export
from ina.cases.queries.list_exports import list_exports as ordered_exports
from ina.cases.queries.list_frame import get_list_frame
from ina.cases.rules.narrowing import narrowing_of
from ina.exchange.tasks import export_cases
from ina.web.desk.case_filter import words_of
from ina.web.shell.pages import lead_to, show

MARKS = {ExportState.WAITING: "run", ExportState.READY: "done", ExportState.FAILED: "fail"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Line:
    """A workbook as the template needs it."""

    export_id: int
    words: str
    asked_at: datetime
    state: ExportState
    mark: str
    rows: int | None


def list_exports(request: HttpRequest) -> HttpResponse:
    """The page; a POST with ``loeschen`` deletes one, any other orders one of the list that its fields say."""
    actor = request.actor
    policies.may_order_export(actor).require()
    if request.method == "POST":
        return _delete(request) if "loeschen" in request.POST else _order(request)
    frame = get_list_frame(actor, clock.today())
    lines = [_line(actor, row, frame) for row in ordered_exports(actor)]
    context = {
        "lines": lines,
        "waiting": any(line.state is ExportState.WAITING for line in lines),
        "section": "case_list",
    }
    return show(request, "desk/list_exports.html", context, fragments=("auszuege",))


def list_export_file(request: HttpRequest, export_id: int) -> HttpResponse:
    """The finished workbook, for whoever ordered it."""
    actor = request.actor
    policies.may_order_export(actor).require()
    content, row = export_content(actor, export_id), get_export(actor, export_id)
    record_read(action="export.caseload_taken", actor=actor, now=clock.now(), format="xlsx", rows=row.rows)
    name = f"faelle-{clock.day_of(row.asked_at)}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _order(request: HttpRequest) -> HttpResponse:
    here = reverse("list_exports")
    if request.POST.get("q", "").strip():
        messages.error(request, "Wonach Sie suchen, wird nicht gespeichert. Ein Suchergebnis gibt es als CSV.")
        return lead_to(request, here)
    try:
        ordered = order_export(actor=request.actor, query=request.POST, now=clock.now())
    except Invalid as error:
        messages.error(request, error.message)
        return lead_to(request, here)
    export_cases.start(actor=request.actor, export_id=ordered.pk)
    return lead_to(request, here)


def _delete(request: HttpRequest) -> HttpResponse:
    said = request.POST["loeschen"]
    row = get_export(request.actor, int(said) if said.isdecimal() and len(said) < 18 else 0)
    delete_export(actor=request.actor, listexport_id=row.export_id, now=clock.now())
    return lead_to(request, reverse("list_exports"), "Der Auszug ist gelöscht.")


def _line(actor, row: ExportRow, frame) -> Line:
    words = words_of(actor, narrowing_of(row.query), frame)
    return Line(row.export_id, words, row.asked_at, row.state, MARKS[row.state], row.rows)
