"""Working groups and their sittings; contact persons of a partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet

from ina.base.errors import NotVisible
from ina.institutions.models import Institution
from ina.network.models import Meeting, MeetingTask, PartnerContact, WorkingGroup


@dataclass(frozen=True)
class Sitting:
    """A sitting as its page shows it. ``absent``: members that were not there; empty while it lies ahead."""

    one: Meeting
    present: tuple[Institution, ...]
    absent: tuple[Institution, ...]
    tasks: tuple[MeetingTask, ...]


def list_groups() -> QuerySet[WorkingGroup]:
    """All, running ones first, with ``houses``, ``sittings``, ``last_on`` and ``open_tasks`` counted."""
    rows = WorkingGroup.objects.select_related("house").annotate(
        houses=Count("members", distinct=True),
        sittings=Count("meetings", distinct=True),
        last_on=Max("meetings__held_on"),
        open_tasks=Count(
            "meetings__tasks", filter=Q(meetings__tasks__done_on=None, meetings__tasks__isnull=False), distinct=True
        ),
    )
    return rows.order_by(F("ended_on").asc(nulls_first=True), "name")


def get_group(number: int) -> WorkingGroup:
    """Raises NotVisible."""
    found = WorkingGroup.objects.select_related("house").filter(number=number).first()
    if found is None:
        raise NotVisible(f"Einen Arbeitskreis mit der Nummer {number} gibt es nicht.")
    return found


def members_of(group: WorkingGroup) -> list[Institution]:
    return list(group.members.order_by("name_key"))


def meetings_of(group: WorkingGroup) -> list[Meeting]:
    """The newest first."""
    return list(group.meetings.annotate(houses=Count("present")).order_by("-held_on", "-number"))


def get_meeting(group: WorkingGroup, number: int, today: date) -> Sitting:
    """Raises NotVisible."""
    found = group.meetings.filter(number=number).first()
    if found is None:
        raise NotVisible()
    present = tuple(found.present.order_by("name_key"))
    there = {one.pk for one in present}
    absent = tuple(one for one in members_of(group) if one.pk not in there) if found.held_on <= today else ()
    return Sitting(found, present, absent, tuple(found.tasks.order_by("pk")))


def contacts_of(institution_id: int, on: date) -> list[PartnerContact]:
    """Whom one can ring there on this day."""
    rows = PartnerContact.objects.filter(institution=institution_id).filter(Q(ended_on=None) | Q(ended_on__gte=on))
    return list(rows.order_by("name", "pk"))


def get_contact_person(pk: int) -> PartnerContact:
    """Raises NotVisible."""
    found = PartnerContact.objects.select_related("institution").filter(pk=pk).first()
    if found is None:
        raise NotVisible()
    return found
