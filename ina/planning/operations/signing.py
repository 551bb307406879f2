"""A version is signed on paper: what the person answers, who leads the case, and the prison, that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.planning import policies
from ina.planning.enums import Answer, PlanAct, Signer
from ina.planning.models import IntegrationPlan, PlanEvent, Signature
from ina.planning.operations.events import apply_act

WHY = "Teil einer Operation, die den Plan schon geladen hat"


@operation("planning.record_answer", may=policies.may_record_answer, on=IntegrationPlan)
def record_answer(
    plan: IntegrationPlan, *, actor: Actor, answer: Answer, because: str = "", signed_on: date, now: datetime
) -> Signature:
    """What the person says to a version that was discussed. With yes it is agreed, and from then on stays as it is.

    Who could not answer (because …) has not refused: the plan is agreed without an answer, and says so. With no it
    stays discussed and is worked on.
    """
    signature = _sign(plan, actor, Signer.PARTICIPANT, answer, because, signed_on, now)
    if answer is not Answer.NO:
        apply_act(plan, PlanAct.AGREE, signed_on, actor=actor, now=now)
    note(plan_version=plan.plan_version, answer=str(answer))
    return signature


@operation("planning.sign_plan", may=policies.may_sign_plan, on=IntegrationPlan)
def sign_plan(plan: IntegrationPlan, *, actor: Actor, signed_on: date, now: datetime) -> Signature:
    """Who leads the case has signed."""
    signature = _sign(plan, actor, Signer.CASE_MANAGER, Answer.YES, "", signed_on, now)
    note(plan_version=plan.plan_version)
    return signature


@operation("planning.acknowledge_plan", may=policies.may_acknowledge_plan, on=IntegrationPlan)
def acknowledge_plan(plan: IntegrationPlan, *, actor: Actor, signed_on: date, now: datetime) -> Signature:
    """The prison knows of the version (zur Kenntnis). It decides nothing in it."""
    signature = _sign(plan, actor, Signer.PRISON, Answer.YES, "", signed_on, now)
    note(plan_version=plan.plan_version)
    return signature


def of_signature(signature: Signature) -> tuple[str, ...]:
    return ("signed_on",) if signature.answer == Answer.YES else ("because", "signed_on")


def check_signature(signature: Signature, before: Mapping[str, Any], now: datetime) -> None:
    if signature.answer != Answer.YES and not signature.because.strip():
        raise Invalid("Bitte schreiben Sie, was die Person dazu gesagt hat.", "because")
    _check_day(signature.plan, signature.signed_on, now)


def check_void_signature(signature: Signature) -> None:
    """What made the version agreed goes with that act."""
    if signature.signer == Signer.PARTICIPANT and signature.answer != Answer.NO:
        raise Invalid("Nehmen Sie am Plan „vereinbart“ zurück: Die Unterschrift wird damit storniert.")
    if signature.signer == Signer.CASE_MANAGER and signature.plan.state != "AGREED":
        raise Invalid("Die Fassung beruht auf dieser Unterschrift. Nehmen Sie am Plan „in Kraft gesetzt“ zurück.")


def _sign(
    plan: IntegrationPlan, actor: Actor, signer: Signer, answer: Answer, because: str, on: date, now: datetime
) -> Signature:
    if answer is not Answer.YES and not because.strip():
        raise Invalid("Bitte schreiben Sie, was die Person dazu gesagt hat.", "because")
    _check_day(plan, on, now)
    signature = Signature(
        dossier_id=plan.dossier_id,
        plan=plan,
        signer=str(signer),
        answer=str(answer),
        because=because.strip() if answer is not Answer.YES else "",
        signed_on=on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    signature.clean_fields(exclude=["dossier", "plan", "recorded_by", "voided_by"])
    signature.save(force_insert=True)
    return signature


def _check_day(plan: IntegrationPlan, on: date, now: datetime) -> None:
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", "signed_on")
    discussed = PlanEvent.objects.unscoped(because=WHY).standing().filter(plan=plan, act=PlanAct.DISCUSS)
    since = discussed.order_by("-pk").values_list("happened_on", flat=True).first()
    if since is not None and on < since:
        raise Invalid(f"Diese Fassung wurde erst am {since:%d.%m.%Y} besprochen.", "signed_on")
