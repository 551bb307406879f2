"""The release-day folder of a case as the reader sees it, and what is missing in it. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.base.actor import Actor
from ina.cases.models import Case
from ina.cases.queries import planning_date_of, released_on, responsible_of
from ina.institutions.queries import institution_by_id
from ina.monitoring.enums import AppointmentState, FolderPart, StandardState
from ina.monitoring.folder import Line, Meeting, in_time, missing_in
from ina.monitoring.models import Appointment, FolderCheck, FolderLine
from ina.monitoring.queries.standards import list_standards
from ina.reference.queries import parameter


@dataclass(frozen=True)
class CheckRow:
    on: date
    by: str
    missing: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class Folder:
    """``release``: the day for which it is packed, None without one. ``leader``, ``phone``: whom the person calls.

    meetings: planned appointments of the first four weeks.
    """

    release: date | None
    lines: tuple[Line, ...]
    meetings: tuple[Meeting, ...]
    missing: tuple[str, ...]
    checks: tuple[CheckRow, ...]
    leader: str
    phone: str

    def of(self, part: FolderPart) -> list[Line]:
        return [line for line in self.lines if line.part is part]

    def one(self, part: FolderPart) -> Line | None:
        return next(iter(self.of(part)), None)

    def way_to(self, meeting: Meeting) -> Line | None:
        return next((line for line in self.of(FolderPart.WAY) if line.appointment == meeting.number), None)


def read_folder(actor: Actor, case: Case, today: date) -> Folder:
    release = released_on(case) or planning_date_of(case)
    rows = FolderLine.objects.visible_to(actor).filter(case=case, removed_at=None)
    lines = tuple(_line(row) for row in rows.select_related("appointment").order_by("day", "at", "number"))
    meetings = _meetings(actor, case)
    leader = responsible_of(case)
    phone = institution_by_id(leader.membership.institution_id).phone if leader else ""
    standards = list_standards(actor, case, release, today)
    missing = missing_in(
        lines,
        meetings,
        release=release,
        first_meeting_by=parameter("first_contact_after_release", on=release or today).after(release)
        if release
        else None,
        phone=phone,
        open_standards={row.one.number for row in standards.rows if row.state is StandardState.OPEN},
    )
    checks = FolderCheck.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user").order_by("pk")
    return Folder(
        release=release,
        lines=lines,
        meetings=tuple(in_time(meetings, release)) if release else (),
        missing=tuple(missing),
        checks=tuple(
            CheckRow(row.checked_on, row.recorded_by.user.display_name, tuple(row.missing), row.remark)
            for row in checks
        ),
        leader=leader.membership.user.display_name if leader else "",
        phone=phone,
    )


def _meetings(actor: Actor, case: Case) -> list[Meeting]:
    rows = Appointment.objects.visible_to(actor).filter(case=case, state=AppointmentState.PLANNED)
    return [
        Meeting(
            row.number, row.on, row.at, row.title, row.place, row.others, row.membership.user.display_name,
            row.jobcenter,
        )
        for row in rows.select_related("membership__user")
    ]  # fmt: skip


def _line(row: FolderLine) -> Line:
    return Line(
        number=row.number,
        part=FolderPart(row.kind),
        title=row.title,
        detail=row.detail,
        day=row.day,
        at=row.at,
        must=row.must,
        slot=row.slot,
        amount=row.amount,
        phone=row.phone,
        appointment=row.appointment.number if row.appointment else None,
    )
