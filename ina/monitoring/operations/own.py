"""A person's own page: invited, shut, and what the person says on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ina.base.actor import Actor, PageOwner
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.monitoring import policies
from ina.monitoring.enums import CrisisTrigger, Reporter, Urgency
from ina.monitoring.models import Crisis, OwnPage
from ina.monitoring.operations.crises import add_crisis
from ina.monitoring.queries.own import behind_page
from ina.network import secrets

WHY = "Teil einer Operation, die den Fall schon geladen hat"
LONGEST = 1_000
# Whoever asks more often is not heard better by another row: the page says whom to call.
MOST_OPEN = 3


@dataclass(frozen=True)
class Way:
    """Shown once and never again: last part of the address, and the code."""

    address: str
    code: str


@operation("monitoring.open_own_page", may=policies.may_open_own_page, on=Case)
def open_own_page(case: Case, *, actor: Actor, now: datetime) -> Way:
    """Invite the person to a page of their own; a former one is worth nothing from now on."""
    _close(case, now)
    way = Way(secrets.new_address(), secrets.new_code())
    OwnPage.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        address_hash=secrets.address_hash(way.address),
        secret_hash=secrets.code_hash(way.code),
        opened_at=now,
        opened_by_id=actor.membership_id,
    )
    note()
    return way


@operation("monitoring.close_own_page", may=policies.may_close_own_page, on=Case)
def close_own_page(case: Case, *, actor: Actor, now: datetime) -> int:
    """Nobody can read it any more, from this moment. Answers how many were shut: none or one."""
    closed = _close(case, now)
    note(closed=closed)
    return closed


@operation("monitoring.ask_for_help", may=policies.may_ask_for_help)
def ask_for_help(*, actor: Actor, now: datetime, trigger: CrisisTrigger, said: str = "") -> None:
    """„Ich brauche Hilfe“: a crisis in the file, raised by the person; somebody acts within a day.

    Invalid: too many words, or as many calls for help open already as ``MOST_OPEN``.
    """
    assert isinstance(actor, PageOwner)
    said = said.strip()
    if len(said) > LONGEST:
        raise Invalid(f"Hier ist Platz für {LONGEST} Zeichen.", "said")
    with behind_page(actor, lock=True) as behind:
        waiting = Crisis.objects.unscoped(because=WHY).filter(case=behind.case, result="", reported_by=Reporter.PERSON)
        if waiting.count() >= MOST_OPEN:
            raise Invalid("Ihre Nachrichten sind schon da. Bitte rufen Sie an, wenn es eilt.")
        made = add_crisis(
            behind.case,
            behind.leader.membership_id,
            trigger=trigger,
            urgency=Urgency.DAY,
            reported_by=Reporter.PERSON,
            hypothesis=f"Die Person schreibt: {said}" if said else "",
            now=now,
        )
    note(dossier=made.dossier_id, number=made.number)


def _close(case: Case, now: datetime) -> int:
    return OwnPage.objects.unscoped(because=WHY).filter(case=case, closed_at=None).update(closed_at=now)
