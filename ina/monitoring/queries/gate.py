"""The gap at the prison gate, measured over the cases of a team, a position or a prison. Visible rows only.

Before the gate: how much of the minimum standards is met, what is late, whether somebody looked through the folder.
After it: the first contact in time, the last one, and the days on which nobody was accountable (architecture: exactly
one accountable person on every day).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Max, Min

from ina.accounts.enums import Role
from ina.base.actor import Actor, Person
from ina.cases.models import Assignment, Participant, Worklist
from ina.monitoring.enums import ContactOutcome, StandardState
from ina.monitoring.gate import days_without, share
from ina.monitoring.models import Contact, FolderCheck, StandardCheck
from ina.monitoring.standards import catalogue
from ina.reference.queries import parameter

# So far ahead the gate comes into sight, and so long after it a case stays on the page: a matter of display.
AHEAD, BACK = timedelta(weeks=9), timedelta(weeks=30)
MOST = 500


@dataclass(frozen=True)
class Before:
    """A case whose release is near. red: items that are late; escalated: with little time left (dated parameter)."""

    number: str
    name: str
    responsible: str
    release: date
    done: int
    applicable: int
    red: int
    escalated: bool
    checked_on: date | None


@dataclass(frozen=True)
class After:
    """A case whose release was confirmed. in_time: None while the time for the first contact still runs."""

    number: str
    name: str
    responsible: str
    released_on: date
    first_on: date | None
    first_due: date
    in_time: bool | None
    last_on: date | None
    days_without: int


@dataclass(frozen=True)
class Gate:
    """``in_time``, ``judged``: first contacts in time, of those whose time is over. ``more``: lines left out."""

    before: tuple[Before, ...]
    after: tuple[After, ...]
    in_time: int
    judged: int
    percent: int | None
    days_without: int
    escalated: int
    more: int


def read_gate(actor: Actor, today: date) -> Gate:
    """As many statements for one case as for hundreds."""
    found = _lines(actor, today)
    lines = found[:MOST]
    people = {
        row.dossier_id: str(row)
        for row in Participant.objects.visible_to(actor).filter(dossier_id__in=[line.dossier_id for line in lines])
    }
    before = _before(actor, [line for line in lines if not line.is_released], people, today)
    after = _after(actor, [line for line in lines if line.is_released], people, today)
    judged = [row for row in after if row.in_time is not None]
    in_time = sum(bool(row.in_time) for row in judged)
    return Gate(
        before=tuple(before),
        after=tuple(after),
        in_time=in_time,
        judged=len(judged),
        percent=share(in_time, len(judged)),
        days_without=sum(row.days_without for row in after),
        escalated=sum(row.escalated for row in before),
        more=len(found) - len(lines),
    )


def _lines(actor: Actor, today: date) -> list[Any]:
    """Open cases around the gate: of the team for its lead, of the prison for its social service, else one's own."""
    rows = Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung").still_open()
    if not isinstance(actor, Person):
        return []
    if actor.role == Role.TEAM_LEAD:
        rows = rows.of_team(getattr(actor, "team_id", None) or 0)
    elif actor.role == Role.PRISON_SOCIAL:
        rows = rows.of_unit(actor.institution_id)
    else:
        rows = rows.of_responsible(actor.membership_id or 0)
    rows = rows.released_between(today - BACK, today + AHEAD).visible_to(actor)
    return list(rows.select_related("dossier", "responsible__user").order_by("planning_key", "case_id")[: MOST + 1])


def _before(actor: Actor, lines: list[Any], people: dict[int, str], today: date) -> list[Before]:
    states: dict[int, dict[int, str]] = defaultdict(dict)
    ids = [line.case_id for line in lines]
    for case_id, item, state in (
        StandardCheck.objects.visible_to(actor).filter(case_id__in=ids).values_list("case_id", "item", "state")
    ):
        states[case_id][item] = state
    checked = dict(
        FolderCheck.objects.visible_to(actor)
        .filter(case_id__in=ids)
        .values_list("case_id")
        .annotate(on=Max("checked_on"))
    )
    near = parameter("minimum_standard_escalation", on=today)
    return [_before_row(line, states[line.case_id], checked.get(line.case_id), people, near, today) for line in lines]


def _before_row(line, known: dict[int, str], checked_on, people, near, today: date) -> Before:
    # Items about health are counted for nobody here: not all readers of the page see them.
    items = [one for one in catalogue().items if not one.health]
    asked = [one for one in items if known.get(one.number) != StandardState.LEFT_OUT]
    done = sum(known.get(one.number) == StandardState.DONE for one in asked)
    red = 0
    for one in asked:
        due = one.due_on(line.planning_key)
        red += known.get(one.number) != StandardState.DONE and due is not None and due < today
    return Before(
        number=line.dossier.number,
        name=people.get(line.dossier_id, ""),
        responsible=_responsible(line),
        release=line.planning_key,
        done=done,
        applicable=len(asked),
        red=red,
        escalated=red > 0 and near.before(line.planning_key) <= today,
        checked_on=checked_on,
    )


def _after(actor: Actor, lines: list[Any], people: dict[int, str], today: date) -> list[After]:
    ids = [line.case_id for line in lines]
    met = Contact.objects.visible_to(actor).standing().filter(case_id__in=ids)
    met = met.filter(outcome__in=[each for each in ContactOutcome if each.is_contact])
    met = met.filter(happened_on__gte=F("case__worklist__planning_key"), happened_on__lte=today)
    contacts = {
        case_id: (first, last)
        for case_id, first, last in met.values_list("case_id").annotate(
            first=Min("happened_on"), last=Max("happened_on")
        )
    }
    periods: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for row in Assignment.objects.visible_to(actor).filter(case_id__in=ids):
        periods[row.case_id].append((row.period.lower, row.period.upper))
    rule = parameter("first_contact_after_release", on=today)
    return [_after_row(line, contacts.get(line.case_id), periods[line.case_id], people, rule, today) for line in lines]


def _after_row(line, contacts, periods: Iterable[tuple[date | None, date | None]], people, rule, today: date) -> After:
    first, last = contacts or (None, None)
    due = rule.after(line.planning_key)
    return After(
        number=line.dossier.number,
        name=people.get(line.dossier_id, ""),
        responsible=_responsible(line),
        released_on=line.planning_key,
        first_on=first,
        first_due=due,
        in_time=first <= due if first else (None if today <= due else False),
        last_on=last,
        days_without=days_without(periods, line.planning_key, today),
    )


def _responsible(line) -> str:
    return line.responsible.user.display_name if line.responsible else ""
