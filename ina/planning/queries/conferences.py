"""Case conferences with what they decided. Visible rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_by_note
from ina.planning.enums import PlanState, StepOwner
from ina.planning.models import Conference, ConferenceDecision
from ina.planning.rules import Attendee, attendees


@dataclass(frozen=True)
class DecisionRow:
    """step: number of the goal and of the step it became, as long as that stands in a version that counts."""

    ordinal: int
    text: str
    owner: StepOwner
    owner_name: str
    due_on: date | None
    step: tuple[int, int] | None
    voided: str

    @property
    def who(self) -> str:
        return self.owner_name or self.owner.label

    @property
    def numbers(self) -> str:
        """„2.3“, or nothing."""
        return f"{self.step[0]}.{self.step[1]}" if self.step else ""


@dataclass(frozen=True)
class ConferenceRow:
    ordinal: int
    held_on: date
    place: str
    participants: tuple[Attendee, ...]
    topics: str
    minutes: str
    by: str
    voided: str
    all_decisions: tuple[DecisionRow, ...]

    @property
    def decisions(self) -> tuple[DecisionRow, ...]:
        return tuple(row for row in self.all_decisions if not row.voided)


CONFERENCES = Read(
    lambda given: (
        Conference.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("-held_on", "-pk")
    )
)
DECISIONS = Read(
    lambda given: (
        ConferenceDecision.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(
            undone_by=F("voided_by__user__display_name"),
            goal_number=F("step__goal__number"),
            step_number=F("step__number"),
            step_voided_at=F("step__voided_at"),
            goal_voided_at=F("step__goal__voided_at"),
            plan_state=F("step__goal__plan__state"),
        )
        .order_by("pk")
    )
)
CONFERENCE_READS = (CONFERENCES, DECISIONS)


def conferences_from(answers: dict[Read, list[Any]], case: Case) -> list[ConferenceRow]:
    """Those of a case, the newest first, from the answers to ``CONFERENCE_READS``; voided ones too."""
    decided: dict[int, list[DecisionRow]] = {}
    for row in numbered(answers[DECISIONS]):
        decided.setdefault(row.conference_id, []).append(_decision_row(row))
    return [
        ConferenceRow(
            ordinal=row.ordinal,
            held_on=row.held_on,
            place=row.place,
            participants=attendees(row.participants),
            topics=row.topics,
            minutes=row.minutes,
            by=row.by,
            voided=voided_by_note(row, row.undone_by),
            all_decisions=tuple(decided.get(row.pk, ())),
        )
        for row in numbered(answers[CONFERENCES])
        if row.case_id == case.pk
    ]


def get_conference(actor: Actor, case: Case, ordinal: int) -> Conference:
    """The conference with this number in the dossier. NotVisible when hidden, absent or of another case."""
    row = _nth(Conference.objects.visible_to(actor).filter(dossier_id=case.dossier_id), ordinal)
    if row is None or row.case_id != case.pk:
        raise NotVisible()
    return row


def get_decision(actor: Actor, case: Case, ordinal: int) -> ConferenceDecision:
    """The decision with this number in the dossier. NotVisible when hidden, absent or of another case."""
    rows = ConferenceDecision.objects.visible_to(actor).filter(dossier_id=case.dossier_id)
    row = _nth(rows.select_related("conference"), ordinal)
    if row is None or row.conference.case_id != case.pk:
        raise NotVisible()
    return row


def _nth(rows: Any, ordinal: int) -> Any:
    return next(iter(rows.order_by("pk")[ordinal - 1 : ordinal]), None) if ordinal > 0 else None


def _decision_row(row: Any) -> DecisionRow:
    gone = row.step_voided_at or row.goal_voided_at or row.plan_state == PlanState.DISCARDED
    return DecisionRow(
        ordinal=row.ordinal,
        text=row.text,
        owner=StepOwner(row.owner),
        owner_name=row.owner_name,
        due_on=row.due_on,
        step=(row.goal_number, row.step_number) if row.step_id and not gone else None,
        voided=voided_by_note(row, row.undone_by),
    )
