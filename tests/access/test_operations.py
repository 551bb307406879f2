"""Consents, deputies, emergencies, conflicts of interest, leaving: what they open, what they close, who may."""

from datetime import date, timedelta

import pytest
from django.db import connection

from ina.access.enums import Basis, Channel, ConsentPurpose
from ina.access.enums import Compartment as C
from ina.access.models import Block, Consent, Dossier, EmergencyAccess, Grant
from ina.access.operations import grants
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.access.operations.deputies import appoint_deputy, end_deputyship
from ina.access.operations.dossiers import block_person, lift_block
from ina.access.operations.emergencies import open_emergency_access, review_emergency_access
from ina.access.operations.offboarding import off_board_person
from ina.access.queries import get_dossier, list_access, list_unreviewed_emergencies, running_purposes
from ina.accounts.models import Deputyship, User
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
REASON = "Anruf: die Person droht, sich etwas anzutun."


@pytest.fixture
def made(people):
    return case_for(people.alma)


def sees(member, made) -> bool:
    """In the ORM and in bare SQL, which must agree."""
    from ina.access.context import acting_as

    actor = member.actor
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_dossier WHERE id = %s", [made.dossier_id])
        by_wall = cursor.fetchone()[0] == 1
        assert Dossier.objects.visible_to(actor).filter(pk=made.dossier_id).exists() is by_wall
    return by_wall


# --- the first row -----------------------------------------------------------------------------------------------


def test_a_dossier_can_be_opened_by_a_clock_later_than_the_transaction(people, act_as, moment):
    """The wall asks for the beginning of the transaction, a view reads its clock later (found here, in 2026)."""
    from ina.access.operations.dossiers import open_dossiers

    with act_as(people.alma) as actor:
        (dossier,) = open_dossiers(
            1,
            holders={people.alma.own_holder: Basis.ASSIGNMENT},
            deputies_of=None,
            now=moment + timedelta(seconds=20),
            is_demo=True,
        )
        assert get_dossier(actor, dossier.number).pk == dossier.pk


def test_the_number_has_the_year_and_at_least_five_digits(people, act_as, now):
    made = case_for(people.alma)
    assert made.number.startswith("2026-") and len(made.number) >= 10


def test_a_grant_for_tomorrow_opens_nothing_today(people, made, act_as, moment):
    with act_as(people.alma):
        grants.give(
            dossier_id=made.dossier_id,
            holder_id=people.bert.own_holder,
            basis=Basis.HANDOVER,
            compartments=C.CASE,
            starts=moment + timedelta(days=1),
        )
    assert not sees(people.bert, made)


# --- consents ----------------------------------------------------------------------------------------------------


def consent_of(actor, made, purpose=ConsentPurpose.DATA_USE) -> Consent:
    return Consent.objects.visible_to(actor).get(dossier_id=made.dossier_id, purpose=purpose, withdrawn_on=None)


def test_a_withdrawal_closes_the_grants_that_rest_on_it_and_keeps_the_evidence(people, made, act_as, moment):
    with act_as(people.alma) as actor:
        consent = consent_of(actor, made)
        chamber = people.frida.actor.holders[-1]
        grants.give(
            dossier_id=made.dossier_id,
            holder_id=chamber,
            basis=Basis.CONSENT,
            basis_id=consent.pk,
            compartments=C.CASE | C.VOCATIONAL,
            starts=moment - timedelta(hours=1),
        )
    assert sees(people.frida, made)
    with act_as(people.alma) as actor:
        withdraw_consent(
            actor=actor,
            consent_id=consent.pk,
            version=1,
            withdrawn_on=day_of(moment),
            channel=Channel.PHONE,
            now=moment - timedelta(seconds=1),
        )
        row = Consent.objects.visible_to(actor).get(pk=consent.pk)
        assert (row.withdrawn_on, row.withdrawn_by_channel, row.version) == (day_of(moment), "PHONE", 2)
        assert running_purposes(actor, made.dossier_id, day_of(moment)) == {"PARTICIPATION"}
    assert not sees(people.frida, made)
    assert sees(people.alma, made)


