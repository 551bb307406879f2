"""Applications: begun, moved on, and asked after until there is an answer."""

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
from ina.monitoring.applications import Moved, may_follow, next_due
from ina.monitoring.enums import ApplicationKind, ApplicationStep
from ina.monitoring.models import ApplicationMove, BenefitApplication
from ina.reference.queries import parameter

APPLICATION = "monitoring.application"
WHY = "Teil einer Operation, die den Fall schon geladen hat"


@operation("monitoring.begin_application", may=policies.may_apply, on=Case)
def begin_application(
    case: Case,
    *,
    actor: Actor,
    kind: ApplicationKind,
    office: str,
    reference: str = "",
    prepared_on: date | None = None,
    now: datetime,
) -> BenefitApplication:
    """Somebody begins to apply for something. Invalid: a day in the future, no office."""
    day = prepared_on or day_of(now)
    if day > day_of(now):
        raise Invalid(f"Der {day:%d.%m.%Y} liegt in der Zukunft.", "prepared_on")
    if not office.strip():
        raise Invalid("Bitte nennen Sie die Stelle, bei der der Antrag gestellt wird.", "office")
    rows = BenefitApplication.objects.unscoped(because=WHY).filter(case=case)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    made = BenefitApplication(
        dossier_id=case.dossier_id,
        case=case,
        number=last + 1,
        kind=str(kind),
        office=office.strip(),
        reference=reference.strip(),
        prepared_on=day,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    made.clean_fields(exclude=["dossier", "case", "recorded_by"])
    made.save(force_insert=True)
    ask_for_applications(case, now)
    note(number=made.number, kind=str(kind))
    return made


@operation("monitoring.move_application", may=policies.may_move_application, on=BenefitApplication)
def move_application(
    application: BenefitApplication,
    *,
    actor: Actor,
    step: ApplicationStep,
    happened_on: date,
    due_on: date | None = None,
    remark: str = "",
    now: datetime,
) -> ApplicationMove:
    """What became of it. Invalid: a step that does not follow on the last one, a day before it or in the future."""
    # Two at once: the second sees what the first did.
    case = Case.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=application.case_id)
    moves = moves_of(application)
    if step not in may_follow(moves):
        raise Invalid(f"„{step.label}“ folgt nicht auf den jetzigen Stand.", "step")
    move = ApplicationMove(
        dossier_id=application.dossier_id,
        application=application,
        step=str(step),
        happened_on=happened_on,
        due_on=due_on,
        remark=remark.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    check_move(move, {}, now)
    if moves and happened_on < moves[-1].on:
        raise Invalid(f"Der letzte Stand ist vom {moves[-1].on:%d.%m.%Y}.", "happened_on")
    move.clean_fields(exclude=["dossier", "application", "recorded_by", "voided_by"])
    move.save(force_insert=True)
    ask_for_applications(case, now)
    note(number=application.number, step=str(step))
    return move


def moves_of(application: BenefitApplication) -> list[Moved]:
    """Those that count, in the order in which they were entered."""
    rows = ApplicationMove.objects.unscoped(because=WHY).standing().filter(application=application).order_by("pk")
    return [Moved(ApplicationStep(row.step), row.happened_on, row.due_on) for row in rows]


def ask_for_applications(case: Case, now: datetime) -> None:
    """The case asks for what is due first in any of its applications."""
    today = day_of(now)
    objection, patience = parameter("objection_limit", on=today), parameter("application_patience", on=today)
    rows = BenefitApplication.objects.unscoped(because=WHY).filter(case=case)
    dues = [due for row in rows if (due := next_due(row.prepared_on, moves_of(row), objection, patience))]
    if not dues:
        deadlines.withdraw(case, APPLICATION, "Kein Antrag ist offen.", now=now)
        return
    leader = responsible_of(case)
    first = min(dues, key=lambda due: due.on)
    deadlines.ask_on(case, APPLICATION, first.on, responsible_id=leader.membership_id if leader else None, now=now)


def move_changed(move: ApplicationMove, case: Case, actor: Actor, now: datetime) -> None:
    """A move was corrected or voided: what is due next may be another day."""
    ask_for_applications(case, now)


def check_move(move: ApplicationMove, former: Mapping[str, Any], now: datetime) -> None:
    """What a move may say, entered or corrected."""
    if not move.application.prepared_on <= move.happened_on <= day_of(now):
        raise Invalid(f"Der Tag liegt zwischen dem {move.application.prepared_on:%d.%m.%Y} und heute.", "happened_on")
    if move.due_on and (move.step != ApplicationStep.MISSING_DOCS or move.due_on < move.happened_on):
        raise Invalid("Eine Frist gibt es für fehlende Unterlagen, und sie liegt nach deren Tag.", "due_on")
