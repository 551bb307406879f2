"""Hand-overs: what waits for whom, what was offered, and to whom a case can go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q

from ina.access.models import Dossier
from ina.accounts.enums import Role
from ina.accounts.models import Membership
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.cases.enums import HandoverKind, HandoverState, State
from ina.cases.lifecycle import label_of, phase_of
from ina.cases.models import Case, Handover, Participant, Worklist
from ina.reference.queries import parameter

NEVER = date.fromisoformat(Worklist.NEVER)
# How long answered offers are still listed: as long as both sides may ask what became of them.
REMEMBERED = timedelta(days=31)


@dataclass(frozen=True)
class Offer:
    """An offer to the actor, or to somebody for whom they answer today: numbers and days, nothing of the person."""

    handover_id: int
    dossier_id: int
    number: str
    receiver_id: int
    is_own: bool
    state: HandoverState
    offered_on: date
    answer_by: date
    answered_at: datetime | None


def offers_to(actor: Actor) -> list[Offer]:
    """Standing ones and those answered in the last month, newest first; of files that the actor may not see too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT handover_id, offered_dossier_id, number, receiver_id, is_own, state, offered_on, answer_by,"
            " answered_at FROM cases_offers() ORDER BY handover_id DESC"
        )
        return [
            Offer(handover_id, dossier_id, number, receiver_id, is_own, HandoverState(state), *days)
            for handover_id, dossier_id, number, receiver_id, is_own, state, *days in cursor.fetchall()
        ]


