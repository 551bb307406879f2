"""Every operation × every role: who may, when the row itself would allow it. A new operation needs a line here.

The question here is the role; that nobody reaches a row they do not see is asked in the tests of the operations. So the
row is loaded with Alma's eyes and handed to the policy for each person of the cast in turn.
"""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest

from ina.access.enums import Compartment
from ina.access.models import Block, Consent, Dossier, EmergencyAccess
from ina.access.operations.deputies import appoint_deputy
from ina.accounts.models import Invitation, Membership, SessionRecord, Team, User
from ina.agenda.enums import ItemState
from ina.agenda.models import Item
from ina.base.actor import NOBODY, System, Unplaced
from ina.base.clock import day_of
from ina.cases.corrections import entry_kind, entry_kinds
from ina.cases.enums import EventKind, HandoverState, State
from ina.cases.models import (
    Case,
    Handover,
    ListExport,
    Participant,
    PrisonListImport,
    SamePerson,
    SavedView,
    SpecialEvent,
)
from ina.cases.operations.people import correct_participant
from ina.documents.models import Dispatch, Document
from ina.institutions.models import Institution
from ina.monitoring.enums import AppointmentState, CrisisResult
from ina.monitoring.models import Appointment, BenefitApplication, Crisis, OutcomeStatus
from ina.network.models import Disclosure, Override, ServiceReferral
from ina.planning.enums import PlanState
from ina.planning.models import Conference, ConferenceDecision, Goal, IntegrationPlan, PlanStep, PrisonMeasure
from ina.profiling.models import Assessment, Finding, HealthFinding, Profiling
from ina.profiling.operations.facts import KINDS as FACTS
from tests.access.expected import EXPECTED, LEAD
from tests.architecture.source import load_operations
from tests.factories.cases import case_for
from tests.factories.everything import everything_for
from tests.factories.plans import planned_case

pytestmark = pytest.mark.django_db


for _name, _fact in FACTS.items():
    EXPECTED[f"profiling.add_{_name}"] = (LEAD, "admitted")
    EXPECTED[f"profiling.change_{_name}"] = (LEAD, f"fact:{_name}")

# Entries that can be corrected and voided: the lead, and the prison's social service where it states the thing itself.
STATED = {
    "agenda.stop",
    "cases.release_date",
    "cases.custody",
    "cases.special_event",
    "cases.alias",
    "cases.guardian",
    "planning.measure",
}
for _kind in entry_kinds():
    _who = LEAD | {"hanna"} if f"{_kind.module}.{_kind.name}" in STATED else LEAD
    for _call in (_kind.correct, _kind.void):
        if _call is not None and _call.operation_name not in EXPECTED:
            EXPECTED[_call.operation_name] = (_who, f"entry:{_kind.key}")


def case_in(state):
    def row(people, moment):
        made = case_for(people.alma, state=state, talk=False)
        return lambda: Case.objects.unscoped(because="a test").get(pk=made.case_id)

    return row


def plan_in(state):
    def row(people, moment):
        plan_id = planned_case(people.alma, moment, state).plan_id
        return lambda: IntegrationPlan.objects.unscoped(because="a test").get(pk=plan_id)

    return row


def one(table, **conditions):
    """A row of the file that has everything."""

    def row(people, moment):
        everything_for(people, moment)
        return lambda: table.objects.unscoped(because="a test").filter(**conditions).order_by("pk").first()

    return row


def shut(user):
    user.is_active = False
    return user


def item_done(people, moment):
    load = one(Item, kind="")(people, moment)

    def done():
        item = load()
        item.state = ItemState.DONE
        return item

    return done


def appointment_cancelled(people, moment):
    load = one(Appointment)(people, moment)

    def cancelled():
        appointment = load()
        appointment.state = AppointmentState.CANCELLED
        return appointment

    return cancelled


def crisis_ended(people, moment):
    load = one(Crisis)(people, moment)

    def ended():
        crisis = load()
        crisis.result = CrisisResult.STABILISED
        return crisis

    return ended


def link_as(**changed):
    def row(people, moment):
        load = one(SamePerson)(people, moment)

        def link():
            found = load()
            for name, value in changed.items():
                setattr(found, name, value)
            return found

        return link

    return row


def deceased(people, moment):
    load = one(Participant)(people, moment)

    def dead():
        participant = load()
        participant.died_on = day_of(moment)
        return participant

    return dead


def shielded(people, moment):
    load = one(Dossier, cases__number=1)(people, moment)

    def hidden():
        dossier = load()
        dossier.is_shielded = True
        return dossier

    return hidden


def ended_dossier(people, moment):
    made = case_for(people.alma, state=State.DECLINED)
    return lambda: Dossier.objects.unscoped(because="a test").get(pk=made.dossier_id)


def offered(people, moment):
    load = one(Handover)(people, moment)

    def standing():
        handover = load()
        handover.state = HandoverState.OFFERED
        return handover

    return standing


def transferred(people, moment):
    load = case_in(State.ADMITTED)(people, moment)

    def event():
        case = load()
        return SpecialEvent(dossier=case.dossier, case=case, kind=EventKind.TRANSFERRED)

    return event


def deputyship(people, moment):
    from ina.access.context import acting_as

    actor = people.alma.actor
    with acting_as(actor):
        made = appoint_deputy(
            actor=actor, membership_id=people.alma.membership_id, deputy_id=people.bert.membership_id,
            starts_on=day_of(moment), ends_on=day_of(moment) + timedelta(days=1), now=moment,
        )  # fmt: skip
    return lambda: made


