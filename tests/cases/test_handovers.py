"""A case changes hands: who sees what at each moment, in the ORM and in bare SQL; and what cannot be."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from ina.access.enums import Compartment as C
from ina.access.operations.deputies import appoint_deputy, end_deputyship
from ina.access.operations.dossiers import block_person
from ina.accounts.models import Membership
from ina.agenda.models import Item
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.base.periods import last_day
from ina.cases.enums import Act, ControllerKind, HandoverKind, HandoverState, State
from ina.cases.models import (
    Assignment,
    Case,
    CaseAct,
    Controller,
    CustodyPeriod,
    FirstTalk,
    Handover,
    HealthSituation,
    Participant,
    Worklist,
)
from ina.cases.operations import acts, handovers, referrals
from ina.cases.queries.handovers import inbox, list_handovers, offers_to, receiver_choices
from ina.reference.queries import parameter
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
NARROW = {C.CASE, C.IDENTITY, C.CUSTODY}
READING = NARROW | {C.PLAN, C.CONTACTS}
ALL = READING | {C.HEALTH}
NOTHING: set = set()
ROWS = {
    C.CASE: Case,
    C.IDENTITY: Participant,
    C.CUSTODY: CustodyPeriod,
    C.PLAN: Item,
    C.CONTACTS: FirstTalk,
    C.HEALTH: HealthSituation,
}


@pytest.fixture
def made(people, act_as, moment):
    """Alma's case with a row in each compartment that these tests ask for."""
    made = case_for(people.alma, surname="Beinwell")
    with act_as(people.alma):
        HealthSituation.objects.create(
            dossier_id=made.dossier_id,
            case_id=made.case_id,
            refers_on=day_of(moment),
            consent_on=day_of(moment),
            recorded_at=moment,
            recorded_by_id=people.alma.membership_id,
        )
    return made


def opened(member, made) -> set:
    """The compartments open to somebody: by the wall and by ``visible_to``, which must agree."""
    from ina.access.context import acting_as

    actor = member.actor
    found = set()
    with acting_as(actor), connection.cursor() as cursor:
        for bit, model in ROWS.items():
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table} WHERE dossier_id = %s", [made.dossier_id])
            by_wall = cursor.fetchone()[0] > 0
            assert model.objects.visible_to(actor).filter(dossier_id=made.dossier_id).exists() is by_wall, model
            found |= {bit} if by_wall else set()
    return found


@pytest.fixture
def offer(people, made, act_as, moment):
    """``offer(people.bert)``, by Alma unless somebody else is named: answers the id of the hand-over."""

    def make(receiver, by=None, made=made, **changed) -> int:
        with act_as(by or people.alma) as actor:
            given = {"reason": "Elternzeit", "offered_on": day_of(changed.get("now", moment)), "now": moment} | changed
            return handovers.offer_handover(
                actor=actor, case_id=made.case_id, receiver_id=receiver.membership_id, **given
            ).pk

    return make


@pytest.fixture
def answer(act_as, moment):
    """``answer("accept", people.bert, handover_id)``."""

    def give(verb, member, handover_id, now=moment, **given):
        operation = {
            "accept": handovers.accept_handover,
            "refuse": handovers.refuse_handover,
            "withdraw": handovers.withdraw_handover,
            "look": handovers.look_at_offer,
        }[verb]
        given |= {"reason": "keine Kapazität"} if verb == "refuse" and "reason" not in given else {}
        with act_as(member) as actor:
            return operation(actor=actor, now=now, handover_id=handover_id, **given)

    return give


def responsible(made, member, act_as) -> list:
    with act_as(member) as actor:
        rows = Assignment.objects.visible_to(actor).filter(case_id=made.case_id).order_by("period")
        return [(row.membership_id, row.period.lower, last_day(row.period)) for row in rows]


# --- who sees what, moment by moment -----------------------------------------------------------------------------


def test_before_and_while_it_is_offered(people, made, offer):
    assert opened(people.bert, made) == opened(people.cem, made) == NOTHING
    offer(people.cem)
    assert opened(people.cem, made) == NARROW
    assert opened(people.alma, made) == ALL
    assert opened(people.bert, made) == opened(people.uwe, made) == opened(people.vera, made) == NOTHING


