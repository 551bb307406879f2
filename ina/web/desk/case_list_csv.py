"""The list of cases as it is shown, as a file for a spreadsheet: streamed, so that its length costs no memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.http import HttpRequest

from ina.audit.trail import record_read
from ina.base import clock
from ina.base.actor import Actor
from ina.cases import policies
from ina.cases.queries.list_exports import stream_cases
from ina.cases.rules.narrowing import Narrowing, narrowing_of
from ina.exchange.case_list import csv_of
from ina.web.desk.case_list import search_fields, searched_in
from ina.web.shell.streams import Stream


def case_list_csv(request: HttpRequest) -> Stream:
    policies.may_export_cases(request.actor).require()
    wanted, searched = narrowing_of(request.POST or request.GET), searched_in(request)
    now = clock.now()
    record_read(action="export.caseload", actor=request.actor, now=now, format="csv", searched=bool(searched))
    return Stream(
        request.actor,
        partial(_pieces, request.actor, wanted, searched),
        name=f"faelle-{clock.day_of(now)}.csv",
    )


def _pieces(actor: Actor, wanted: Narrowing, searched: str) -> Iterator[bytes]:
    """How many rows were really sent is recorded at the end, also when somebody stopped it."""
    sent = 0

    def counted(rows):
        nonlocal sent
        for row in rows:
            sent += 1
            yield row

    try:
        yield from csv_of(counted(stream_cases(actor, today=clock.today(), wanted=wanted, **search_fields(searched))))
    finally:
        record_read(action="export.caseload_sent", actor=actor, now=clock.now(), format="csv", rows=sent)