# How each row is made: called without an actor, answers a function that loads it with Alma's eyes.
ROWS = {
    "almas_position": lambda people, moment: lambda: Membership.objects.get(pk=people.alma.membership_id),
    "dossier": one(Dossier, cases__number=1),
    "deputyship": deputyship,
    "block_of_uwe": one(Block),
    "bert": lambda people, moment: lambda: User.objects.get(pk=people.bert.user_id),
    "bert_shut": lambda people, moment: lambda: shut(User.objects.get(pk=people.bert.user_id)),
    "emergency_of_bert": one(EmergencyAccess),
    "consent": one(Consent),
    "disclosure": one(Disclosure),
    "override": one(Override),
    "team": lambda people, moment: lambda: Team.objects.get(pk=people.alma.team_id),
    "session_of_alma": lambda people, moment: lambda: SessionRecord(user_id=people.alma.user_id),
    "invitation_of_bert": lambda people, moment: lambda: Invitation(user=User.objects.get(pk=people.bert.user_id)),
    "referred": case_in(State.SCREENING),
    "admitted": case_in(State.ADMITTED),
    "in_aftercare": case_in(State.AFTERCARE),
    "paused": case_in(State.PAUSED),
    "waiting": case_in(State.WAITING),
    "declined": case_in(State.DECLINED),
    "ended_dossier": ended_dossier,
    "shielded": shielded,
    "asked_link": link_as(is_asker=False, state="ASKED"),
    "linked": link_as(state="LINKED"),
    "deceased": deceased,
    "offered": offered,
    "transferred": transferred,
    "participant": one(Participant),
    "prison_list": one(PrisonListImport),
    "saved_view": one(SavedView),
    "list_export": one(ListExport),
    "outcome": one(OutcomeStatus),
    "appointment": one(Appointment),
    "appointment_cancelled": appointment_cancelled,
    "crisis": one(Crisis),
    "application": one(BenefitApplication),
    "crisis_ended": crisis_ended,
    "service_referral": one(ServiceReferral),
    "goal": one(Goal, plan__state="DRAFT"),
    "dispatch": one(Dispatch, dropped_at=None, returned_on=None),
    "document": one(Document, voided_at=None),
    "conference": one(Conference),
    "decision": one(ConferenceDecision, step=None),
    "measure": one(PrisonMeasure, state="RUNNING"),
    "measure_assigned": one(PrisonMeasure, state="ASSIGNED"),
    "plan_draft": plan_in(PlanState.DRAFT),
    "plan_discussed": plan_in(PlanState.DISCUSSED),
    "plan_agreed": plan_in(PlanState.AGREED),
    "plan_in_force": plan_in(PlanState.IN_FORCE),
    "item": one(Item, kind=""),
    "item_done": item_done,
    "step": one(PlanStep, goal__plan__state="DRAFT"),
    "profiling": one(Profiling),
    "finding": one(Finding),
    "health_finding": one(HealthFinding),
    "assessment": one(Assessment),
    **{f"fact:{name}": one(fact.model) for name, fact in FACTS.items()},
    "provider": lambda people, moment: lambda: Institution.objects.get(key="anbieter-beispiel"),
    "any_row": lambda people, moment: lambda: None,
}


def entry_row(key):
    """The last entry of a kind; of the tables that the file lacks one that is not stored."""
    kind = entry_kind(key)

    def row(people, moment):
        made = everything_for(people, moment)

        def load():
            rows = kind.model.objects.unscoped(because="a test").filter(dossier_id=made.dossier_id)
            return rows.order_by("pk").last() or kind.model(dossier_id=made.dossier_id)

        return load

    return row


ROWS |= {f"entry:{kind.key}": entry_row(kind.key) for kind in entry_kinds()}
# Recorded after the release only: the prison's social service no longer sees that file.
ROWS["entry:verbleib"] = one(OutcomeStatus)


def test_every_operation_has_its_line():
    assert set(load_operations()) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_who_may(name, people, act_as, moment):
    policy = load_operations()[name].policy
    allowed, row_name = EXPECTED[name]
    asks_for_row = len(inspect.signature(policy).parameters) > 1
    assert asks_for_row is (row_name is not None)
    load = ROWS[row_name](people, moment) if row_name else None
    actors = {member.key: member.actor for member in people}
    actors |= {"system": System("probe"), "nobody": NOBODY, "unplaced": Unplaced(id=people.alma.user_id)}
    if row_name == "session_of_alma":
        del actors["unplaced"]  # it is her own session in either case
    if row_name == "service_referral":
        actors = {key: actors[key] for key in ("alma",)}  # its state is read with the asker's own eyes
    with act_as(people.alma):
        row = load() if load else None
        verdicts = {key: policy(actor, row) if load else policy(actor) for key, actor in actors.items()}
    assert {key for key, verdict in verdicts.items() if verdict} == allowed
    for key, verdict in verdicts.items():
        assert verdict or verdict.reason.endswith((".", "!")), f"{key} is refused without a sentence"


def test_no_administration_sees_a_compartment(people):
    """No standing power: these roles have no holder, whatever anybody grants to them."""
    for key in ("gero", "lea", "karl", "ede", "mia", "stefan", "tina"):
        assert people[key].actor.holders == (), key
    assert int(Compartment.CASE) == 1


def test_changing_a_name_is_for_those_who_see_it(people, act_as, now):
    """The policy asks for the role, the loading asks for sight: both are needed."""
    from ina.base.errors import NotVisible

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        participant = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
    for key in ("bert", "cem", "vera"):
        with act_as(people[key]) as actor, pytest.raises(NotVisible):
            correct_participant(actor=actor, participant_id=participant.pk, surname="X", now=now)
