"""Writes of cases: what they do, whom they refuse, what they cannot take; and what stays behind as history."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ina.access.models import Dossier
from ina.access.queries import running_purposes
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import Act, ControllerKind, HypothesisKind, HypothesisStatus, Residence, RowState, State
from ina.cases.models import Assignment, Case, CaseAct, Controller, CustodyPeriod, Participant, PrisonListRow, Worklist
from ina.cases.models import ReleaseDateHypothesis as Hypothesis
from ina.cases.operations import acts, referrals, release_dates, talks
from ina.cases.operations import people as corrections
from ina.cases.queries import state_of
from tests.factories.cases import ADMITTED_ON, CLOSED_ON, PATHS, PLANNED_ON, RELEASED_ON, at, case_for, case_of

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
        assert (case.number, state_of(case)) == (1, State.REFERRED)
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


# --- the acts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", PATHS)
def test_every_state_can_be_reached_and_its_list_row_agrees(state, people, act_as):
    made = case_for(people.alma, state=state)
    with act_as(people.alma):
        assert state_of(case_of(made)) is state
        row = row_of(made)
        assert row.state == state
        assert row.is_open is (state not in {State.CLOSED, State.DECLINED, State.REJECTED})
        released = state in {State.AFTERCARE, State.PAUSED, State.CLOSED}
        assert row.planning_key == (RELEASED_ON if released else PLANNED_ON)
        assert row.last_contact_on is not None


ACTS = {
    Act.WAITLISTED: lambda actor, case_id, now: acts.waitlist(
        actor=actor, case_id=case_id, happened_on=TODAY, reason="zu früh", resubmit_on=date(2027, 1, 4), now=now
    ),
    Act.ADMITTED: lambda actor, case_id, now: acts.admit(
        actor=actor,
        case_id=case_id,
        admitted_on=TODAY,
        participation_on=TODAY,
        data_use_on=TODAY,
        text_version="1",
        now=now,
    ),
    Act.DECLINED: lambda actor, case_id, now: acts.decline(actor=actor, case_id=case_id, happened_on=TODAY, now=now),
    Act.REJECTED: lambda actor, case_id, now: acts.reject(
        actor=actor, case_id=case_id, happened_on=TODAY, reason="kein Platz", now=now
    ),
    Act.RELEASE_CONFIRMED: lambda actor, case_id, now: acts.confirm_release(
        actor=actor, case_id=case_id, released_on=TODAY, now=now
    ),
    Act.PAUSED: lambda actor, case_id, now: acts.pause(
        actor=actor, case_id=case_id, happened_on=TODAY, reason="Klinik", until=date(2026, 12, 23), now=now
    ),
    Act.RESUMED: lambda actor, case_id, now: acts.resume(actor=actor, case_id=case_id, happened_on=TODAY, now=now),
    Act.CLOSED: lambda actor, case_id, now: acts.close_case(
        actor=actor, case_id=case_id, closed_on=TODAY, reason="LOST_CONTACT", now=now
    ),
}


@pytest.mark.parametrize("state", PATHS)
def test_each_act_works_or_is_refused_as_the_table_says(state, people, act_as, now):
    from ina.cases.lifecycle import BY_ACT, may_follow

    made = case_for(people.alma, state=state)
    for act, perform in ACTS.items():
        with act_as(people.alma) as actor:
            if may_follow(state, act):
                with transaction.atomic():
                    perform(actor, made.case_id, now)
                    assert row_of(made).state == BY_ACT[act].target
                    assert case_of(made).version > 1
                    transaction.set_rollback(True)
            else:
                with pytest.raises(Refused, match="im jetzigen Stand nicht möglich"):
                    perform(actor, made.case_id, now)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("person", "error"), [("jan", Refused), ("hanna", Refused), ("bert", NotVisible)])
def test_the_case_manager_alone_acts(person, error, act, people, act_as, now):
    made = case_for(people.alma, state=State.REFERRED, talk=False, planned_on=None)
    with act_as(people[person]) as actor, pytest.raises(error):
        ACTS[act](actor, made.case_id, now)


@pytest.mark.parametrize("person", ["cem", "gero", "karl", "dora"])
def test_a_hidden_case_and_an_absent_one_look_the_same(person, people, act_as, now):
    made = case_for(people.alma, state=State.REFERRED)
    for case_id in (made.case_id, 987654321):
        with act_as(people[person]) as actor, pytest.raises(NotVisible) as raised:
            ACTS[Act.DECLINED](actor, case_id, now)
        assert raised.value.message == ""


def test_somebody_was_faster(people, act_as, now):
    made = case_for(people.alma, state=State.REFERRED)
    with act_as(people.alma) as actor:
        version = case_of(made).version
        acts.waitlist(
            actor=actor, case_id=made.case_id, version=version, happened_on=TODAY, reason="x",
            resubmit_on=date(2027, 1, 4), now=now,
        )  # fmt: skip
        with pytest.raises(Conflict):
            acts.decline(actor=actor, case_id=made.case_id, version=version, happened_on=TODAY, now=now)
        assert state_of(case_of(made)) is State.WAITING


def test_admission_needs_both_consents_and_records_them(people, act_as, now):
    made = case_for(people.alma, state=State.REFERRED)
    with act_as(people.alma) as actor:
        for missing in ("participation_on", "data_use_on"):
            given = {"participation_on": TODAY, "data_use_on": TODAY} | {missing: None}
            with pytest.raises(Invalid) as raised:
                acts.admit(actor=actor, case_id=made.case_id, admitted_on=TODAY, text_version="1", now=now, **given)
            assert raised.value.field == missing
            assert running_purposes(actor, made.dossier_id, TODAY) == set()
        ACTS[Act.ADMITTED](actor, made.case_id, now)
        assert running_purposes(actor, made.dossier_id, TODAY) == {"PARTICIPATION", "DATA_USE"}


def test_an_act_lies_neither_in_the_future_nor_before_the_last(people, act_as, now):
    made = case_for(people.alma, state=State.ADMITTED)
    with act_as(people.alma) as actor:
        for day in (TODAY + timedelta(days=1), ADMITTED_ON - timedelta(days=1)):
            with pytest.raises(Invalid) as raised:
                acts.confirm_release(actor=actor, case_id=made.case_id, released_on=day, now=now)
            assert raised.value.field == "released_on"


def test_release_changes_law_custody_and_who_reads(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.hanna) as actor:
        assert Case.objects.visible_to(actor).filter(pk=made.case_id).exists()
    with act_as(people.alma) as actor:
        acts.confirm_release(
            actor=actor, case_id=made.case_id, released_on=TODAY, residence_postcode="40210",
            residence_town="Düsseldorf", now=now,
        )  # fmt: skip
        controllers = Controller.objects.visible_to(actor).filter(case_id=made.case_id).order_by("period__startswith")
        assert [row.kind for row in controllers] == [ControllerKind.JUSTICE, ControllerKind.CARRIER]
        assert controllers[0].period.upper == controllers[1].period.lower == TODAY
        assert CustodyPeriod.objects.visible_to(actor).get(case_id=made.case_id).ends_on == TODAY
        participant = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        assert (participant.residence_state, participant.residence_town) == (Residence.CONFIRMED, "Düsseldorf")
    with act_as(people.hanna) as actor:
        assert not Case.objects.visible_to(actor).filter(pk=made.case_id).exists()
    with act_as(people.jan) as actor:
        assert Case.objects.visible_to(actor).filter(pk=made.case_id).exists()


def test_a_regular_end_needs_release_and_six_months(people, act_as, now):
    inside, released = case_for(people.alma), case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match="erst nach der Entlassung"):
            acts.close_case(actor=actor, case_id=inside.case_id, closed_on=TODAY, reason="REGULAR_6M_IN_WORK", now=now)
        with pytest.raises(Invalid) as raised:
            acts.close_case(
                actor=actor, case_id=released.case_id, closed_on=date(2026, 11, 3), reason="REGULAR_6M_IN_WORK", now=now
            )
        assert raised.value.field == "closed_on" and "04.11.2026" in raised.value.message
        acts.close_case(
            actor=actor, case_id=released.case_id, closed_on=date(2026, 11, 4), reason="REGULAR_6M_IN_WORK", now=now
        )
        with pytest.raises(Invalid) as raised:
            acts.close_case(actor=actor, case_id=inside.case_id, closed_on=TODAY, reason="NO_SUCH", now=now)
        assert raised.value.field == "reason"


def test_an_ended_case_has_an_ended_responsibility_and_takes_nothing_new(people, act_as, now):
    made = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor:
        assignment = Assignment.objects.visible_to(actor).get(case_id=made.case_id)
        assert assignment.period.upper == CLOSED_ON + timedelta(days=1)
        with pytest.raises(Refused, match="beendet"):
            talks.record_first_talk(
                actor=actor, case_id=made.case_id, held_on=TODAY, informed=True, told_voluntary=True, now=now
            )


def test_a_pause_has_a_limit(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        for until in (TODAY, date(2027, 2, 24)):
            with pytest.raises(Invalid) as raised:
                acts.pause(actor=actor, case_id=made.case_id, happened_on=TODAY, reason="x", until=until, now=now)
            assert raised.value.field == "until"
        acts.pause(actor=actor, case_id=made.case_id, happened_on=TODAY, reason="x", until=date(2027, 2, 23), now=now)


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
        release_dates.drop_release_date(actor=actor, releasedatehypothesis_id=claim.pk, now=now)
        assert row_of(made).planning_key == PLANNED_ON
        assert Hypothesis.objects.visible_to(actor).filter(case_id=made.case_id).count() == 2
        with pytest.raises(Refused, match="schon entfallen"):
            release_dates.drop_release_date(actor=actor, releasedatehypothesis_id=claim.pk, now=now)


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
    made = case_for(people.alma, talk=False)
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


# --- prison lists ------------------------------------------------------------------------------------------------


def stage(actor, people, now, *numbers):
    return referrals.stage_prison_list(
        actor=actor,
        prison_id=people.alma.place_id,
        file_name="liste.csv",
        people=[
            (row, referrals.Person(surname=f"Raute-{row}", given_name="Toni", booking_number=number))
            for row, number in enumerate(numbers, 2)
        ],
        counts={},
        now=now,
    )


def states(actor, prison_list):
    rows = PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list).order_by("row")
    return [row.state for row in rows]


def test_a_list_knows_who_is_new_known_and_doubled(people, act_as, now):
    case_for(people.cem, prison_id=people.alma.place_id, booking_number="B1")
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, "B1", "B2", "B2", "B3")
        assert states(actor, prison_list) == [RowState.KNOWN, RowState.NEW, RowState.DUPLICATE, RowState.NEW]
        cases = referrals.refer_from_list(
            actor=actor, prisonlistimport_id=prison_list.pk, rows=[2, 3, 4], referred_on=TODAY, now=now
        )
        assert len(cases) == 1
        assert states(actor, prison_list)[1] == RowState.REFERRED
        with pytest.raises(Invalid) as raised:
            referrals.refer_from_list(
                actor=actor, prisonlistimport_id=prison_list.pk, rows=[3], referred_on=TODAY, now=now
            )
        assert raised.value.field == "rows"


def test_two_rows_without_number_are_two_people(people, act_as, now):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, "", "")
        assert states(actor, prison_list) == [RowState.NEW, RowState.NEW]


def test_a_person_referred_meanwhile_is_left_out(people, act_as, now):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, "B5", "B6")
    case_for(people.cem, prison_id=people.alma.place_id, booking_number="B5")
    with act_as(people.alma) as actor:
        cases = referrals.refer_from_list(
            actor=actor, prisonlistimport_id=prison_list.pk, rows=[2, 3], referred_on=TODAY, now=now
        )
        assert len(cases) == 1
        assert states(actor, prison_list) == [RowState.KNOWN, RowState.REFERRED]


def test_a_discarded_list_forgets_its_people_and_belongs_to_its_uploader(people, act_as, now):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, "B7")
    with act_as(people.bert) as actor, pytest.raises(NotVisible):
        referrals.discard_prison_list(actor=actor, prisonlistimport_id=prison_list.pk, now=now)
    with act_as(people.alma) as actor:
        referrals.discard_prison_list(actor=actor, prisonlistimport_id=prison_list.pk, now=now)
        assert states(actor, prison_list) == []
        with pytest.raises(Refused, match="abgeschlossen"):
            referrals.discard_prison_list(actor=actor, prisonlistimport_id=prison_list.pk, now=now)


def test_two_people_can_never_be_accountable_at_once(people, bare_sql):
    made = case_for(people.alma)
    with bare_sql(people.alma) as cursor, pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        cursor.execute(
            "INSERT INTO cases_assignment (dossier_id, case_id, membership_id, period)"
            " VALUES (%s, %s, %s, '[2026-05-01,2026-06-01)')",
            [made.dossier_id, made.case_id, people.bert.membership_id],
        )


def test_acts_are_dated_rows_with_day_of_event_and_moment_of_entry(people, act_as, now):
    made = case_for(people.alma, state=State.REFERRED)
    with act_as(people.alma) as actor:
        acts.decline(actor=actor, case_id=made.case_id, happened_on=date(2026, 11, 2), now=now)
        act = CaseAct.objects.visible_to(actor).get(case_id=made.case_id, act=Act.DECLINED)
        assert (act.happened_on, act.recorded_at, act.recorded_by_id) == (
            date(2026, 11, 2), now, people.alma.membership_id,
        )  # fmt: skip
        assert at(ADMITTED_ON).tzinfo is not None
