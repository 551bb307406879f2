"""All versions of the plan of a case: what happened to each, who signed it, when it was reviewed. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.models import Case
from ina.cases.queries.corrections import numbered, voided_by_note
from ina.planning.enums import Answer, PlanAct, PlanState, Signer
from ina.planning.models import IntegrationPlan, PlanEvent, PlanReview, Signature


@dataclass(frozen=True)
class EventRow:
    act: PlanAct
    happened_on: date
    reason: str
    by: str
    ordinal: int
    voided: str


@dataclass(frozen=True)
class SignatureRow:
    """ordinal: its number among the signatures of the dossier, for its page."""

    signer: Signer
    answer: Answer
    because: str
    signed_on: date
    ordinal: int
    voided: str


@dataclass(frozen=True)
class ReviewRow:
    held_on: date
    finding: str
    by: str
    ordinal: int
    voided: str


@dataclass(frozen=True)
class VersionRow:
    """A version of the plan without its goals. ``pk`` is for operations, never for an address."""

    pk: int
    plan_version: int
    state: PlanState
    created_at: datetime
    created_by: str
    author_id: int
    institution_id: int
    aim: str
    aim_plain: str
    changes: str
    version: int
    events: tuple[EventRow, ...]
    signatures: tuple[SignatureRow, ...]
    reviews: tuple[ReviewRow, ...]

    def day_of(self, act: PlanAct) -> date | None:
        """When this last happened, as far as it stands."""
        return next((row.happened_on for row in reversed(self.events) if row.act is act and not row.voided), None)

    @property
    def in_force_on(self) -> date | None:
        return self.day_of(PlanAct.PUT_IN_FORCE)

    @property
    def approved(self) -> bool:
        return self.day_of(PlanAct.APPROVE) is not None

    def signature(self, signer: Signer) -> SignatureRow | None:
        """The signature that stands; a „nein“ agrees nothing and is none."""
        standing = [row for row in self.signatures if row.signer is signer and not row.voided]
        return next((row for row in standing if row.answer is not Answer.NO), None)

    @property
    def last_review(self) -> ReviewRow | None:
        standing = [row for row in self.reviews if not row.voided]
        return max(standing, key=lambda row: row.held_on) if standing else None


def _of_dossier(table: Any, *order: str) -> Read:
    return Read(
        lambda given: (
            table.objects.visible_to(given.actor)
            .filter(dossier_id=given.dossier_id)
            .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
            .order_by(*order)
        )
    )


PLANS = Read(
    lambda given: (
        IntegrationPlan.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(
            by=F("created_by__user__display_name"),
            author_id=F("created_by__user_id"),
            institution_id=F("created_by__institution_id"),
        )
        .order_by("-plan_version", "-pk")
    )
)
EVENTS = _of_dossier(PlanEvent, "pk")
SIGNATURES = _of_dossier(Signature, "signed_on", "pk")
REVIEWS = _of_dossier(PlanReview, "held_on", "pk")
VERSION_READS = (PLANS, EVENTS, SIGNATURES, REVIEWS)


def versions_from(answers: dict[Read, list[Any]], case: Case) -> list[VersionRow]:
    """The versions of a case, the newest first, from the answers to ``VERSION_READS``."""
    events = _by_plan(numbered(answers[EVENTS]), _event_row)
    signatures = _by_plan(numbered(answers[SIGNATURES]), _signature_row)
    reviews = _by_plan(numbered(answers[REVIEWS]), _review_row)
    return [
        VersionRow(
            pk=plan.pk,
            plan_version=plan.plan_version,
            state=PlanState(plan.state),
            created_at=plan.created_at,
            created_by=plan.by,
            author_id=plan.author_id,
            institution_id=plan.institution_id,
            aim=plan.aim,
            aim_plain=plan.aim_plain,
            changes=plan.changes,
            version=plan.version,
            events=events.get(plan.pk, ()),
            signatures=signatures.get(plan.pk, ()),
            reviews=reviews.get(plan.pk, ()),
        )
        for plan in answers[PLANS]
        if plan.case_id == case.pk
    ]


def get_plan(actor: Actor, case: Case, plan_version: int) -> IntegrationPlan:
    """The version with this number. NotVisible when hidden or absent."""
    plans = IntegrationPlan.objects.visible_to(actor).filter(case=case, plan_version=plan_version)
    plan = plans.select_related("case", "created_by").first()
    if plan is None:
        raise NotVisible()
    return plan


def _by_plan(rows: Iterable[Any], told: Any) -> dict[int, tuple]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(told(row))
    return {plan: tuple(each) for plan, each in found.items()}


def _event_row(row: Any) -> EventRow:
    note = voided_by_note(row, row.undone_by)
    return EventRow(PlanAct(row.act), row.happened_on, row.reason, row.by, row.ordinal, note)


def _signature_row(row: Any) -> SignatureRow:
    note = voided_by_note(row, row.undone_by)
    return SignatureRow(Signer(row.signer), Answer(row.answer), row.because, row.signed_on, row.ordinal, note)


def _review_row(row: Any) -> ReviewRow:
    return ReviewRow(row.held_on, row.finding, row.by, row.ordinal, voided_by_note(row, row.undone_by))
