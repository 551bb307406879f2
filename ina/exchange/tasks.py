"""Large lists in the background: read a kept file, propose all its new rows, write a list of cases.

Jobs carry the id of the list only.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import transaction

from ina.access.jobs import job
from ina.audit.trail import record_read
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import DomainError, NotVisible
from ina.cases import policies
from ina.cases.enums import ListPurpose
from ina.cases.operations.list_exports import fail_export, fill_export
from ina.cases.operations.prison_lists import fill_prison_list, refer_from_list, stop_referring
from ina.cases.operations.take_over import take_over_cases
from ina.cases.queries import get_import
from ina.cases.queries.list_exports import get_export, stream_cases
from ina.cases.queries.lists import kept_content
from ina.cases.rules.narrowing import narrowing_of
from ina.exchange.case_list import workbook_of
from ina.exchange.limits import Unusable
from ina.exchange.lists import ReadList, read_cases, read_list

logger = logging.getLogger(__name__)


@job("exchange.read_kept_list")
def read_kept_list(*, actor: Actor, now: datetime, import_id: int) -> None:
    """Read the file that was uploaded; what is wrong with it stands on the page of the list."""
    try:
        waiting, content = get_import(actor, import_id), kept_content(actor, import_id)
    except NotVisible:
        return
    if not content:
        return
    try:
        found = (
            read_cases(content, waiting.prison, day_of(now), actor)
            if waiting.purpose == ListPurpose.TAKE_OVER
            else read_list(content, waiting.prison, day_of(now))
        )
    except Unusable as error:
        found = ReadList((), {"problem": str(error)})
    fill_prison_list(actor=actor, now=now, prisonlistimport_id=import_id, people=found.people, counts=found.counts)


@job("exchange.apply_list")
def apply_list(*, actor: Actor, now: datetime, import_id: int, on: str) -> None:
    """Propose, or take over, all new rows of a list."""
    key = {"actor": actor, "now": now, "prisonlistimport_id": import_id}
    try:
        if get_import(actor, import_id).purpose == ListPurpose.TAKE_OVER:
            take_over_cases(rows=None, **key)
        else:
            refer_from_list(rows=None, referred_on=date.fromisoformat(on), **key)
    except NotVisible:
        return
    except DomainError as error:
        stop_referring(problem=error.message, **key)


@job("exchange.export_cases")
def export_cases(*, actor: Actor, now: datetime, export_id: int) -> None:
    """Write the list of cases that somebody ordered, with what they may see at this moment."""
    key = {"actor": actor, "now": now, "listexport_id": export_id}
    try:
        ordered = get_export(actor, export_id)
    except NotVisible:  # deleted meanwhile
        return
    try:
        with transaction.atomic():
            policies.may_export_cases(actor).require()
            rows = stream_cases(actor, today=day_of(now), wanted=narrowing_of(ordered.query))
            content, count = workbook_of(rows)
    except Exception:  # whatever it was: the one who waits is told, the log says what
        logger.exception("export %s could not be made", export_id)
        fail_export(**key)
        return
    record_read(action="export.caseload", actor=actor, now=now, format="xlsx", rows=count)
    fill_export(content=content, rows=count, **key)