def test_acceptance_within_the_team(people, made, offer, answer, act_as, moment):
    today = day_of(moment)
    handover = offer(people.bert)
    answer("accept", people.bert, handover)
    assert opened(people.bert, made) == READING  # what was entrusted to Alma does not go along
    assert opened(people.alma, made) == opened(people.jan, made) == READING
    assert opened(people.hanna, made) == READING
    assert responsible(made, people.bert, act_as)[-2:] == [
        (people.alma.membership_id, date(2026, 3, 2), today - timedelta(days=1)),
        (people.bert.membership_id, today, None),
    ]
    with act_as(people.bert) as actor:
        row = Worklist.objects.visible_to(actor).get(case_id=made.case_id)
        assert row.responsible_id == people.bert.membership_id
        items = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, state="OPEN")
        assert {item.responsible_id for item in items} == {people.bert.membership_id}
        acts.close_case(
            actor=actor, case_id=made.case_id, closed_on=today, reason="WITHDRAWN_BY_PARTICIPANT", now=moment
        )
    with act_as(people.alma) as actor, pytest.raises(Refused):
        acts.void_act(
            actor=actor,
            caseact_id=CaseAct.objects.visible_to(actor).filter(case_id=made.case_id).latest("pk").pk,
            because="Irrtum",
            now=moment,
        )


def test_confidential_and_health_go_along_where_the_person_agreed(people, made, offer, answer):
    answer("accept", people.bert, offer(people.bert, with_confidential=True))
    assert opened(people.bert, made) == ALL
    assert opened(people.alma, made) == READING


@pytest.mark.parametrize(("days", "reads"), [(0, READING), (1, READING), (13, READING), (14, READING), (15, NOTHING)])
def test_the_giver_and_their_team_read_for_fourteen_days(days, reads, people, made, offer, answer, moment):
    """Accepted so many days ago; what is seen today, by the clock of the database."""
    answer("accept", people.cem, offer(people.cem), now=moment - timedelta(days=days))
    assert opened(people.alma, made) == opened(people.jan, made) == reads
    assert opened(people.cem, made) == opened(people.uwe, made) == READING
    assert opened(people.bert, made) == NOTHING


def test_after_acceptance_the_giver_only_reads(people, made, offer, answer, act_as, moment):
    answer("accept", people.cem, offer(people.cem))
    for member in (people.alma, people.jan):
        with act_as(member) as actor, pytest.raises(Refused):
            handovers.offer_handover(
                actor=actor,
                case_id=made.case_id,
                receiver_id=people.bert.membership_id,
                reason="doch nicht",
                offered_on=day_of(moment),
                now=moment,
            )


@pytest.mark.parametrize("verb", ["refuse", "withdraw"])
def test_refused_or_withdrawn_nothing_is_left(verb, people, made, offer, answer, act_as, moment):
    handover = offer(people.cem)
    answer(verb, people.cem if verb == "refuse" else people.alma, handover, reason="keine Kapazität")
    assert opened(people.cem, made) == opened(people.uwe, made) == NOTHING
    assert opened(people.alma, made) == ALL and opened(people.jan, made) == READING
    assert responsible(made, people.alma, act_as)[-1][0] == people.alma.membership_id
    with act_as(people.alma) as actor:
        (row,) = list_handovers(actor, Case.objects.visible_to(actor).get(pk=made.case_id), today=day_of(moment))
        assert (row.state, row.answer) == (
            {"refuse": HandoverState.REFUSED, "withdraw": HandoverState.WITHDRAWN}[verb],
            "keine Kapazität",
        )
        again = Item.objects.visible_to(actor).filter(kind="cases.hand_over_again", state="OPEN")
        asked = [(item.responsible_id, item.due_on) for item in again]
        assert asked == ([(people.alma.membership_id, day_of(moment))] if verb == "refuse" else [])
        due = Worklist.objects.visible_to(actor).get(case_id=made.case_id).due_key
        assert due <= day_of(moment) or verb == "withdraw"
    offer(people.bert)
    with act_as(people.alma) as actor:
        assert not Item.objects.visible_to(actor).filter(kind="cases.hand_over_again", state="OPEN").exists()


