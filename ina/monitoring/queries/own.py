"""A person's own page: what it shows, and who stands behind it.

The person has no eyes of their own in the database. What is theirs is read, and what they say is written, with the eyes
of whoever leads the case today; where nobody does, there is nothing to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from ina.access.context import acting_as
from ina.access.policies import goes_on
from ina.access.queries import actor_for
from ina.accounts.models import Membership
from ina.accounts.queries import position_labels
from ina.audit.queries import dossier_trail
from ina.base.actor import Actor, PageOwner, Person
from ina.base.clock import day_of
from ina.base.errors import NotVisible
from ina.cases.models import Case, Participant
from ina.monitoring.enums import AppointmentState, FolderPart
from ina.monitoring.folder import Line
from ina.monitoring.models import OwnPage
from ina.monitoring.queries.appointments import CaseAppointment, list_case_appointments
from ina.monitoring.queries.folder import read_folder
from ina.network.secrets import MOST_TRIES, address_hash, code_hash
from ina.planning.enums import StepOwner, StepStatus
from ina.planning.queries import StepRow, current_plan

# A page for one person is short: the next ones, not all there will be.
MOST_MEETINGS, MOST_READERS = 10, 12


@dataclass(frozen=True)
class Behind:
    """Whoever leads a case today, and the case as they see it."""

    leader: Person
    case: Case


@dataclass(frozen=True)
class Seen:
    """Somebody of this house and role looked into the file, last on this day."""

    who: str
    on: date


@dataclass(frozen=True)
class OwnView:
    """What a person is shown of their own file. mine: open steps that are theirs; others: those of somebody else."""

    name: str
    leader: str
    phone: str
    meetings: tuple[CaseAppointment, ...]
    mine: tuple[StepRow, ...]
    others: tuple[StepRow, ...]
    papers: tuple[Line, ...]
    numbers: tuple[Line, ...]
    seen: tuple[Seen, ...]


def own_page_of(actor: Actor, case: Case) -> OwnPage | None:
    """The page that is open now, for those who keep the file."""
    return OwnPage.objects.visible_to(actor).filter(case=case, closed_at=None).first()


def try_own_page(address: str, code: str, now: datetime) -> tuple[str, PageOwner | None]:
    """Knock. State: over, locked, shut (a code is needed), wrong, open. Only wrong codes count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT page_id, state FROM monitoring_try_own_page(%s, %s, %s, %s)",
            [address_hash(address), code_hash(code), now, MOST_TRIES],
        )
        page_id, state = cursor.fetchone()
    return state, PageOwner(page_id) if page_id and state in {"shut", "open"} else None


@contextmanager
def behind_page(page: PageOwner, *, lock: bool = False) -> Iterator[Behind]:
    """With the eyes of whoever leads the case; lock: to write.

    NotVisible: the page is shut, nobody leads it, or the person has died.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, membership_id FROM monitoring_behind_page(%s)", [page.id])
        found = cursor.fetchone()
    with _as_leader(found, lock) as behind:
        if behind is None or not goes_on(behind.case):
            raise NotVisible()
        yield behind


@contextmanager
def for_opened(dossier_id: int) -> Iterator[Behind | None]:
    """With the eyes of whoever leads the newest case of a dossier open to the actor, locked; None: nobody does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, membership_id FROM monitoring_led_by(%s)", [dossier_id])
        found = cursor.fetchone()
    with _as_leader(found, True) as behind:
        yield behind


def read_own(behind: Behind, today: date) -> OwnView:
    """What the person is shown, with the eyes of ``behind``."""
    actor, case = behind.leader, behind.case
    folder, plan = read_folder(actor, case, today), current_plan(actor, case)
    steps = [step for goal in (plan.goals if plan else ()) for step in goal.steps if step.status is StepStatus.OPEN]
    steps.sort(key=lambda step: (step.due_on or date.max, step.what))
    meetings = [
        row for row in list_case_appointments(actor, case) if row.state is AppointmentState.PLANNED and row.on >= today
    ]
    return OwnView(
        name=Participant.objects.visible_to(actor).get(dossier_id=case.dossier_id).full_name,
        leader=folder.leader,
        phone=folder.phone,
        meetings=tuple(meetings[:MOST_MEETINGS]),
        mine=tuple(step for step in steps if step.owner is StepOwner.PARTICIPANT),
        # After the gate the prison does nothing more, and its name has no place here.
        others=tuple(step for step in steps if step.owner not in (StepOwner.PARTICIPANT, StepOwner.PRISON)),
        papers=tuple(folder.of(FolderPart.PAPER)),
        numbers=tuple(folder.of(FolderPart.NUMBER)),
        seen=tuple(_seen(actor, case.dossier_id)),
    )


def _seen(actor: Actor, dossier_id: int) -> list[Seen]:
    """By house and role, each once, the latest first; names of the staff are not told here."""
    lines = [line for line in dossier_trail(actor, dossier_id).lines if line.membership_id and line.page]
    labels = position_labels(line.membership_id for line in lines if line.membership_id)
    found: dict[str, date] = {}
    for line in lines:
        label = labels.get(line.membership_id or 0, "")
        found[label] = max(found.get(label, date.min), day_of(line.at))
    ordered = sorted(found.items(), key=lambda pair: pair[1], reverse=True)
    return [Seen(who, on) for who, on in ordered if who][:MOST_READERS]


@contextmanager
def _as_leader(found: tuple[int, int] | None, lock: bool) -> Iterator[Behind | None]:
    case_id, membership_id = found or (0, 0)
    membership = Membership.objects.select_related("user").filter(pk=membership_id, user__is_active=True).first()
    if membership is None:
        yield None
        return
    leader = actor_for(membership)
    with acting_as(leader):
        rows = Case.objects.visible_to(leader).filter(pk=case_id)
        case = (rows.select_for_update(of=("self",)) if lock else rows).first()
        yield Behind(leader, case) if case else None