def test_a_withdrawal_before_the_consent_or_in_the_future_is_invalid(people, made, act_as, now):
    with act_as(people.alma) as actor:
        consent = consent_of(actor, made)
        for day in (consent.given_on - timedelta(days=1), day_of(now) + timedelta(days=1)):
            with pytest.raises(Invalid) as raised:
                withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=day, channel=Channel.PAPER, now=now)
            assert raised.value.field == "withdrawn_on"


def test_a_withdrawal_of_an_older_version_is_a_conflict(people, made, act_as, now):
    with act_as(people.alma) as actor, pytest.raises(Conflict):
        withdraw_consent(
            actor=actor,
            consent_id=consent_of(actor, made).pk,
            version=7,
            withdrawn_on=day_of(now),
            channel=Channel.PAPER,
            now=now,
        )


def test_a_consent_cannot_be_withdrawn_twice_nor_given_twice(people, made, act_as, now):
    with act_as(people.alma) as actor:
        consent = consent_of(actor, made)
        with pytest.raises(Invalid, match="liegt schon vor"):
            record_consent(
                actor=actor,
                dossier_id=made.dossier_id,
                purpose=ConsentPurpose.DATA_USE,
                given_on=day_of(now),
                text_version="1",
                on_paper=True,
                now=now,
            )
        arguments = dict(consent_id=consent.pk, withdrawn_on=day_of(now), channel=Channel.PAPER, now=now)
        withdraw_consent(actor=actor, **arguments)
        with pytest.raises(Refused, match="schon widerrufen"):
            withdraw_consent(actor=actor, **arguments)


@pytest.mark.parametrize("person", ["bert", "cem", "gero", "vera"])
def test_a_consent_of_a_hidden_file_cannot_be_withdrawn(person, people, made, act_as, now):
    with act_as(people.alma) as actor:
        consent = consent_of(actor, made)
    with act_as(people[person]) as actor, pytest.raises(NotVisible):
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=day_of(now), channel=Channel.PAPER, now=now)


# --- deputies ----------------------------------------------------------------------------------------------------


def deputise(people, act_as, moment, by="alma", days=7):
    with act_as(people[by]) as actor:
        return appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=days),
            reason="Urlaub",
            now=moment,
        )


def test_a_deputy_sees_what_the_principal_leads_without_health_and_confidential_notes(people, made, act_as, moment):
    assert not sees(people.bert, made)
    deputise(people, act_as, moment)
    assert sees(people.bert, made)
    with act_as(people.bert) as actor:
        (grant,) = Grant.objects.filter(dossier_id=made.dossier_id, holder_id=people.bert.own_holder)
        opened = C(grant.compartments)
        assert opened & C.IDENTITY and opened & C.PLAN
        assert not opened & (C.HEALTH | C.CONFIDENTIAL | C.BENEFITS)
        assert day_of(grant.valid.upper) == day_of(moment) + timedelta(days=8)
        lines = {line.name: line for line in list_access(actor, made.dossier_id, moment)}
        assert lines[people.bert.name].basis == "vertritt" and lines[people.bert.name].running


def test_a_case_that_comes_during_the_deputyship_is_opened_too(people, act_as, moment):
    deputise(people, act_as, moment)
    assert sees(people.bert, case_for(people.alma, state=State.SCREENING))


def test_a_deputy_cannot_pass_on_what_he_deputises_for(people, made, act_as, moment):
    deputise(people, act_as, moment)
    with act_as(people.bert) as actor, pytest.raises(Refused):
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=90),
            now=moment,
        )


def test_an_early_end_closes_the_grants(people, made, act_as, moment):
    deputyship = deputise(people, act_as, moment - timedelta(hours=1))
    assert sees(people.bert, made)
    with act_as(people.alma) as actor:
        end_deputyship(actor=actor, deputyship_id=deputyship.pk, now=moment)
    assert not sees(people.bert, made)
    assert sees(people.alma, made)


@pytest.mark.parametrize("by", ["jan", "lea"])
def test_whoever_leads_appoints_the_same_day_without_seeing_more_than_before(by, people, made, act_as, moment):
    before = sees(people[by], made)
    deputyship = deputise(people, act_as, moment, by=by)
    assert deputyship.emergency is True
    assert sees(people.bert, made)
    assert sees(people[by], made) is before is (by == "jan")


@pytest.mark.parametrize("by", ["bert", "cem", "gero", "hanna", "uwe", "tina"])
def test_nobody_else_appoints_a_deputy(by, people, made, act_as, moment):
    with pytest.raises(Refused):
        deputise(people, act_as, moment, by=by)
    assert not sees(people.bert, made)


