"""Somebody has died: everything stops, quietly. And back again when the news was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import Act, HandoverState
from ina.cases.events import CaseClosed, DeathWithdrawn, PersonDied
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case, Handover, Participant
from ina.cases.operations.consequences import WHY, record_act, settle
from ina.cases.operations.handovers import withdraw_open_offer
from ina.cases.queries import last_act, state_of

DECEASED = "DECEASED"
# The answer of an offer that a death took back; by it the offer is found again.
WITHDRAWN_BECAUSE = "Die Person ist verstorben."


@operation("cases.record_death", may=policies.may_record_death, on=Participant)
def record_death(participant: Participant, *, actor: Actor, died_on: date, now: datetime) -> None:
    """The person has died. Every open case ends silently, nothing asks, nothing is sent, no job runs for the file.

    May be entered by the social service, and for cases that ended before. Not a negative outcome (domain 9.3).
    Publishes PersonDied.
    """
    die(actor, participant.dossier_id, died_on, now=now)


@operation("cases.withdraw_death", may=policies.may_withdraw_death, on=Participant)
def withdraw_death(participant: Participant, *, actor: Actor, because: str, now: datetime) -> None:
    """The news was wrong: all that stood before stands again. ``because`` stays with the ending that is voided.

    Publishes DeathWithdrawn.
    """
    if not because.strip():
        raise Invalid("Bitte begründen Sie die Rücknahme.", "because")
    for case in _cases(participant.dossier_id):
        ended = last_act(case)
        if ended is not None and ended.act == Act.CLOSED and ended.reason == DECEASED:
            ended.voided_at = now
            ended.voided_by_id = actor.membership_id
            ended.voided_because = because.strip()
            ended.version += 1
            ended.save()
            case.version += 1
            case.save(update_fields=["version"])
    live(participant.dossier_id, now=now)


def die(actor: Actor, dossier_id: int, died_on: date, *, now: datetime) -> None:
    """Part of an operation: the day is kept, open cases end, items stop, offers are taken back."""
    if died_on > day_of(now):
        raise Invalid(f"Der {died_on:%d.%m.%Y} liegt in der Zukunft.", "died_on")
    person = Participant.objects.unscoped(because=WHY).select_for_update().get(dossier_id=dossier_id)
    if person.born_on and died_on < person.born_on:
        raise Invalid("Der Tag liegt vor der Geburt.", "died_on")
    person.died_on = died_on
    person.version += 1
    person.save(update_fields=["died_on", "version"])
    for case in _cases(dossier_id):
        withdraw_open_offer(case, actor, WITHDRAWN_BECAUSE, now)
        if state_of(case) in OPEN_STATES:
            # Who entered something in good faith after the death must not keep the death from being entered.
            last = last_act(case)
            assert last is not None
            on = max(died_on, last.happened_on)
            record_act(case, actor, Act.CLOSED, on, now, reason=DECEASED, field="died_on")
            publish(CaseClosed(dossier_id=dossier_id, case_id=case.pk, reason=DECEASED))
        else:
            settle(case, now=now)
    publish(PersonDied(dossier_id=dossier_id))


def live(dossier_id: int, *, now: datetime) -> None:
    """Part of an operation that voided a wrong death: what it stopped goes on."""
    person = Participant.objects.unscoped(because=WHY).select_for_update().get(dossier_id=dossier_id)
    person.died_on = None
    person.version += 1
    person.save(update_fields=["died_on", "version"])
    offers = Handover.objects.unscoped(because=WHY).filter(dossier_id=dossier_id)
    offers.filter(state=HandoverState.WITHDRAWN, answer=WITHDRAWN_BECAUSE).update(
        state=HandoverState.OFFERED, answer="", answered_at=None, answered_by=None, version=F("version") + 1
    )
    for case in _cases(dossier_id):
        settle(case, now=now)
    note(withdrawn=True)
    publish(DeathWithdrawn(dossier_id=dossier_id))


def skip_for_the_dead(ids: Mapping[str, Any]) -> str:
    """For ``access.jobs``: why a background job about these ids must not run; empty when it may.

    Asked past the wall, because whoever started the job may not see the day of death.
    """
    dossier_id, case_id = ids.get("dossier_id"), ids.get("case_id")
    if dossier_id is None and case_id is None:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_has_died(%s, %s)", [dossier_id, case_id])
        return "Die Person ist verstorben." if cursor.fetchone()[0] else ""


def _cases(dossier_id: int):
    return Case.objects.unscoped(because=WHY).select_for_update().filter(dossier_id=dossier_id).order_by("number")
