"""The rows of the list table that a narrowing means on a day, in the reader's scope; nothing is looked at yet.

Phases are computed (``lifecycle.phase_of``): here they are conditions on what is stored, and a test holds both against
each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.cases.enums import Phase, State
from ina.cases.lifecycle import BEFORE_ADMISSION, ENDED_STATES
from ina.cases.models import Worklist
from ina.cases.queries.list_frame import Choice, ListFrame
from ina.cases.rules.narrowing import NOBODY, DueWhen, ListOrder, Narrowing, ReleaseWhen, end_of_week
from ina.cases.rules.seen import prepared_until

NEVER = date.fromisoformat(Worklist.NEVER)
COLUMNS = {ListOrder.DUE: "due_key", ListOrder.RELEASE: "planning_key", ListOrder.NAME: "name_key"}


def narrowed(actor: Actor, wanted: Narrowing, frame: ListFrame, today: date):
    """Rows of the actor's scope: own cases (or those of somebody they stand in for), the team's, the prison's.

    The caller has still to say ``visible_to``. What a kept view names and is no longer there finds nothing.
    """
    return restricted(_scope(actor, wanted, frame).filter(is_open=not wanted.ended), wanted, frame, today)


def restricted(rows, wanted: Narrowing, frame: ListFrame, today: date):
    """Those of the rows that the fields of the filter mean; whose they are, and whether open, is said by the rows."""
    if wanted.phase is not None:
        rows = rows.filter(phase_condition(wanted.phase, frame.dated, today))
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.step is not None:
        rows = rows.filter(step=wanted.step)
    if wanted.prison:
        rows = _chosen(rows, "unit_id", wanted.prison, frame.prisons)
    if wanted.due is not None:
        rows = rows.filter(_due_condition(wanted.due, today))
    if wanted.release is not None:
        rows = rows.filter(_release_condition(wanted.release, today))
    if wanted.responsible == NOBODY:
        rows = rows.exclude(responsible_id__in=[colleague.pk for colleague in frame.colleagues])
    elif wanted.responsible:
        rows = _chosen(rows, "responsible_id", wanted.responsible, frame.colleagues)
    return rows


def phase_condition(phase: Phase, dated: Mapping[str, Any], today: date) -> Q:
    """dated: with ``release_preparation_lead``."""
    if phase is Phase.REFERRAL:
        return Q(state__in=sorted(BEFORE_ADMISSION))
    # An open case is in aftercare when its release was confirmed, before that inside (``lifecycle``: there is no act
    # from the one back to the other). Said of ``is_released`` first, as the index can tell that by itself.
    if phase is Phase.AFTERCARE:
        return Q(is_released=True, state__in=[State.AFTERCARE, State.PAUSED])
    if phase in (Phase.CUSTODY, Phase.PREPARATION):
        until = prepared_until(dated["release_preparation_lead"], today)
        near = Q(planning_key__lte=until) if phase is Phase.PREPARATION else Q(planning_key__gt=until)
        return Q(is_released=False, state__in=[State.ADMITTED, State.PAUSED]) & near
    return Q(state__in=sorted(ENDED_STATES))


def _due_condition(when: DueWhen, today: date) -> Q:
    return {
        DueWhen.LATE: Q(due_key__lt=today),
        DueWhen.TODAY: Q(due_key=today),
        DueWhen.WEEK: Q(due_key__gte=today, due_key__lte=end_of_week(today)),
        DueWhen.NONE: Q(due_key=NEVER),
    }[when]


def _release_condition(when: ReleaseWhen, today: date) -> Q:
    if when is ReleaseWhen.PASSED:
        return Q(is_released=False, planning_key__lt=today)
    if when is ReleaseWhen.UNKNOWN:
        return Q(planning_key=NEVER)
    return Q(is_released=False, planning_key__gte=today, planning_key__lt=today + timedelta(days=int(when)))


def _scope(actor: Actor, wanted: Narrowing, frame: ListFrame):
    """Narrow by an indexed column to where the actor works; the wall does the rest."""
    rows = Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung")
    if actor.role == Role.TEAM_LEAD:
        return rows.of_team(actor.team_id) if actor.team_id else rows.none()  # type: ignore[attr-defined]
    if actor.role == Role.PRISON_SOCIAL:
        return rows.of_unit(actor.institution_id)  # type: ignore[attr-defined]
    if wanted.deputy_for:
        return _chosen(rows, "responsible_id", wanted.deputy_for, frame.principals)
    return rows.of_responsible(actor.membership_id)


def _chosen(rows, column: str, key: str, choices: tuple[Choice, ...]):
    """Somebody may have several positions under one user name."""
    found = [choice.pk for choice in choices if choice.key == key]
    if not found:
        return rows.none()
    return rows.filter(**{column: found[0]} if len(found) == 1 else {f"{column}__in": found})