def test_each_step_leaves_its_line(people, made, offer, answer, trail):
    answer("accept", people.bert, offer(people.bert))
    lines = [line for line in trail() if line.action in {"cases.offer_handover", "cases.accept_handover"}]
    assert [(line.action, line.dossier_id, line.membership_id) for line in lines] == [
        ("cases.offer_handover", made.dossier_id, people.alma.membership_id),
        ("cases.accept_handover", made.dossier_id, people.bert.membership_id),
    ]


# --- those who answer for the receiver ---------------------------------------------------------------------------


def test_the_lead_of_the_receivers_team_answers_for_them(people, made, offer, answer, act_as):
    handover = offer(people.cem)
    with act_as(people.uwe) as actor:
        assert [(o.number, o.is_own) for o in offers_to(actor)] == [(made.number, False)]
        assert not Handover.objects.visible_to(actor).filter(pk=handover).exists()
    answer("look", people.uwe, handover)
    assert opened(people.uwe, made) == NARROW
    answer("accept", people.uwe, handover)
    assert opened(people.uwe, made) == opened(people.cem, made) == READING
    assert responsible(made, people.cem, act_as)[-1][0] == people.cem.membership_id


def test_looking_ends_with_the_answer(people, made, offer, answer):
    handover = offer(people.cem)
    answer("look", people.uwe, handover)
    answer("withdraw", people.alma, handover)
    assert opened(people.uwe, made) == opened(people.cem, made) == NOTHING


@pytest.fixture
def deputy_of_bert(people, act_as, moment):
    """Somebody of Bert's house who stands in for him today."""
    user = Membership.objects.get(pk=people.bert.membership_id).user
    assert user.pk == people.bert.user_id
    with act_as(people.bert) as actor:
        return appoint_deputy(
            actor=actor,
            membership_id=people.bert.membership_id,
            deputy_id=people.alma.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=5),
            now=moment,
        )


def test_a_running_deputy_answers_and_reads_on_as_deputy(people, made, offer, answer, deputy_of_bert, act_as, moment):
    """Alma offers to Bert and stands in for him: she may answer for him, and reads afterwards as his deputy too."""
    answer("accept", people.alma, offer(people.bert))
    assert responsible(made, people.bert, act_as)[-1][0] == people.bert.membership_id
    with act_as(people.bert) as actor:
        end_deputyship(actor=actor, deputyship_id=deputy_of_bert.pk, now=moment)
    assert opened(people.alma, made) == READING  # as the giver, for fourteen days


def test_deputies_of_the_giver_stop_seeing(people, made, offer, answer, act_as, moment):
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=5),
            now=moment,
        )
    assert opened(people.bert, made) == READING
    answer("accept", people.cem, offer(people.cem))
    assert opened(people.bert, made) == NOTHING


def test_others_answer_nothing(people, made, offer, answer):
    handover = offer(people.cem)
    for member in (people.bert, people.frida, people.hanna, people.ede, people.gero):
        for verb in ("accept", "refuse", "look"):
            with pytest.raises((NotVisible, Refused)):
                answer(verb, member, handover)
    for member in (people.alma, people.jan):  # they see it; it is not theirs to take
        with pytest.raises(Refused):
            answer("accept", member, handover)
    with pytest.raises(Refused):
        answer("withdraw", people.cem, handover)
    with pytest.raises(NotVisible):
        answer("withdraw", people.uwe, handover)
    assert opened(people.bert, made) == NOTHING


# --- what cannot be ----------------------------------------------------------------------------------------------


def test_only_running_positions_that_lead_cases_receive(people, made, offer, owner_rights):
    for member, sentence in (
        (people.alma, "führt diesen Fall schon"),
        (people.jan, "führt keine Fälle"),
        (people.hanna, "führt keine Fälle"),
    ):
        with pytest.raises(Invalid, match=sentence) as raised:
            offer(member)
        assert raised.value.field == "receiver_id"
    owner_rights.end(people.cem)
    with pytest.raises(Invalid, match="besteht nicht"):
        offer(people.cem)


