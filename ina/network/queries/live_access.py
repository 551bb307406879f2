"""Profiles that are open to the chamber's coordination: which, and what they say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from ina.access.enums import Basis, Compartment, ConsentPurpose
from ina.access.models import Consent
from ina.access.queries import has_running_grant
from ina.access.rules import labels_of
from ina.access.sharing import GIVING
from ina.base.actor import Actor
from ina.base.clock import BERLIN
from ina.base.errors import NotVisible
from ina.cases.models import Participant
from ina.institutions.enums import Kind
from ina.network.queries.snapshots import BUILDERS, section

# A profile is called by its person; without the name there is nothing to open.
NEEDED = Compartment.IDENTITY
OPENED = Compartment.IDENTITY | Compartment.VOCATIONAL | Compartment.JOB
GRANTS = """
SELECT id, dossier_id, compartments, lower(valid), upper(valid)
FROM access_grant WHERE holder_id = ANY (%s) AND basis = %s AND valid @> now()
"""


@dataclass(frozen=True)
class OpenedRow:
    """``id``: of the grant, which stands in the address: the number of the file is none of the chamber's business.
    ``until``: last day; None: until it is withdrawn, or the release."""

    id: int
    dossier_id: int
    name: str
    what: tuple[str, ...]
    since: datetime
    until: date | None


@dataclass(frozen=True)
class Key:
    """A dossier whose row the reader does not see."""

    pk: int


@dataclass(frozen=True)
class Glimpse:
    """As much of a file as the builders of name and profile ask for. There is no case in it."""

    dossier: Key
    participant: Participant


def opened_profiles(actor: Actor) -> list[OpenedRow]:
    """Open to the actor's chamber now, by name."""
    return [row for row, _, _ in _opened(actor)]


def opened_profile(actor: Actor, grant_id: int, today: date) -> tuple[OpenedRow, list[dict]]:
    """What it says now, in the words of a disclosure. NotVisible when it is not open to the actor's chamber."""
    for row, mask, participant in _opened(actor):
        if row.id == grant_id:
            file = Glimpse(Key(row.dossier_id), participant)
            return row, [section(actor, file, one, today, custody=False) for one in BUILDERS if one & mask]
    raise NotVisible()


def may_be_opened(consent: Consent) -> bool:
    """Whether a sheet is meant for live access at all; for pages that offer it. One to ask the chamber is none."""
    mask = Compartment(consent.categories or 0) & OPENED
    return (
        consent.purpose == ConsentPurpose.SHARING
        and consent.direction in GIVING
        and consent.recipient is not None
        and consent.recipient.kind == Kind.CHAMBER
        and bool(mask & NEEDED and mask & ~NEEDED)
    )


def opened_by(consent: Consent) -> bool:
    """Whether a profile is open to the chamber on this sheet now."""
    recipient = consent.recipient
    return recipient is not None and has_running_grant(consent.dossier_id, recipient.holder.pk, Basis.CONSENT)


def _opened(actor: Actor) -> list[tuple[OpenedRow, Compartment, Participant]]:
    """Grants that rest on a consent, and of what they open only what a chamber may see."""
    with connection.cursor() as cursor:
        cursor.execute(GRANTS, [list(actor.holders), str(Basis.CONSENT)])
        grants = {dossier: rest for dossier, *rest in ((row[1], row[0], *row[2:]) for row in cursor.fetchall())}
    people = (
        Participant.objects.visible_to(actor)
        .filter(dossier_id__in=list(grants))
        .order_by("surname", "given_name", "pk")
    )
    found = []
    for one in people:
        grant_id, compartments, since, until = grants[one.dossier_id]
        mask = Compartment(compartments) & OPENED
        what = tuple(labels_of(mask))
        found.append((OpenedRow(grant_id, one.dossier_id, one.full_name, what, since, _last_day(until)), mask, one))
    return found


def _last_day(until: datetime | None) -> date | None:
    return None if until is None else (until.astimezone(BERLIN) - timedelta(seconds=1)).date()
