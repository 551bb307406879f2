"""Reading referrals: order, who sees them, marks on the picture, and which partners there are."""

from datetime import date

import pytest

from ina.base.errors import NotVisible
from ina.cases.enums import Step
from ina.cases.queries import get_file, story_reads
from ina.cases.steps import MarkState, story_of
from ina.institutions.enums import Kind
from ina.network import operations, queries
from ina.network.enums import ReferralAct as Act
from ina.network.enums import ReferralState
from tests.factories.cases import case_for, case_of

pytestmark = pytest.mark.django_db
PROPOSED_ON, TODAY = date(2026, 11, 2), date(2026, 11, 23)


def refer(actor, made, now, count=1):
    for number in range(1, count + 1):
        operations.propose_partner(
            actor=actor,
            case_id=made.case_id,
            now=now,
            partner_key="anbieter-beispiel",
            purpose=f"Anliegen {number}",
            proposed_on=PROPOSED_ON,
        )
    return case_of(made)


def move(actor, case, number, act, now, **more):
    referral = queries.get_referral(actor, case, number)
    operations.move_referral(actor=actor, servicereferral_id=referral.pk, act=act, happened_on=TODAY, now=now, **more)


@pytest.mark.parametrize("count", [1, 3])
def test_referrals_come_in_order_in_one_query(people, act_as, now, django_assert_num_queries, count):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        case = refer(actor, made, now, count)
        move(actor, case, 1, Act.CONSENTED, now)
        with django_assert_num_queries(1):
            rows = queries.list_referrals(actor, case)
    assert [row.purpose for row in rows] == [f"Anliegen {n + 1}" for n in range(count)]
    first = rows[0]
    assert (first.state, first.proposed_on, first.since) == (ReferralState.CONSENTED, PROPOSED_ON, TODAY)
    assert first.next_acts == (Act.SENT, Act.ENDED)
    assert [(act.act, act.by) for act in first.acts] == [
        (Act.PROPOSED, people.alma.name),
        (Act.CONSENTED, people.alma.name),
    ]


def test_who_sees_referrals(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        case = refer(actor, made, now)
    for member, seen in ((people.jan, 1), (people.hanna, 0), (people.cem, 0), (people.rita, 0)):
        with act_as(member) as actor:
            assert len(queries.list_referrals(actor, case)) == seen, member.key
    with act_as(people.hanna) as actor, pytest.raises(NotVisible):
        queries.get_referral(actor, case, 1)


def test_the_picture_shows_where_each_stands(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        case = refer(actor, made, now, 3)
        move(actor, case, 2, Act.CONSENTED, now)
        move(actor, case, 3, Act.ENDED, now, result="nicht nötig")
        story = story_of(get_file(actor, made.number, today=TODAY, along=story_reads()), TODAY)
    marks = story.marks[Step.NETWORKING]
    entries = [entry for entry in story.entries if entry.title.startswith("Beispielhaus")]
    assert [(mark.on, mark.state) for mark in marks] == [
        (PROPOSED_ON, MarkState.OPEN),
        (TODAY, MarkState.RUNNING),
        (TODAY, MarkState.DONE),
    ]
    assert [entry.on for entry in entries] == [TODAY, TODAY, PROPOSED_ON, PROPOSED_ON, PROPOSED_ON]
    assert {entry.detail for entry in entries[2:]} == {"Anliegen 1", "Anliegen 2", "Anliegen 3"}


def test_partners_are_those_who_may_take_somebody_on():
    kinds = {row.kind for row in queries.list_partners(on=TODAY)}
    assert {Kind.AGENCY, Kind.JOBCENTER, Kind.CHAMBER, Kind.PROVIDER, Kind.PROBATION} <= kinds
    assert not kinds & {Kind.PRISON, Kind.YOUTH_ARREST, Kind.CARRIER, Kind.MINISTRY, Kind.KRIMD, Kind.WHKT}
    assert [row.key for row in queries.list_partners(on=TODAY, search="Beispielhaus")] == ["anbieter-beispiel"]
