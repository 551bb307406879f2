"""The lead allocates: referrals of the prison, illness, people who have left; one case or many, all or none."""

from datetime import timedelta

import pytest

from ina.access.operations.offboarding import off_board_person
from ina.accounts.models import Membership
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.enums import HandoverKind, HandoverState, State
from ina.cases.models import Assignment, Case, Handover, Worklist
from ina.cases.operations import allocations, handovers, referrals
from ina.cases.queries import state_of
from ina.cases.queries.team import team_board
from tests.cases.test_handovers import NOTHING, READING, opened, responsible
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people):
    return case_for(people.alma, surname="Beinwell")


@pytest.fixture
def allocate(people, act_as, moment):
    def give(made_or_id, receiver, by=None, reason="Krankheit"):
        with act_as(by or people.jan) as actor:
            return allocations.allocate_case(
                actor=actor,
                case_id=getattr(made_or_id, "case_id", made_or_id),
                receiver_id=receiver.membership_id,
                reason=reason,
                now=moment,
            )

    return give


@pytest.fixture
def referral(people, act_as, moment):
    """Hanna proposes somebody: nobody leads the case yet."""
    with act_as(people.hanna) as actor:
        return referrals.refer_person(
            actor=actor,
            person=referrals.Person(surname="Ysop", booking_number="9/26"),
            prison_id=people.hanna.institution_id,
            referred_on=day_of(moment),
            source="SOCIAL_SERVICE",
            now=moment,
        )


def test_a_referral_is_taken_up_by_whoever_it_is_allocated_to(people, referral, allocate, act_as, moment):
    with act_as(people.jan) as actor:
        ((line, why),) = team_board(actor, today=day_of(moment)).unled
        assert (line.name, line.label) == ("Ysop", "Zugang gemeldet") and "noch niemandem" in why
    allocate(referral.pk, people.bert)
    with act_as(people.bert) as actor:
        assert state_of(Case.objects.visible_to(actor).get(pk=referral.pk)) is State.SCREENING
        (row,) = Handover.objects.visible_to(actor).filter(case_id=referral.pk)
        assert (row.kind, row.state, row.giver_id) == (HandoverKind.ALLOCATED, HandoverState.ACCEPTED, None)
        assert Worklist.objects.visible_to(actor).get(case_id=referral.pk).responsible_id == people.bert.membership_id
    with act_as(people.jan) as actor:
        assert team_board(actor, today=day_of(moment)).unled == []


def test_it_holds_at_once_and_overtakes_an_offer(people, made, allocate, act_as, moment):
    with act_as(people.alma) as actor:
        handovers.offer_handover(
            actor=actor,
            case_id=made.case_id,
            receiver_id=people.cem.membership_id,
            reason="Umzug",
            offered_on=day_of(moment),
            now=moment,
        )
    allocate(made, people.bert)
    assert opened(people.bert, made) == READING and opened(people.cem, made) == NOTHING
    assert opened(people.alma, made) == READING  # fourteen days
    assert responsible(made, people.bert, act_as)[-1][:2] == (people.bert.membership_id, day_of(moment))


def test_only_the_lead_of_the_team_allocates_and_only_within_it(people, made, allocate):
    for member in (people.alma, people.bert, people.hanna):
        with pytest.raises((Refused, NotVisible)):
            allocate(made, people.bert, by=member)
    with pytest.raises(NotVisible):
        allocate(made, people.cem, by=people.uwe)
    with pytest.raises(Invalid, match="eigenen Team"):
        allocate(made, people.cem)
    with pytest.raises(Invalid, match="führt diesen Fall schon"):
        allocate(made, people.alma)
    with pytest.raises(Invalid) as raised:
        allocate(made, people.bert, reason=" ")
    assert raised.value.field == "reason"


def test_cases_of_somebody_who_left_stand_without_lead_until_they_are_allocated(people, made, allocate, act_as, moment):
    with act_as(people.lea) as actor:
        off_board_person(actor=actor, user_id=people.alma.user_id, deputies={}, now=moment)
    tomorrow = day_of(moment) + timedelta(days=1)
    with act_as(people.jan) as actor:
        ended = Membership.objects.get(pk=people.alma.membership_id).ends_on
        board = team_board(actor, today=ended + timedelta(days=1))
        assert [(line.number, "endete am" in why) for line, why in board.unled] == [(made.number, True)]
        assert people.alma.membership_id not in {load.membership_id for load in board.loads}
    Membership.objects.filter(pk=people.alma.membership_id).update(ends_on=day_of(moment) - timedelta(days=1))
    allocate(made, people.bert)
    with act_as(people.jan) as actor:
        assert team_board(actor, today=tomorrow).unled == []
    assert opened(people.alma, made) == NOTHING  # nobody reads on from a position that has ended


def test_many_at_once_all_or_none_and_a_line_for_each_file(people, act_as, moment, trail):
    made = [case_for(people.alma) for _ in range(3)]
    foreign = case_for(people.cem)
    to_bert = {one.case_id: people.bert.membership_id for one in made}

    def give(receivers):
        with act_as(people.jan) as actor:
            return allocations.allocate_cases(actor=actor, receivers=receivers, reason="Ausfall", now=moment)

    with pytest.raises(NotVisible):
        give(to_bert | {foreign.case_id: people.bert.membership_id})
    with pytest.raises(Invalid):
        give(to_bert | {made[2].case_id: people.alma.membership_id})
    with pytest.raises(Invalid):
        give({})
    with act_as(people.alma) as actor:
        leads = Assignment.objects.visible_to(actor).filter(case_id__in=list(to_bert), period__upper_inf=True)
        assert {row.membership_id for row in leads} == {people.alma.membership_id}
    assert give(to_bert) == 3
    lines = trail("cases.allocate_cases")
    assert sorted(line.dossier_id for line in lines) == sorted(one.dossier_id for one in made)
    assert all(opened(people.bert, one) == READING for one in made)


def test_the_board_weighs_by_phase_and_counts_queries_alike(people, act_as, moment, django_assert_num_queries):
    case_for(people.alma)  # in preparation by the parameter, or in custody: by its planned day

    def board():
        with act_as(people.jan) as actor:
            return team_board(actor, today=day_of(moment), of="alma")

    first = board()
    (load,) = [one for one in first.loads if one.name == people.alma.name]
    assert load.cases == 1 and load.weight > 0 and load.verdict == "unter dem Üblichen"
    assert [line.responsible for line in first.shown] == [people.alma.name]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        board()
    for _ in range(2):
        case_for(people.alma, state=State.AFTERCARE)
    with CaptureQueriesContext(connection) as three:
        assert len(board().shown) == 3
    assert len(three) == len(one)