def count_offers(actor: Actor) -> int:
    """How many offers wait for an answer of the actor, or of those for whom they answer today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_offers() WHERE state = 'OFFERED'")
        return cursor.fetchone()[0]


@dataclass(frozen=True)
class HandoverRow:
    """A hand-over as pages and the sheet show it. ``overdue``: nobody has answered in time."""

    handover_id: int
    version: int
    number: str
    kind: HandoverKind
    giver: str
    giver_place: str
    receiver: str
    receiver_place: str
    receiver_id: int
    prison: str
    state: HandoverState
    reason: str
    message: str
    with_confidential: bool
    offered_on: date
    offered_by: str
    answer_by: date
    answered_on: date | None
    answered_by: str
    answer: str
    takes_effect_on: date | None
    overdue: bool


@dataclass(frozen=True)
class Incoming:
    """An offer that the actor sees, with the few facts that the narrow look at the file gives."""

    offer: HandoverRow
    name: str
    born_on: date | None
    prison: str
    label: str
    planning_date: date | None
    is_own: bool


@dataclass(frozen=True)
class Inbox:
    """What waits for the actor. unseen: offers to somebody for whom they answer, not looked at yet, with the name of
    whom they were made to. outgoing: what the actor gave or offered, the standing ones first."""

    incoming: list[Incoming]
    unseen: list[tuple[Offer, str]]
    outgoing: list[HandoverRow]


def list_handovers(actor: Actor, case: Case, *, today: date) -> list[HandoverRow]:
    """The hand-overs of a case, newest first."""
    return [handover_row(each, today) for each in handover_rows(actor).filter(case=case).order_by("-offered_at", "-pk")]


def inbox(actor: Actor, *, today: date) -> Inbox:
    """Offers to the actor and to those for whom they answer today; and what they offered themselves."""
    offers = {offer.handover_id: offer for offer in offers_to(actor) if offer.state is HandoverState.OFFERED}
    rows = list(
        handover_rows(actor).filter(pk__in=list(offers), state=HandoverState.OFFERED).order_by("answer_by", "pk")
    )
    seen = {row.pk for row in rows}
    unseen = [offer for offer in offers.values() if offer.handover_id not in seen and not offer.is_own]
    names = _names(offer.receiver_id for offer in unseen)
    since = today - REMEMBERED
    given = handover_rows(actor).filter(Q(giver_id=actor.membership_id) | Q(offered_by_id=actor.membership_id))
    given = given.exclude(kind=HandoverKind.ALLOCATED)
    given = given.filter(Q(state=HandoverState.OFFERED) | Q(answered_at__date__gte=since))
    outgoing = [handover_row(each, today) for each in given.order_by("-offered_at", "-pk")[:50]]
    return Inbox(
        incoming=_incoming(actor, rows, offers, today),
        unseen=[(offer, names.get(offer.receiver_id, "")) for offer in unseen],
        outgoing=sorted(outgoing, key=lambda row: row.state is not HandoverState.OFFERED),
    )


def offer_numbered(actor: Actor, number: str) -> Offer | None:
    """The newest offer to the actor of the file with this public number, whatever became of it."""
    return next((offer for offer in offers_to(actor) if offer.number == number), None)


def case_managers_in(prison_id: int, on: date) -> list[Membership]:
    """Who leads cases in a prison on a day, by name."""
    rows = Membership.objects.running_on(on).filter(place_id=prison_id, role=Role.CASE_MANAGER, user__is_active=True)
    return list(rows.select_related("user").order_by("user__display_name", "pk"))


def receiver_choices(on: date, *, first: int | None = None) -> list[tuple[str, list[tuple[int, str]]]]:
    """All positions that lead cases on a day, by the place of work; the place ``first`` comes first."""
    rows = Membership.objects.running_on(on).filter(role=Role.CASE_MANAGER, user__is_active=True)
    places: dict[tuple[bool, str], list[tuple[int, str]]] = {}
    for one in rows.select_related("user", "place", "institution").order_by("user__display_name", "pk"):
        place = one.place or one.institution
        places.setdefault((place.pk != first, str(place)), []).append((one.pk, one.user.display_name))
    return [(name, people) for (_, name), people in sorted(places.items())]


def handover_rows(actor: Actor):
    return Handover.objects.visible_to(actor, Dossier).select_related(
        "dossier",
        "giver__user",
        "giver__place",
        "giver__institution",
        "receiver__user",
        "receiver__place",
        "receiver__institution",
        "prison",
        "offered_by__user",
        "answered_by__user",
    )


def handover_row(each: Handover, today: date) -> HandoverRow:
    return HandoverRow(
        handover_id=each.pk,
        version=each.version,
        number=each.dossier.number,
        kind=HandoverKind(each.kind),
        giver=each.giver.user.display_name if each.giver else "",
        giver_place=_place(each.giver),
        receiver=each.receiver.user.display_name,
        receiver_place=_place(each.receiver),
        receiver_id=each.receiver_id,
        prison=str(each.prison or ""),
        state=HandoverState(each.state),
        reason=each.reason,
        message=each.message,
        with_confidential=each.with_confidential,
        offered_on=each.offered_on,
        offered_by=each.offered_by.user.display_name,
        answer_by=each.answer_by,
        answered_on=day_of(each.answered_at) if each.answered_at else None,
        answered_by=each.answered_by.user.display_name if each.answered_by else "",
        answer=each.answer,
        takes_effect_on=each.takes_effect_on,
        overdue=each.state == HandoverState.OFFERED and each.answer_by < today,
    )


def _place(position: Membership | None) -> str:
    return str(position.place or position.institution) if position else ""


def _names(membership_ids) -> dict[int, str]:
    rows = Membership.objects.filter(pk__in=set(membership_ids)).select_related("user")
    return {one.pk: one.user.display_name for one in rows}


def _incoming(actor: Actor, rows: list[Handover], offers: dict[int, Offer], today: date) -> list[Incoming]:
    if not rows:
        return []
    lead = parameter("release_preparation_lead", on=today)
    people = {
        person.dossier_id: person
        for person in Participant.objects.visible_to(actor).filter(dossier_id__in=[row.dossier_id for row in rows])
    }
    lines = {
        line.case_id: line
        for line in Worklist.objects.visible_to(actor)
        .filter(case_id__in=[row.case_id for row in rows])
        .select_related("unit")
    }
    found = []
    for row in rows:
        if row.dossier_id in people and row.case_id in lines:
            person, line = people[row.dossier_id], lines[row.case_id]
            planned, state = None if line.planning_key == NEVER else line.planning_key, State(line.state)
            phase = phase_of(state, planned, today, lead.before(planned) if planned else None)
            found.append(
                Incoming(
                    offer=handover_row(row, today),
                    name=str(person),
                    born_on=person.born_on,
                    prison=str(line.unit),
                    label=label_of(state, phase),
                    planning_date=planned,
                    is_own=offers[row.pk].is_own,
                )
            )
    return found