@pytest.mark.parametrize(
    ("deputy", "starts", "ends", "field"),
    [
        ("bert", 5, 3, "ends_on"),
        ("bert", -9, -3, "ends_on"),
        ("cem", 0, 3, "deputy"),
        ("jan", 0, 3, "deputy"),
        ("alma", 0, 3, "deputy"),
    ],
)
def test_impossible_deputies_are_invalid(deputy, starts, ends, field, people, act_as, moment):
    today = day_of(moment)
    with act_as(people.alma) as actor, pytest.raises(Invalid) as raised:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people[deputy].membership_id,
            starts_on=today + timedelta(days=starts),
            ends_on=today + timedelta(days=ends),
            now=moment,
        )
    assert raised.value.field == field


def test_a_deputyship_of_next_week_opens_nothing_today(people, made, act_as, moment):
    today = day_of(moment)
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=today + timedelta(days=7),
            ends_on=today + timedelta(days=9),
            now=moment,
        )
    assert not sees(people.bert, made)
    with act_as(people.bert):
        assert Grant.objects.filter(dossier_id=made.dossier_id, holder_id=people.bert.own_holder).exists()


# --- emergencies -------------------------------------------------------------------------------------------------


def open_emergency(actor, made, moment, **changed):
    return open_emergency_access(
        **{"actor": actor, "number": made.number, "reason": REASON, "hours": 24, "now": moment} | changed
    )


def test_an_emergency_opens_the_file_for_a_day_narrower_and_on_record(people, made, act_as, moment, trail):
    assert not sees(people.cem, made)
    with act_as(people.cem) as actor:
        assert open_emergency(actor, made, moment) == made.dossier_id
        (grant,) = Grant.objects.filter(dossier_id=made.dossier_id)
        assert grant.valid.upper - grant.valid.lower == timedelta(hours=24)
        assert not C(grant.compartments) & (C.CONFIDENTIAL | C.HEALTH | C.JOB | C.ESF | C.VOCATIONAL)
    assert sees(people.cem, made)
    (line,) = trail("access.open_emergency_access")
    assert (line.user_id, line.details["dossier"]) == (people.cem.user_id, made.dossier_id)


def test_an_emergency_ends_by_itself(people, made, act_as, moment):
    with act_as(people.cem) as actor:
        open_emergency(actor, made, moment - timedelta(hours=24, seconds=1))
    assert not sees(people.cem, made)


def test_the_team_lead_of_the_file_reviews_it_once(people, made, act_as, moment):
    with act_as(people.cem) as actor:
        open_emergency(actor, made, moment)
    with act_as(people.jan) as actor:
        (emergency,) = list_unreviewed_emergencies(actor)
        arguments = dict(emergencyaccess_id=emergency.pk, review_note="war nötig", now=moment)
        review_emergency_access(actor=actor, **arguments)
        row = EmergencyAccess.objects.visible_to(actor).get(pk=emergency.pk)
        assert (row.reviewed_by_id, row.review_note) == (people.jan.membership_id, "war nötig")
        assert list_unreviewed_emergencies(actor) == []
        with pytest.raises(Refused, match="schon geprüft"):
            review_emergency_access(actor=actor, **arguments)


def test_nobody_reviews_their_own_emergency_and_no_stranger_any(people, made, act_as, moment):
    with act_as(people.uwe) as actor:
        open_emergency(actor, made, moment)
        emergency = EmergencyAccess.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        with pytest.raises(Refused, match="jemand anderes"):
            review_emergency_access(actor=actor, emergencyaccess_id=emergency.pk, review_note="", now=moment)
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        review_emergency_access(actor=actor, emergencyaccess_id=emergency.pk, review_note="", now=moment)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        review_emergency_access(actor=actor, emergencyaccess_id=emergency.pk, review_note="", now=moment)


@pytest.mark.parametrize("person", ["gero", "lea", "karl", "hanna", "frida", "ede", "dora"])
def test_administrators_and_outsiders_have_no_emergencies(person, people, made, act_as, moment):
    with act_as(people[person]) as actor, pytest.raises(Refused):
        open_emergency(actor, made, moment)
    assert sees(people[person], made) is (person == "hanna")


