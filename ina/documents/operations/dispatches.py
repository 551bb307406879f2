"""The outbox: a version goes to somebody, once; what is printed, handed over and comes back is written down.

Nothing leaves by itself: there is no gateway for mail yet, so letters and hand-overs are what people do.
"""

from __future__ import annotations

from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible
from ina.base.operation import note, operation
from ina.documents import policies
from ina.documents.enums import Channel
from ina.documents.models import Dispatch, Document


@operation("documents.prepare_dispatch", may=policies.may_change_document, on=Document)
def prepare_dispatch(
    document: Document, *, actor: Actor, number: int, channel: Channel, recipient: str, now: datetime
) -> Dispatch:
    """Put a version into the outbox. Invalid: no recipient, mail (no gateway), the same version is on its way there."""
    version = document.documentversions.visible_to(actor).filter(number=number).first()
    if version is None:
        raise NotVisible()
    if channel == Channel.MAIL:
        raise Invalid("E-Mail ist nicht eingerichtet. Bitte drucken und als Brief schicken oder übergeben.", "channel")
    if not recipient.strip():
        raise Invalid("An wen geht es?", "recipient")
    dispatch = Dispatch(
        dossier_id=document.dossier_id,
        compartments=document.compartments,
        document=document,
        of_version=version,
        channel=str(channel),
        recipient=recipient.strip(),
        prepared_at=now,
        prepared_by_id=actor.membership_id,
    )
    dispatch.clean_fields(exclude=["dossier", "document", "of_version", "prepared_by"])
    dispatch.save(force_insert=True)
    note(document=document.token, number=number, channel=dispatch.channel)
    return dispatch


@operation("documents.print_dispatch", may=policies.may_move_dispatch, on=Dispatch)
def print_dispatch(dispatch: Dispatch, *, actor: Actor, on: date, now: datetime) -> None:
    _require_day(on, dispatch, now)
    dispatch.printed_on = on
    _save(dispatch, "printed_on")


@operation("documents.hand_over_dispatch", may=policies.may_move_dispatch, on=Dispatch)
def hand_over_dispatch(dispatch: Dispatch, *, actor: Actor, on: date, now: datetime) -> None:
    """It left the house: posted, or put into somebody's hands."""
    _require_day(on, dispatch, now)
    dispatch.printed_on = dispatch.printed_on or on
    dispatch.gone_on = on
    _save(dispatch, "printed_on", "gone_on")


@operation("documents.return_dispatch", may=policies.may_move_dispatch, on=Dispatch)
def return_dispatch(dispatch: Dispatch, *, actor: Actor, on: date, because: str, now: datetime) -> None:
    """It came back. The same version may then be sent there again."""
    if dispatch.gone_on is None:
        raise Invalid("Was nicht aus dem Haus ist, kann nicht zurückkommen.")
    _require_day(on, dispatch, now)
    if on < dispatch.gone_on:
        raise Invalid(f"Aus dem Haus ging es erst am {dispatch.gone_on:%d.%m.%Y}.", "on")
    dispatch.returned_on, dispatch.because = on, _reason(because)
    _save(dispatch, "returned_on", "because")


@operation("documents.drop_dispatch", may=policies.may_move_dispatch, on=Dispatch)
def drop_dispatch(dispatch: Dispatch, *, actor: Actor, because: str, now: datetime) -> None:
    """It will not be sent after all."""
    if dispatch.gone_on is not None:
        raise Invalid("Es ist schon aus dem Haus.")
    dispatch.dropped_at, dispatch.because = now, _reason(because)
    _save(dispatch, "dropped_at", "because")


def _reason(because: str) -> str:
    if not because.strip():
        raise Invalid("Bitte schreiben Sie, warum.", "because")
    return because.strip()[:300]


def _require_day(on: date, dispatch: Dispatch, now: datetime) -> None:
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", "on")
    if on < day_of(dispatch.prepared_at):
        raise Invalid(f"Vorbereitet wurde es erst am {day_of(dispatch.prepared_at):%d.%m.%Y}.", "on")


def _save(dispatch: Dispatch, *columns: str) -> None:
    dispatch.version += 1
    dispatch.save(update_fields=[*columns, "version"])
    note(document=dispatch.document_id)
