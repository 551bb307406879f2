"""Writes of cases: what they do, whom they refuse, what they cannot take; and what stays behind as history."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ina.access.models import Dossier
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, Refused
from ina.cases.enums import Act, ControllerKind, HypothesisKind, HypothesisStatus, State
from ina.cases.models import Assignment, CaseAct, Controller, Participant, Worklist
from ina.cases.models import ReleaseDateHypothesis as Hypothesis
from ina.cases.operations import acts, referrals, release_dates, talks
from ina.cases.operations import people as corrections
from ina.cases.queries import state_of
from tests.factories.cases import ADMITTED_ON, PLANNED_ON, at, case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def row_of(made) -> Worklist:
    return Worklist.objects.unscoped(because="a test compares").get(case_id=made.case_id)


# --- referral ----------------------------------------------------------------------------------------------------


def refer(actor, people, now, **changed):
    given = {"surname": "Ysop", "given_name": "Mika", "booking_number": "77/26"}
    arguments = {"prison_id": people.alma.place_id, "referred_on": day_of(now), "source": "SELF", "now": now}
    for name in list(changed):
        (arguments if name in arguments else given)[name] = changed.pop(name)
    return referrals.refer_person(actor=actor, person=referrals.Person(**given), **arguments)


def test_referring_opens_file_case_responsibility_and_law(people, act_as, now):
    with act_as(people.alma) as actor:
        case = refer(actor, people, now, born_on=date(1990, 1, 1), release_on=PLANNED_ON)
        assert (case.number, state_of(case)) == (1, State.SCREENING)
        assert Participant.objects.visible_to(actor).get(dossier=case.dossier).full_name == "Mika Ysop"
        assignment = Assignment.objects.visible_to(actor).get(case=case)
        assert (assignment.membership_id, assignment.period.lower) == (people.alma.membership_id, TODAY)
        controller = Controller.objects.visible_to(actor).get(case=case)
        assert (controller.kind, controller.institution_id) == (ControllerKind.JUSTICE, people.alma.place_id)
        row = Worklist.objects.visible_to(actor).get(case=case)
        assert (row.unit_id, row.responsible_id, row.team_id) == (
            people.alma.place_id,
            people.alma.membership_id,
            people.alma.team_id,
        )
        assert (row.name_key, row.planning_key, row.is_open) == ("ysop mika", PLANNED_ON, True)


def test_what_cannot_be_known_in_custody_is_not_mandatory(people, act_as, now):
    with act_as(people.alma) as actor:
        case = refer(actor, people, now, born_on=None, booking_number="")
        assert Worklist.objects.visible_to(actor).get(case=case).planning_key == date(9999, 12, 31)


def test_a_booking_number_stands_for_one_running_custody_even_behind_the_wall(people, act_as, now):
    with act_as(people.alma) as actor:
        refer(actor, people, now)
    with act_as(people.cem) as actor:
        with pytest.raises(Invalid) as raised:
            refer(actor, people, now, prison_id=people.alma.place_id)
        assert raised.value.field == "booking_number"
        refer(actor, people, now, prison_id=people.cem.place_id)


def test_a_referral_in_the_future_is_invalid(people, act_as, now):
    with act_as(people.alma) as actor, pytest.raises(Invalid) as raised:
        refer(actor, people, now, referred_on=TODAY + timedelta(days=1))
    assert raised.value.field == "referred_on"


def test_an_invalid_value_leaves_nothing_behind(people, act_as, now):
    with act_as(people.alma) as actor:
        before = Dossier.objects.visible_to(actor).count()
        with pytest.raises(Invalid) as raised:
            refer(actor, people, now, surname="Y" * 121)
        assert raised.value.field == "surname"
        assert Dossier.objects.visible_to(actor).count() == before


# --- release dates -----------------------------------------------------------------------------------------------


def state_date(actor, made, now, **changed):
    return release_dates.state_release_date(
        **{
            "actor": actor,
            "case_id": made.case_id,
            "on": date(2027, 1, 15),
            "kind": HypothesisKind.TWO_THIRDS,
            "status": HypothesisStatus.PLAUSIBLE,
            "source": "StVK",
            "asserted_on": TODAY,
            "now": now,
        }
        | changed
    )


@pytest.mark.parametrize("person", ["alma", "hanna"])
def test_an_earlier_date_moves_the_planning_date_and_a_dropped_one_moves_it_back(person, people, act_as, now):
    made = case_for(people.alma)
    with act_as(people[person]) as actor:
        claim = state_date(actor, made, now)
        assert row_of(made).planning_key == date(2027, 1, 15)
        dropped = {"case_id": made.case_id, "claim_id": claim.pk, "because": "abgelehnt"}
        release_dates.drop_release_date(actor=actor, now=now, **dropped)
        assert row_of(made).planning_key == PLANNED_ON
        assert Hypothesis.objects.visible_to(actor).filter(case_id=made.case_id).count() == 2
        with pytest.raises(Invalid, match="schon entfallen"):
            release_dates.drop_release_date(actor=actor, now=now, **dropped)


@pytest.mark.parametrize(
    ("field", "value"),
    [("on", TODAY - timedelta(days=1)), ("asserted_on", TODAY + timedelta(days=1)), ("source", "  ")],
)
def test_impossible_release_dates_are_invalid(field, value, people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid) as raised:
        state_date(actor, made, now, **{field: value})
    assert raised.value.field == field


def test_after_release_there_is_no_forecast_and_no_lead_may_state_one(people, act_as, now):
    made, inside = case_for(people.alma, state=State.AFTERCARE), case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        state_date(actor, made, now)
    with act_as(people.jan) as actor, pytest.raises(Refused):
        state_date(actor, inside, now)


# --- first talk, corrections -------------------------------------------------------------------------------------


def test_a_first_talk_counts_only_when_the_person_was_told_that_it_is_voluntary(people, act_as, now):
    made = case_for(people.alma, talk=False, state=State.SCREENING)
    arguments = dict(case_id=made.case_id, held_on=TODAY, informed=True, now=now)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as raised:
            talks.record_first_talk(actor=actor, told_voluntary=False, **arguments)
        assert raised.value.field == "told_voluntary"
        assert row_of(made).last_contact_on is None
        talks.record_first_talk(actor=actor, told_voluntary=True, **arguments)
        assert row_of(made).last_contact_on == TODAY


def test_an_earlier_contact_does_not_move_the_last_one_back(people, act_as, now):
    made = case_for(people.alma, talk=False)
    with act_as(people.alma) as actor:
        for day in (TODAY, TODAY - timedelta(days=9)):
            talks.record_first_talk(
                actor=actor, case_id=made.case_id, held_on=day, informed=True, told_voluntary=True, now=now
            )
        assert row_of(made).last_contact_on == TODAY


def test_a_corrected_name_is_sorted_as_germans_do_and_leaves_its_history(people, act_as, now, bare_sql):
    made = case_for(people.alma, surname="Muller")
    with act_as(people.alma) as actor:
        participant = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        corrections.correct_participant(
            actor=actor, participant_id=participant.pk, version=1, surname="Müller-Lüdenscheid", now=now
        )
        assert row_of(made).name_key == "mueller-luedenscheid robin"
        with pytest.raises(Conflict):
            corrections.correct_participant(actor=actor, participant_id=participant.pk, version=1, surname="X", now=now)
        with pytest.raises(TypeError):
            corrections.correct_participant(actor=actor, participant_id=participant.pk, dossier_id=1, now=now)
    with bare_sql(people.alma) as cursor:
        cursor.execute(
            "SELECT op, actor, old ->> 'surname' FROM audit_history WHERE table_name = 'cases_participant'"
            " AND dossier_id = %s",
            [made.dossier_id],
        )
        assert cursor.fetchall() == [("update", people.alma.actor.label, "Muller")]


# --- history, by whatever way a row is changed -------------------------------------------------------------------


def history(cursor, made, table):
    cursor.execute(
        "SELECT op, old ->> 'place' FROM audit_history WHERE table_name = %s AND dossier_id = %s ORDER BY id",
        [table, made.dossier_id],
    )
    return cursor.fetchall()


def test_raw_sql_and_bulk_updates_leave_history_and_unchanged_rows_none(people, bare_sql):
    made = case_for(people.alma)
    with bare_sql(people.alma) as cursor:
        talk = "cases_firsttalk"
        cursor.execute(f"UPDATE {talk} SET place = 'Büro' WHERE dossier_id = %s", [made.dossier_id])
        cursor.execute(f"UPDATE {talk} SET place = 'Büro' WHERE dossier_id = %s", [made.dossier_id])
        from ina.cases.models import FirstTalk

        FirstTalk.objects.unscoped(because="a bulk update").filter(dossier_id=made.dossier_id).update(place="Zelle")
        rows = list(FirstTalk.objects.unscoped(because="a bulk update").filter(dossier_id=made.dossier_id))
        for row in rows:
            row.place = "Hof"
        FirstTalk.objects.bulk_update(rows, ["place"])
        cursor.execute(f"DELETE FROM {talk} WHERE dossier_id = %s", [made.dossier_id])
        assert history(cursor, made, talk) == [
            ("update", ""),
            ("update", "Büro"),
            ("update", "Zelle"),
            ("delete", "Hof"),
        ]


def test_the_list_row_is_derived_and_keeps_no_history(people, bare_sql):
    made = case_for(people.alma)
    with bare_sql(people.alma) as cursor:
        assert history(cursor, made, "cases_worklist") == []


def test_two_people_can_never_be_accountable_at_once(people, bare_sql):
    made = case_for(people.alma)
    with bare_sql(people.alma) as cursor, pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        cursor.execute(
            "INSERT INTO cases_assignment (dossier_id, case_id, membership_id, period)"
            " VALUES (%s, %s, %s, '[2026-05-01,2026-06-01)')",
            [made.dossier_id, made.case_id, people.bert.membership_id],
        )


def test_acts_are_dated_rows_with_day_of_event_and_moment_of_entry(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        acts.decline(actor=actor, case_id=made.case_id, happened_on=date(2026, 11, 2), now=now)
        act = CaseAct.objects.visible_to(actor).get(case_id=made.case_id, act=Act.DECLINED)
        assert (act.happened_on, act.recorded_at, act.recorded_by_id) == (
            date(2026, 11, 2), now, people.alma.membership_id,
        )  # fmt: skip
        assert at(ADMITTED_ON).tzinfo is not None