def test_an_emergency_needs_a_sentence_and_a_number_that_exists(people, made, act_as, moment):
    with act_as(people.cem) as actor:
        with pytest.raises(Invalid) as raised:
            open_emergency(actor, made, moment, reason="dringend" + " " * 40)
        assert raised.value.field == "reason"
        with pytest.raises(Invalid) as raised:
            open_emergency(actor, made, moment, number="2026-99999")
        assert raised.value.field == "number"


# --- conflicts of interest ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("blocked", ["alma", "hanna", "bert"])
def test_a_block_beats_every_grant(blocked, people, made, act_as, moment):
    deputise(people, act_as, moment - timedelta(minutes=1))
    assert sees(people[blocked], made)
    with act_as(people.jan) as actor:
        block_person(
            actor=actor, dossier_id=made.dossier_id, user_id=people[blocked].user_id, reason="Schwager", now=moment
        )
    with act_as(people[blocked]) as actor, connection.cursor() as cursor:
        for table in ("access_dossier", "access_consent", "cases_case", "cases_participant", "cases_worklist"):
            column = "id" if table == "access_dossier" else "dossier_id"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [made.dossier_id])
            assert cursor.fetchone()[0] == 0, table
        with pytest.raises(NotVisible):
            get_dossier(actor, made.number)


def test_somebody_blocked_opens_no_emergency(people, made, act_as, moment):
    with act_as(people.jan) as actor:
        block_person(actor=actor, dossier_id=made.dossier_id, user_id=people.cem.user_id, reason="Bruder", now=moment)
    with act_as(people.cem) as actor, pytest.raises(Invalid) as raised:
        open_emergency(actor, made, moment)
    assert "gibt es nicht" in raised.value.message


def test_a_lifted_block_opens_again_what_was_granted(people, made, act_as, moment):
    with act_as(people.jan) as actor:
        block = block_person(
            actor=actor, dossier_id=made.dossier_id, user_id=people.alma.user_id, reason="Irrtum", now=moment
        )
    assert not Block.objects.visible_to(people.alma.actor).exists()
    with act_as(people.jan) as actor:
        lift_block(actor=actor, block_id=block.pk, now=moment)
    assert sees(people.alma, made)


def test_a_block_is_set_for_somebody_else_by_those_who_work_on_the_file(people, made, act_as, now):
    with act_as(people.alma) as actor, pytest.raises(Invalid):
        block_person(actor=actor, dossier_id=made.dossier_id, user_id=people.alma.user_id, reason="ich", now=now)
    with act_as(people.hanna) as actor, pytest.raises(Refused):
        block_person(actor=actor, dossier_id=made.dossier_id, user_id=people.alma.user_id, reason="x", now=now)
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        block_person(actor=actor, dossier_id=made.dossier_id, user_id=people.alma.user_id, reason="x", now=now)


# --- leaving -----------------------------------------------------------------------------------------------------


def test_whoever_leaves_is_covered_the_same_day(people, made, act_as, moment):
    with act_as(people.lea) as actor:
        off_board_person(
            actor=actor,
            now=moment,
            user_id=people.alma.user_id,
            deputies={people.alma.membership_id: people.bert.membership_id},
            until=day_of(moment) + timedelta(days=30),
        )
    assert not User.objects.get(pk=people.alma.user_id).is_active
    assert sees(people.bert, made)
    assert Deputyship.objects.get(principal_id=people.alma.membership_id).emergency is True


def test_whoever_leaves_ends_as_a_deputy_too(people, made, act_as, moment):
    deputise(people, act_as, moment - timedelta(hours=1))
    with act_as(people.lea) as actor:
        off_board_person(actor=actor, now=moment, user_id=people.bert.user_id, deputies={})
    assert not sees(people.bert, made)


def test_what_an_operation_leaves_in_the_trail_has_ids_only(people, made, act_as, now, trail):
    lines = trail()
    assert {line.action for line in lines} == {
        "cases.refer_person",
        "cases.state_release_date",
        "cases.record_first_talk",
        "cases.give_information",
        "cases.admit",
    }
    assert all(line.user_id == people.alma.user_id and line.dossier_id == made.dossier_id for line in lines)
    assert not any("Robin" in str(line.details) for line in lines)
    assert lines[0].at.date() == date(2026, 3, 2)