@pytest.fixture
def owner_rights(moment):
    class Rights:
        def end(self, member, days: int = 1):
            Membership.objects.filter(pk=member.membership_id).update(ends_on=day_of(moment) - timedelta(days=days))

    return Rights()


def test_a_position_that_ended_meanwhile_accepts_nothing(people, made, offer, answer, owner_rights, act_as):
    handover = offer(people.cem)
    owner_rights.end(people.cem)
    with pytest.raises(Invalid, match="besteht nicht"):
        answer("accept", people.uwe, handover)
    assert responsible(made, people.alma, act_as)[-1] == (people.alma.membership_id, date(2026, 3, 2), None)


def test_somebody_kept_out_for_bias_is_not_offered_the_case(people, made, offer, act_as, moment):
    with act_as(people.jan) as actor:
        block_person(actor=actor, dossier_id=made.dossier_id, user_id=people.cem.user_id, reason="Schwager", now=moment)
    with pytest.raises(Invalid, match="Befangenheit"):
        offer(people.cem)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"offered_on": date(2999, 1, 1)}, "offered_on"),
        ({"offered_on": date(2026, 3, 2)}, "offered_on"),
        ({"kind": HandoverKind.ALLOCATED}, "kind"),
        ({"kind": HandoverKind.TRANSFER}, "prison_id"),
    ],
)
def test_nonsense_is_said_and_leaves_nothing(changed, field, people, made, offer):
    with pytest.raises(Invalid) as raised:
        offer(people.cem, **changed)
    assert raised.value.field == field and opened(people.cem, made) == NOTHING


def test_one_offer_at_a_time(people, made, offer):
    offer(people.cem)
    with pytest.raises(Invalid, match="schon jemandem angeboten"):
        offer(people.bert)
    assert opened(people.bert, made) == NOTHING


@pytest.mark.parametrize(
    ("first", "sentence"),
    [("withdraw", "zurückgezogen"), ("refuse", "abgelehnt"), ("accept", "angenommen")],
)
def test_an_answered_offer_is_not_answered_again(first, sentence, people, made, offer, answer, act_as):
    handover = offer(people.cem)
    answer(first, people.alma if first == "withdraw" else people.cem, handover)
    before = responsible(made, people.alma, act_as)
    for verb in ("accept", "refuse"):
        with pytest.raises(Invalid, match=sentence):
            answer(verb, people.cem, handover)
    with pytest.raises((Refused, Conflict)):
        answer("withdraw", people.alma if first != "accept" else people.cem, handover)
    assert responsible(made, people.alma, act_as) == before


def test_after_the_term_nobody_accepts_even_before_the_night(people, made, offer, answer, moment):
    ago = moment - timedelta(days=13)
    handover = offer(people.cem, now=ago)
    late = moment + timedelta(days=12)
    with pytest.raises(Invalid, match="Frist"):
        answer("accept", people.cem, handover, now=late)


def test_an_ended_case_goes_nowhere(people, made, offer, answer, act_as, moment):
    handover = offer(people.cem)
    with act_as(people.alma) as actor:
        acts.close_case(
            actor=actor, case_id=made.case_id, closed_on=day_of(moment), reason="WITHDRAWN_BY_PARTICIPANT", now=moment
        )
    with pytest.raises(Invalid, match="beendet"):
        answer("accept", people.cem, handover)
    with pytest.raises(Refused, match="beendet"):
        offer(people.bert)


def test_handed_on_on_the_very_day_leaves_one_accountable_person(people, made, offer, answer, act_as, moment):
    answer("accept", people.bert, offer(people.bert))
    answer("accept", people.cem, offer(people.cem, by=people.bert))
    rows = responsible(made, people.cem, act_as)
    assert [row[0] for row in rows] == [people.alma.membership_id, people.cem.membership_id]
    assert rows[0][2] + timedelta(days=1) == rows[1][1] == day_of(moment)
    assert opened(people.bert, made) == opened(people.alma, made) == READING


