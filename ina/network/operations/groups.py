"""Working groups: founding, members, sittings with minutes and attendance, and what was agreed there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.institutions.models import Institution
from ina.network import policies
from ina.network.models import Meeting, MeetingTask, WorkingGroup
from ina.network.operations.entering import fill, in_future, next_number

GROUP = frozenset({"name", "kind", "region", "aim", "ended_on"})
MEETING = frozenset({"held_on", "place", "topics", "minutes", "people"})


@operation("network.found_group", may=policies.may_keep_directory)
def found_group(*, actor: Actor, now: datetime, **fields: Any) -> WorkingGroup:
    """A group that the actor's house leads. fields: any of ``GROUP``. Invalid: a name that is taken."""
    row = WorkingGroup(number=next_number(WorkingGroup), house_id=actor.institution_id)  # type: ignore[attr-defined]
    fill(row, fields, GROUP)
    row.full_clean()
    row.save()
    note(number=row.number)
    return row


@operation("network.change_group", may=policies.may_edit_row, on=WorkingGroup)
def change_group(
    row: WorkingGroup,
    *,
    actor: Actor,
    now: datetime,
    join: str = "",
    leave: Iterable[str] = (),
    **fields: Any,
) -> WorkingGroup:
    """Change what is entered, and who belongs to it. join: key of an organisation; leave: keys of members."""
    row.version += 1
    fill(row, fields, GROUP)
    row.full_clean()
    row.save()
    if join.strip():
        found = Institution.objects.filter(key=join.strip()).first()
        if found is None:
            raise Invalid("Diese Stelle gibt es nicht.", "join")
        row.members.add(found)
    row.members.remove(*row.members.filter(key__in=list(leave)))
    return row


@operation("network.hold_meeting", may=policies.may_edit_row, on=WorkingGroup)
def hold_meeting(
    group: WorkingGroup, *, actor: Actor, now: datetime, present: Iterable[str] = (), **fields: Any
) -> Meeting:
    """A sitting that was, or that is planned. present: keys of houses. Invalid: minutes of a day ahead."""
    last = group.meetings.aggregate(last=Max("number"))["last"] or 0
    row = Meeting(group=group, number=last + 1)
    _keep(row, fields, present, now)
    group.version += 1
    group.save(update_fields=["version"])
    note(group=group.number, number=row.number)
    return row


@operation("network.correct_meeting", may=policies.may_edit_row, on=Meeting)
def correct_meeting(row: Meeting, *, actor: Actor, now: datetime, present: Iterable[str], **fields: Any) -> Meeting:
    """Minutes and attendance. Called with ``version``. Raises Invalid, Conflict."""
    row.version += 1
    _keep(row, fields, present, now)
    return row


@operation("network.agree_in_meeting", may=policies.may_edit_row, on=Meeting)
def agree_in_meeting(
    meeting: Meeting, *, actor: Actor, now: datetime, text: str, who: str, due_on: date | None = None
) -> MeetingTask:
    """What somebody took on."""
    row = MeetingTask(meeting=meeting, text=text.strip(), who=who.strip(), due_on=due_on)
    row.full_clean()
    row.save()
    return row


@operation("network.settle_meeting_task", may=policies.may_edit_row, on=MeetingTask)
def settle_meeting_task(row: MeetingTask, *, actor: Actor, now: datetime, done_on: date | None) -> MeetingTask:
    """Done on a day; without a day it is open again."""
    in_future(done_on, day_of(now), "done_on")
    row.version += 1
    row.done_on = done_on
    row.save()
    return row


def _keep(row: Meeting, fields: dict[str, Any], present: Iterable[str], now: datetime) -> None:
    fill(row, fields, MEETING)
    if row.held_on > day_of(now) and (row.minutes or row.people or list(present)):
        raise Invalid("Protokoll und Anwesenheit gibt es erst, wenn die Sitzung war.", "held_on")
    row.full_clean()
    row.save()
    row.present.set(Institution.objects.filter(key__in=list(present)))
