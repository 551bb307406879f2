"""Rows of the six steps, made by the operations of their modules: functions ``(actor, made, moment)``.

A module that adds a table about people adds to what is made here; tests/access fails until it does.
"""

from __future__ import annotations

from datetime import timedelta

from ina.base.clock import day_of
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import ContactOutcome
from ina.network import operations as network
from ina.planning import operations as planning
from ina.planning.enums import StepOwner
from ina.profiling import operations as profiling
from ina.profiling.enums import Aspect, FindingBasis, KeyGroup, Need, ProfilingKind, Severity
from tests.factories.cases import ADMITTED_ON


def find_something(actor, made, moment) -> None:
    profiling.record_finding(
        actor=actor,
        case_id=made.case_id,
        held_on=ADMITTED_ON + timedelta(days=10),
        kind=ProfilingKind.INITIAL,
        aspect=Aspect.QUALIFICATION,
        need=Need.TRAINING,
        severity=Severity.PRESENT,
        basis=FindingBasis.SELF_REPORT,
        text="zwei Jahre als Malerhelfer gearbeitet, ohne Abschluss",
        now=moment,
    )


def plan_something(actor, made, moment) -> None:
    goal = planning.set_goal(
        actor=actor,
        case_id=made.case_id,
        wording_person="Ich will Geselle werden.",
        key_group=KeyGroup.QUALIFICATION,
        now=moment,
    )
    planning.add_step(actor=actor, goal_id=goal.pk, what="Zeugnisse besorgen", owner=StepOwner.CASE_MANAGER, now=moment)


def involve_somebody(actor, made, moment) -> None:
    network.propose_partner(
        actor=actor,
        case_id=made.case_id,
        partner_key="anbieter-beispiel",
        purpose="Schuldenberatung",
        proposed_on=ADMITTED_ON + timedelta(days=20),
        now=moment,
    )


def meet(actor, made, moment) -> None:
    monitoring.record_contact(
        actor=actor,
        case_id=made.case_id,
        happened_on=day_of(moment) - timedelta(days=3),
        kind="TALK",
        outcome=ContactOutcome.MET,
        content="Bewerbung besprochen",
        now=moment,
    )


def find_out_what_became(actor, made, moment) -> None:
    monitoring.record_outcome(actor=actor, case_id=made.case_id, months=3, category="UNKNOWN", now=moment)


IN_CUSTODY = (find_something, plan_something, involve_somebody, meet)
AFTER_RELEASE = (find_out_what_became,)
