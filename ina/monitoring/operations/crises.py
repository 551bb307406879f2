"""„Drohender Abbruch“: raising the alarm, what is done about it, and how it ended (domain 7.12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import responsible_of
from ina.monitoring import policies
from ina.monitoring.crises import next_due
from ina.monitoring.enums import CrisisResult, CrisisStep, CrisisTrigger, Reporter, Urgency
from ina.monitoring.models import Crisis, CrisisAct
from ina.monitoring.queries.own import for_opened
from ina.network.policies import may_read_opened
from ina.network.queries import opened_profile
from ina.reference.queries import parameter

CRISIS = "monitoring.crisis"
WHY = "Teil einer Operation, die den Fall schon geladen hat"


@operation("monitoring.report_crisis", may=policies.may_report_crisis, on=Case)
def report_crisis(
    case: Case,
    *,
    actor: Actor,
    trigger: CrisisTrigger,
    urgency: Urgency,
    reported_by: Reporter = Reporter.STAFF,
    reported_on: date | None = None,
    hypothesis: str = "",
    now: datetime,
) -> Crisis:
    """Somebody has to act by the day that the urgency names. Invalid: reported in the future."""
    made = add_crisis(
        case,
        actor.membership_id,
        trigger=trigger,
        urgency=urgency,
        reported_by=reported_by,
        reported_on=reported_on,
        hypothesis=hypothesis,
        now=now,
    )
    note(number=made.number, trigger=str(trigger), urgency=str(urgency))
    return made


@operation("monitoring.raise_alarm", may=may_read_opened)
def raise_alarm(
    *, actor: Actor, now: datetime, grant_id: int, trigger: CrisisTrigger, urgency: Urgency, hypothesis: str = ""
) -> None:
    """The chamber's coordination reports it from an opened profile; whoever leads the case finds it in the file.

    NotVisible where the profile is not open to them. Invalid where nobody leads a case of the person now. Nothing of
    the file is answered.
    """
    opened, _ = opened_profile(actor, grant_id, day_of(now))
    with for_opened(opened.dossier_id) as behind:
        if behind is None:
            raise Invalid("Diese Person wird zurzeit von niemandem begleitet. Bitte rufen Sie beim Träger an.")
        made = add_crisis(
            behind.case,
            behind.leader.membership_id,
            trigger=trigger,
            urgency=urgency,
            reported_by=Reporter.CHAMBER,
            hypothesis=hypothesis,
            now=now,
        )
    note(dossier=opened.dossier_id, number=made.number, trigger=str(trigger), urgency=str(urgency))


def add_crisis(
    case: Case,
    membership_id: int,
    *,
    trigger: CrisisTrigger,
    urgency: Urgency,
    reported_by: Reporter,
    reported_on: date | None = None,
    hypothesis: str = "",
    now: datetime,
) -> Crisis:
    """As ``report_crisis``; part of an operation that has loaded and locked the case."""
    day = reported_on or day_of(now)
    if day > day_of(now):
        raise Invalid(f"Der {day:%d.%m.%Y} liegt in der Zukunft.", "reported_on")
    every = Crisis.objects.unscoped(because=WHY).filter(case=case)
    last = every.order_by("-number").values_list("number", flat=True).first() or 0
    made = Crisis.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        number=last + 1,
        trigger=str(trigger),
        urgency=str(urgency),
        reported_by=str(reported_by),
        reported_on=day,
        hypothesis=hypothesis.strip(),
        recorded_at=now,
        recorded_by_id=membership_id,
    )
    ask_for_crises(case, now)
    return made


@operation("monitoring.act_in_crisis", may=policies.may_act_in_crisis, on=Crisis)
def act_in_crisis(
    crisis: Crisis,
    *,
    actor: Actor,
    kind: CrisisStep,
    happened_on: date,
    text: str,
    person_signed: bool = False,
    firm_signed: bool = False,
    staff_signed: bool = False,
    now: datetime,
) -> CrisisAct:
    """A talk, a mediation, a measure, an agreement with its signatures, or asking whether it holds."""
    act = CrisisAct(
        dossier_id=crisis.dossier_id,
        crisis=crisis,
        kind=str(kind),
        happened_on=happened_on,
        text=text.strip(),
        person_signed=person_signed,
        firm_signed=firm_signed,
        staff_signed=staff_signed,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_act(act, {}, now)
    act.clean_fields(exclude=["dossier", "crisis", "recorded_by", "voided_by"])
    act.save(force_insert=True)
    ask_for_crises(crisis.case, now)
    note(number=crisis.number, kind=str(kind))
    return act


@operation("monitoring.end_crisis", may=policies.may_act_in_crisis, on=Crisis)
def end_crisis(
    crisis: Crisis, *, actor: Actor, result: CrisisResult, ended_on: date, lesson: str = "", now: datetime
) -> None:
    """How it ended, and what we learn from it. Nothing asks for it any more."""
    _require_day(crisis, ended_on, now, "ended_on")
    crisis.result, crisis.ended_on, crisis.lesson = str(result), ended_on, lesson.strip()
    crisis.version += 1
    crisis.save()
    ask_for_crises(crisis.case, now)
    note(number=crisis.number, result=str(result))


@operation("monitoring.reopen_crisis", may=policies.may_reopen_crisis, on=Crisis)
def reopen_crisis(crisis: Crisis, *, actor: Actor, now: datetime) -> None:
    """It had not ended after all."""
    crisis.result, crisis.ended_on = "", None
    crisis.version += 1
    crisis.save()
    ask_for_crises(crisis.case, now)
    note(number=crisis.number)


def ask_for_crises(case: Case, now: datetime) -> None:
    """The case asks for what is due first in any of its open crises."""
    points = parameter("crisis_follow_up", on=day_of(now))
    dues = []
    for crisis in Crisis.objects.unscoped(because=WHY).filter(case=case, result=""):
        acts = CrisisAct.objects.unscoped(because=WHY).standing().filter(crisis=crisis)
        steps = [(CrisisStep(kind), on) for kind, on in acts.values_list("kind", "happened_on")]
        dues.append(next_due(crisis.reported_on, Urgency(crisis.urgency), steps, points))
    if not dues:
        deadlines.withdraw(case, CRISIS, "Keine Krise ist offen.", now=now)
        return
    leader = responsible_of(case)
    first = min(dues, key=lambda due: due.on)
    deadlines.ask_on(case, CRISIS, first.on, responsible_id=leader.membership_id if leader else None, now=now)


def act_changed(act: CrisisAct, case: Case, actor: Actor, now: datetime) -> None:
    """A step was corrected or voided: what is due next may be another day."""
    ask_for_crises(case, now)


def check_act(act: CrisisAct, former: Mapping[str, Any], now: datetime) -> None:
    """What a step may say, entered or corrected. Invalid: a day before the report or in the future, no text, signatures
    under something else than an agreement."""
    _require_day(act.crisis, act.happened_on, now)
    if not act.text.strip():
        raise Invalid("Bitte schreiben Sie einen Satz dazu.", "text")
    if act.kind != CrisisStep.AGREEMENT and (act.person_signed or act.firm_signed or act.staff_signed):
        raise Invalid("Unterschriften gehören zu einer Vereinbarung.")


def _require_day(crisis: Crisis, on: date, now: datetime, field: str = "happened_on") -> None:
    if not crisis.reported_on <= on <= day_of(now):
        raise Invalid(f"Der Tag liegt zwischen dem {crisis.reported_on:%d.%m.%Y} und heute.", field)
