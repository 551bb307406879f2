"""A version on its way: what each act needs, what stays, what goes on, and the way back."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from ina.agenda.models import Item
from ina.agenda.operations.stops import stop_clock
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.operations.release_dates import state_release_date
from ina.planning import operations, queries
from ina.planning.enums import Answer, Decision, GoalStatus, PlanState
from ina.planning.models import Goal, IntegrationPlan, PlanEvent, PlanStep, Signature
from tests.factories.cases import PLANNED_ON, at, case_of
from tests.factories.plans import add_goal, bring, planned_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BECAUSE = "a test looks at what it made"


def plan_of(made, version=1):
    return IntegrationPlan.objects.unscoped(because=BECAUSE).get(case_id=made.case_id, plan_version=version)


def states(made):
    rows = IntegrationPlan.objects.unscoped(because=BECAUSE).filter(case_id=made.case_id).order_by("plan_version")
    return list(rows.values_list("state", flat=True))


def void_last(actor, plan, now, because="Irrtum"):
    row = PlanEvent.objects.unscoped(because=BECAUSE).standing().filter(plan=plan).order_by("pk").last()
    entry_kind("planvorgang").void(actor=actor, planevent_id=row.pk, because=because, now=now)


def test_from_draft_to_force_and_to_the_next_version(people, act_as, now, trail):
    made = planned_case(people.alma, now, PlanState.IN_FORCE, goals=2, steps=2)
    with act_as(people.alma) as actor:
        plan = operations.open_version(actor=actor, case_id=made.case_id, changes="Führerschein", now=now)
        add_goal(actor, made.case_id, now)
        assert states(made) == ["IN_FORCE", "DRAFT"]
        bring(actor, plan, PlanState.IN_FORCE, now)
        assert states(made) == ["SUPERSEDED", "IN_FORCE"]
        case = case_of(made)
        assert [goal.number for goal in queries.current_plan(actor, case).goals] == [1, 2, 3]
        old = queries.current_plan(actor, case, plan_version=1)
    assert [goal.number for goal in old.goals] == [1, 2]
    assert [line.details for line in trail("planning.put_in_force")] == [{"plan_version": 1}, {"plan_version": 2}]


def test_a_version_needs_a_goal_an_answer_and_the_lead(people, act_as, now):
    made = planned_case(people.alma, now)
    with act_as(people.alma) as actor:
        plan = plan_of(made)
        this = {"integrationplan_id": plan.pk, "now": now}
        goal = Goal.objects.unscoped(because=BECAUSE).get(plan=plan)
        entry_kind("ziel").void(actor=actor, goal_id=goal.pk, because="doppelt", now=now)
        with pytest.raises(Invalid, match="ein Ziel"):
            operations.discuss_plan(actor=actor, on=TODAY, **this)
        add_goal(actor, made.case_id, now)
        operations.discuss_plan(actor=actor, on=TODAY, **this)
        with pytest.raises(Refused, match="besprochen"):
            operations.put_in_force(actor=actor, on=TODAY, **this)
        operations.record_answer(actor=actor, answer=Answer.YES, signed_on=TODAY, **this)
        with pytest.raises(Invalid, match="Unterschrift der Fallführung"):
            operations.put_in_force(actor=actor, on=TODAY, **this)
        with pytest.raises(Invalid, match="Davor steht"):
            operations.sign_plan(actor=actor, signed_on=TODAY, **this)
            operations.put_in_force(actor=actor, on=TODAY - timedelta(days=1), **this)


def test_who_says_no_agrees_nothing_and_who_could_not_answer_has_not_refused(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.DISCUSSED)
    this = {"integrationplan_id": made.plan_id, "now": now, "signed_on": TODAY}
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            operations.record_answer(actor=actor, answer=Answer.NO, **this)
        assert caught.value.field == "because"
        operations.record_answer(actor=actor, answer=Answer.NO, because="zu früh", **this)
        assert states(made) == ["DISCUSSED"]
        add_goal(actor, made.case_id, now)  # it is worked on
        operations.record_answer(actor=actor, answer=Answer.COULD_NOT, because="im Krankenhaus", **this)
        assert states(made) == ["AGREED"]
        said = Signature.objects.unscoped(because=BECAUSE).filter(plan_id=made.plan_id).order_by("pk")
        answers = [(row.answer, row.because) for row in said]
    assert answers == [("NO", "zu früh"), ("COULD_NOT", "im Krankenhaus")]


@pytest.mark.parametrize("state", [PlanState.AGREED, PlanState.IN_FORCE])
def test_what_is_agreed_stays_as_it_was_signed(people, act_as, now, state):
    made = planned_case(people.alma, now, state)
    with act_as(people.alma) as actor:
        goal = Goal.objects.unscoped(because=BECAUSE).get(plan_id=made.plan_id)
        step = PlanStep.objects.unscoped(because=BECAUSE).get(goal=goal)
        with pytest.raises(Refused, match="neue"):
            operations.change_goal(actor=actor, goal_id=goal.pk, wording_person="anders", now=now)
        with pytest.raises(Refused, match="neue"):
            operations.change_step(actor=actor, planstep_id=step.pk, what="anders", now=now)
        with pytest.raises(Refused):
            operations.add_step(actor=actor, goal_id=goal.pk, what="mehr", owner="FIRM", now=now)
        with pytest.raises(Invalid, match="neue"):
            operations.set_goal(actor=actor, case_id=made.case_id, wording_person="x", key_group="CROSS", now=now)
        for key, row in (("ziel", {"goal_id": goal.pk}), ("schritt", {"planstep_id": step.pk})):
            with pytest.raises(Invalid, match="neue"):
                entry_kind(key).void(actor=actor, because="weg damit", now=now, **row)
        for statement in (
            f"UPDATE planning_goal SET wording_person = 'anders' WHERE id = {goal.pk}",
            f"UPDATE planning_planstep SET due_on = '2027-01-01', offset_count = NULL, offset_unit = ''"
            f" WHERE id = {step.pk}",
            f"UPDATE planning_goal SET plan_id = plan_id, number = 9 WHERE id = {goal.pk}",
        ):
            with pytest.raises(DatabaseError, match="as it was signed"), transaction.atomic():
                connection.cursor().execute(statement)
        operations.complete_step(actor=actor, planstep_id=step.pk, done_on=TODAY, now=now)
        operations.judge_goal(actor=actor, goal_id=goal.pk, status=GoalStatus.REACHED, status_on=TODAY, now=now)


def test_progress_goes_on_in_the_version_in_work(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.IN_FORCE, steps=2)
    with act_as(people.alma) as actor:
        operations.open_version(actor=actor, case_id=made.case_id, now=now)
        case = case_of(made)
        step = queries.get_step(actor, case, 1, 1)
        in_work = queries.get_step(actor, case, 1, 1, plan_version=2)
        with pytest.raises(Invalid, match="in Kraft"):
            operations.complete_step(actor=actor, planstep_id=in_work.pk, done_on=TODAY, now=now)
        operations.complete_step(actor=actor, planstep_id=step.pk, done_on=TODAY, result="liegt vor", now=now)
        operations.judge_goal(
            actor=actor, goal_id=step.goal_id, status=GoalStatus.PARTLY, status_on=TODAY, reason="halb", now=now
        )
        (goal,) = queries.current_plan(actor, case, plan_version=2).goals
    assert (goal.status, goal.status_reason) == (GoalStatus.PARTLY, "halb")
    assert [(row.status.value, row.result) for row in goal.steps] == [("DONE", "liegt vor"), ("OPEN", "")]


def test_a_mistake_goes_back_the_way_it_came(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.IN_FORCE)
    with act_as(people.alma) as actor:
        plan = operations.open_version(actor=actor, case_id=made.case_id, now=now)
        bring(actor, plan, PlanState.IN_FORCE, now + timedelta(minutes=1))
        superseded = PlanEvent.objects.unscoped(because=BECAUSE).get(plan_id=made.plan_id, act="SUPERSEDE")
        with pytest.raises(Invalid, match="gilt diese wieder"):
            entry_kind("planvorgang").void(actor=actor, planevent_id=superseded.pk, because="x", now=now)
        first = PlanEvent.objects.unscoped(because=BECAUSE).filter(plan=plan).order_by("pk")[0]
        with pytest.raises(Invalid, match="Danach kam"):
            entry_kind("planvorgang").void(actor=actor, planevent_id=first.pk, because="x", now=now)
        void_last(actor, plan, now)
        assert states(made) == ["IN_FORCE", "AGREED"]
        void_last(actor, plan, now)
        assert states(made) == ["IN_FORCE", "DISCUSSED"]
        assert not Signature.objects.unscoped(because=BECAUSE).standing().filter(plan=plan).exists()
        operations.return_plan(actor=actor, integrationplan_id=plan.pk, on=TODAY, reason="noch ein Ziel", now=now)
        operations.discard_plan(actor=actor, integrationplan_id=plan.pk, on=TODAY, reason="zu viel", now=now)
        assert states(made) == ["IN_FORCE", "DISCARDED"]
        operations.open_version(actor=actor, case_id=made.case_id, now=now)
        assert states(made) == ["IN_FORCE", "DISCARDED", "DRAFT"]


def test_four_eyes_are_the_lead_and_not_the_author(people, act_as, now):
    with act_as(people.jan) as actor:
        operations.demand_four_eyes(actor=actor, starts_on=TODAY, now=now)
        with pytest.raises(Invalid, match="schon"), transaction.atomic():
            operations.demand_four_eyes(actor=actor, starts_on=TODAY, now=now)
    made = planned_case(people.alma, now, PlanState.AGREED)
    this = {"integrationplan_id": made.plan_id, "now": now}
    with act_as(people.alma) as actor:
        operations.sign_plan(actor=actor, signed_on=TODAY, **this)
        with pytest.raises(Invalid, match="Freigabe"):
            operations.put_in_force(actor=actor, on=TODAY, **this)
        with pytest.raises(Refused):
            operations.approve_plan(actor=actor, on=TODAY, **this)
    with act_as(people.jan) as actor:
        operations.approve_plan(actor=actor, on=TODAY, **this)
        operations.lift_four_eyes(actor=actor, ends_on=TODAY, now=now)
    with act_as(people.alma) as actor:
        operations.put_in_force(actor=actor, on=TODAY, **this)
        assert states(made) == ["IN_FORCE"]
    assert not queries.demands_four_eyes(people.alma.actor.institution_id, TODAY + timedelta(days=1))


def review_days(made):
    rows = Item.objects.unscoped(because=BECAUSE).filter(
        dossier_id=made.dossier_id, kind__in=(operations.NEXT_REVIEW, operations.BEFORE_RELEASE)
    )
    return [(row.state, row.due_on) for row in rows.order_by("pk")]


def test_the_next_review_follows_force_review_and_release(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.IN_FORCE)
    assert date(2027, 3, 1) == PLANNED_ON
    with act_as(people.alma) as actor:
        assert review_days(made) == [("OPEN", date(2027, 2, 1))]  # four weeks before, sooner than three months
        state_release_date(
            actor=actor,
            case_id=made.case_id,
            on=date(2027, 1, 11),
            kind=HypothesisKind.TWO_THIRDS,
            status=HypothesisStatus.PLAUSIBLE,
            source="Anstalt",
            asserted_on=TODAY,
            now=now,
        )
        assert review_days(made) == [("OPEN", date(2026, 12, 14))]
        operations.review_plan(
            actor=actor, integrationplan_id=made.plan_id, held_on=TODAY, finding="weiter so", now=now
        )
        # Held so early, that before the release is still to come: the same item asks again.
        assert review_days(made) == [("OPEN", date(2026, 12, 14))]
        later = at(date(2026, 12, 14))
        operations.review_plan(
            actor=actor, integrationplan_id=made.plan_id, held_on=later.date(), finding="geht gut", now=later
        )
        assert review_days(made) == [("DONE", date(2026, 12, 14)), ("OPEN", date(2027, 3, 14))]


@pytest.mark.parametrize(
    ("released_on", "due"),
    [
        (date(2027, 3, 1), date(2027, 2, 1)),  # in time before the release: that never waits
        (date(2027, 11, 1), date(2027, 3, 9)),  # three months, and the fourteen days that the clock stood still
    ],
)
def test_the_review_after_the_interval_waits_while_the_clock_stands_still(people, act_as, now, released_on, due):
    made = planned_case(people.alma, now, PlanState.IN_FORCE)
    with act_as(people.alma) as actor:
        operations.plan_reviews(case_of(made), released_on, now)
        stop_clock(
            actor=actor,
            dossier_id=made.dossier_id,
            case_number=1,
            reason="ILLNESS",
            from_on=date(2026, 12, 1),
            until_on=date(2026, 12, 14),
            now=now,
        )
        assert [day for state, day in review_days(made) if state == "OPEN"] == [due]


def test_a_step_from_the_release_moves_with_it_and_stands_in_the_preview(people, act_as, now):
    from ina.cases.queries import get_file
    from ina.cases.queries.release_dates import Change, preview_change
    from ina.cases.rules.release import DateClaim

    made = planned_case(people.alma, now, steps=2)
    with act_as(people.alma) as actor:
        file = get_file(actor, made.number, today=TODAY)
        (goal,) = queries.current_plan(actor, file.case, release=file.planning_date).goals
        assert [row.due_on for row in goal.steps] == [PLANNED_ON - timedelta(weeks=3), TODAY]
        new = DateClaim(date(2026, 12, 7), HypothesisStatus.PLAUSIBLE, HypothesisKind.TWO_THIRDS)
        preview = preview_change(actor, file, Change(new), TODAY)
    moved = [move for move in preview.overdue if move.kind == "planning.step"]
    assert [(move.was, move.will) for move in moved] == [(date(2027, 2, 8), date(2026, 11, 16))]


def test_application_and_decision_have_their_days(people, act_as, now):
    made = planned_case(people.alma, now)
    with act_as(people.alma) as actor:
        step = queries.get_step(actor, case_of(made), 1, 1)
        this = {"actor": actor, "planstep_id": step.pk, "now": now}
        for wrong, field in (
            ({"applied_on": None, "decision": Decision.GRANTED, "decided_on": TODAY}, "applied_on"),
            ({"applied_on": TODAY, "decision": Decision.GRANTED}, "decided_on"),
            ({"applied_on": TODAY + timedelta(days=1)}, "applied_on"),
            ({"applied_on": TODAY, "decision": Decision.DENIED, "decided_on": date(2026, 1, 1)}, "decided_on"),
        ):
            with pytest.raises(Invalid) as caught:
                operations.record_application(**this | wrong)
            assert caught.value.field == field
        operations.record_application(**this, applied_on=TODAY, decision=Decision.GRANTED, decided_on=TODAY)
        step.refresh_from_db()
    assert (step.applied_on, step.decision, step.version) == (TODAY, "GRANTED", 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"offset": "drei Wochen lang"}, "offset"),
        ({"offset": "99 Monate"}, "offset"),
        ({"offset": "3 Wochen", "due_on": TODAY}, "due_on"),
        ({"starts_on": TODAY, "ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"instrument": "WISH"}, "instrument"),
    ],
)
def test_a_step_that_cannot_be_is_refused(people, act_as, now, wrong, field):
    made = planned_case(people.alma, now)
    with act_as(people.alma) as actor:
        goal = queries.get_goal(actor, case_of(made), 1)
        with pytest.raises(Invalid) as caught:
            operations.add_step(actor=actor, goal_id=goal.pk, what="x", owner="FIRM", now=now, **wrong)
    assert caught.value.field == field


def test_a_need_belongs_to_its_group(people, act_as, now):
    made = planned_case(people.alma, now)
    with act_as(people.alma) as actor:
        goal = queries.get_goal(actor, case_of(made), 1)
        this = {"actor": actor, "goal_id": goal.pk, "now": now, "wording_person": "Ich will wohnen."}
        for wrong in ("R1", "Z9"):
            with pytest.raises(Invalid) as caught:
                operations.change_goal(**this, need=wrong)
            assert caught.value.field == "need"
        operations.change_goal(**this, key_group="CIRCUMSTANCES", need="R1")
        with pytest.raises(Conflict):
            operations.change_goal(**this, version=1)
        goal.refresh_from_db()
    assert (goal.wording_person, goal.need, goal.priority, goal.version) == ("Ich will wohnen.", "R1", "HIGH", 2)


def test_goals_and_steps_change_places(people, act_as, now):
    made = planned_case(people.alma, now, goals=3, steps=2)
    with act_as(people.alma) as actor:
        case = case_of(made)
        for number, up in ((3, True), (1, False), (1, False), (1, False)):
            goal = queries.get_goal(actor, case, number)
            operations.move_goal(actor=actor, goal_id=goal.pk, up=up, now=now)
        step = queries.get_step(actor, case, 2, 2)
        operations.move_step(actor=actor, planstep_id=step.pk, up=True, now=now)
        plan = queries.current_plan(actor, case)
    assert [goal.number for goal in plan.goals] == [3, 2, 1]
    assert [row.number for row in plan.goals[1].steps] == [2, 1]


def test_strangers_find_no_version(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.AGREED)
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        operations.sign_plan(actor=actor, integrationplan_id=made.plan_id, signed_on=TODAY, now=now)
    with act_as(people.hanna) as actor:
        with pytest.raises(Refused):
            operations.sign_plan(actor=actor, integrationplan_id=made.plan_id, signed_on=TODAY, now=now)
        operations.acknowledge_plan(actor=actor, integrationplan_id=made.plan_id, signed_on=TODAY, now=now)