def test_a_lead_offers_for_somebody_of_the_team(people, made, offer, answer, act_as, moment):
    handover = offer(people.cem, by=people.jan)
    with act_as(people.jan) as actor:
        row = Handover.objects.visible_to(actor).get(pk=handover)
        assert (row.giver_id, row.offered_by_id) == (people.alma.membership_id, people.jan.membership_id)
        assert row.answer_by == parameter("handover_acceptance", on=day_of(moment)).after(day_of(moment))
    with pytest.raises(NotVisible):
        offer(people.bert, by=people.uwe)
    with pytest.raises(Refused):
        offer(people.bert, by=people.hanna)


def test_after_the_release_the_other_house_becomes_responsible_in_law(people, offer, answer, act_as, moment):
    made = case_for(people.alma, state=State.AFTERCARE)
    answer("accept", people.cem, offer(people.cem, made=made))
    with act_as(people.cem) as actor:
        rows = Controller.objects.visible_to(actor).filter(case_id=made.case_id).order_by("period")
        assert [(row.kind, row.institution_id, last_day(row.period)) for row in rows] == [
            (ControllerKind.JUSTICE, people.alma.place_id, date(2026, 5, 3)),
            (ControllerKind.CARRIER, people.alma.institution_id, day_of(moment) - timedelta(days=1)),
            (ControllerKind.CARRIER, people.cem.institution_id, None),
        ]
        acts.close_case(  # what follows from the acts is derived anew and leaves the row of the new house
            actor=actor, case_id=made.case_id, closed_on=day_of(moment), reason="WITHDRAWN_BY_PARTICIPANT", now=moment
        )
        assert rows.all().last().institution_id == people.cem.institution_id


def test_a_referral_nobody_leads_is_taken_up_by_whoever_accepts(people, offer, answer, act_as, moment):
    with act_as(people.hanna) as actor:
        case = referrals.refer_person(
            actor=actor,
            person=referrals.Person(surname="Ysop", booking_number="9/26"),
            prison_id=people.hanna.institution_id,
            referred_on=day_of(moment),
            source="SOCIAL_SERVICE",
            now=moment,
        )
    with transaction.atomic():
        with act_as(people.jan) as actor:
            handover = handovers.offer_handover(
                actor=actor,
                case_id=case.pk,
                receiver_id=people.cem.membership_id,
                reason="wohnt in Köln",
                offered_on=day_of(moment),
                now=moment,
            ).pk
        answer("accept", people.cem, handover)
        with act_as(people.cem) as actor:
            done = CaseAct.objects.visible_to(actor).filter(case=case).order_by("pk").values_list("act", flat=True)
            assert list(done) == [Act.REFERRED, Act.TAKEN_UP]


# --- lists -------------------------------------------------------------------------------------------------------


def test_the_inbox_tells_what_the_narrow_look_gives(people, made, offer, answer, act_as, moment):
    handover = offer(people.cem, message="Bewerbung läuft")
    with act_as(people.cem) as actor:
        (line,) = inbox(actor, today=day_of(moment)).incoming
        assert (line.name, line.offer.message, line.label) == (
            "Beinwell, Robin",
            "Bewerbung läuft",
            "Entlassungsvorbereitung",
        )
        assert line.is_own and line.offer.giver == people.alma.name
    with act_as(people.uwe) as actor:
        found = inbox(actor, today=day_of(moment))
        assert found.incoming == [] and [(o.number, name) for o, name in found.unseen] == [
            (made.number, people.cem.name)
        ]
    with act_as(people.alma) as actor:
        (row,) = inbox(actor, today=day_of(moment)).outgoing
        assert (row.handover_id, row.state, row.receiver) == (handover, HandoverState.OFFERED, people.cem.name)
    with act_as(people.bert) as actor:
        assert inbox(actor, today=day_of(moment)) == type(inbox(actor, today=day_of(moment)))([], [], [])


def test_receivers_stand_by_place_and_the_named_place_is_first(people, moment):
    places = receiver_choices(day_of(moment), first=people.cem.place_id)
    assert places[0][1] == [(people.cem.membership_id, people.cem.name)]
    assert {pk for _, each in places for pk, _ in each} == {
        p.membership_id for p in (people.alma, people.bert, people.cem)
    }
