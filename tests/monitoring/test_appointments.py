"""Appointments: agreed, moved, cancelled, kept; what the course of the case does with them; who sees whose."""

from datetime import date, time, timedelta

import pytest

from ina.access.operations.deputies import appoint_deputy
from ina.access.operations.dossiers import block_person
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind
from ina.cases.enums import EventKind, State
from ina.cases.models import CaseAct, Participant, Worklist
from ina.cases.operations import acts, allocations, deaths, events, handovers
from ina.cases.operations.transfers import record_transfer
from ina.monitoring import operations, queries
from ina.monitoring.enums import AppointmentState, ContactOutcome
from ina.monitoring.models import Appointment, Contact
from tests.factories.cases import RELEASED_ON, case_for, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FIRST_TALK = date(2026, 3, 5)
THURSDAY = date(2026, 11, 26)
WHY = "a test looks at what it made"


@pytest.fixture
def made(people):
    return case_for(people.alma, surname="Beinwell")


def agree(actor, made, now, on=THURSDAY, title="Bewerbung", **more):
    return operations.agree_appointment(actor=actor, case_id=made.case_id, on=on, title=title, now=now, **more)


def move(actor, row, now, on=THURSDAY, title="Bewerbung", **more):
    return operations.move_appointment(actor=actor, appointment_id=row.pk, on=on, title=title, now=now, **more)


def keep(actor, row, now, outcome=ContactOutcome.MET, **more):
    return operations.keep_appointment(
        actor=actor, appointment_id=row.pk, kind="TALK", outcome=outcome, now=now, **more
    )


def cancel(actor, row, now, because="Jobcenter hat geschlossen"):
    operations.cancel_appointment(actor=actor, appointment_id=row.pk, because=because, now=now)


def reopen(actor, row, now):
    operations.reopen_appointment(actor=actor, appointment_id=row.pk, now=now)


def fresh(row):
    return Appointment.objects.unscoped(because=WHY).select_related("contact").get(pk=row.pk)


def states(made):
    rows = Appointment.objects.unscoped(because=WHY).filter(case_id=made.case_id).order_by("number")
    return [(row.state, row.halt) for row in rows]


def deputise(people, act_as, moment, days=7):
    with act_as(people.alma) as actor:
        return appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=days),
            now=moment,
        )


# --- agreed, moved, cancelled -------------------------------------------------------------------------------------


def test_an_appointment_is_agreed_and_leaves_no_words_in_the_trail(people, made, act_as, now, trail):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, at=time(9, 30), minutes=45, place=" Jobcenter ", others="Frau Rose", outside=True)
        row = fresh(row)
        assert (row.number, row.place, row.membership_id) == (1, "Jobcenter", people.alma.membership_id)
        assert (row.state, row.agreed_at, row.outside) == ("PLANNED", now, True)
        assert agree(actor, made, now).number == 2
    assert "Jobcenter" not in str(trail("monitoring.agree_appointment"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": date(2026, 10, 25)}, "on"),
        ({"on": date(2028, 11, 24)}, "on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"keeper_id": 999_999_999}, "keeper_id"),
    ],
)
def test_what_cannot_be_agreed(people, made, act_as, now, given, field):
    with act_as(people.alma) as actor, pytest.raises(Invalid) as refused:
        agree(actor, made, now, **given)
    assert refused.value.field == field


@pytest.mark.parametrize("on", [date(2026, 10, 26), date(2028, 11, 23)])
def test_late_entry_and_far_planning_have_their_bounds(people, made, act_as, now, on):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, on=on)
    assert (row.on, day_of(row.recorded_at)) == (on, TODAY)


@pytest.mark.parametrize("state", [State.CLOSED, State.DECLINED])
def test_nothing_is_agreed_after_the_end(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        agree(actor, made, now)


def test_moving_keeps_the_version_before(people, made, act_as, now):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, place="JVA")
        move(actor, row, now, on=THURSDAY + timedelta(days=1), place="Büro", version=1)
        row = fresh(row)
        assert (row.on, row.place, row.version) == (date(2026, 11, 27), "Büro", 2)
        with pytest.raises(Conflict):
            move(actor, row, now, version=1)
        with pytest.raises(Invalid):
            move(actor, row, now, on=date(2026, 1, 5))


def test_what_was_planned_long_ago_can_be_changed_but_not_moved_further_back(people, made, act_as, now):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now)
        Appointment.objects.unscoped(because=WHY).filter(pk=row.pk).update(on=date(2026, 9, 1))
        move(actor, row, now, on=date(2026, 9, 1), place="JVA")
        assert fresh(row).place == "JVA"
        with pytest.raises(Invalid):
            move(actor, row, now, on=date(2026, 8, 31))


def test_cancelled_with_a_reason_and_planned_again(people, made, act_as, now):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now)
        with pytest.raises(Invalid):
            cancel(actor, row, now, because=" ")
        with pytest.raises(Refused):
            reopen(actor, row, now)
        cancel(actor, row, now)
        assert (fresh(row).state, fresh(row).because) == ("CANCELLED", "Jobcenter hat geschlossen")
        for late in (cancel, keep, move):
            with pytest.raises(Refused):
                late(actor, row, now)
        reopen(actor, row, now)
        assert (fresh(row).state, fresh(row).because, fresh(row).version) == ("PLANNED", "", 3)


# --- kept ---------------------------------------------------------------------------------------------------------


def last_contact(made):
    return Worklist.objects.unscoped(because=WHY).get(case_id=made.case_id).last_contact_on


@pytest.mark.parametrize("outcome", ContactOutcome)
def test_what_became_of_it_is_a_contact_of_that_day(people, made, act_as, now, outcome):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, on=TODAY - timedelta(days=1), at=time(9, 30), place="JVA")
        contact = keep(actor, row, now, outcome, minutes=30, content="Mappe durchgesehen")
        row = fresh(row)
        assert (row.state, row.contact_id) == ("KEPT" if outcome.is_contact else "MISSED", contact.pk)
        assert (contact.happened_on, contact.started_at, contact.place) == (date(2026, 11, 22), time(9, 30), "JVA")
        assert (contact.minutes, contact.outcome, contact.recorded_at) == (30, outcome, now)
        assert last_contact(made) == (date(2026, 11, 22) if outcome.is_contact else FIRST_TALK)
        with pytest.raises(Refused):
            keep(actor, row, now)


def test_nobody_says_beforehand_what_became_of_it(people, made, act_as, now):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now)
        with pytest.raises(Invalid, match=r"erst am 26\.11\.2026"):
            keep(actor, row, now)
        assert not Contact.objects.unscoped(because=WHY).filter(case_id=made.case_id).exists()


def test_a_contact_that_cannot_be_leaves_the_appointment_open(people, made, act_as, now):
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, on=TODAY)
        with pytest.raises(Invalid):
            keep(actor, row, now, minutes=0)
        assert states(made) == [("PLANNED", "")]


def test_the_first_contact_after_release_settles_its_item(people, act_as, now):
    from ina.agenda.models import Item

    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, on=TODAY)
        keep(actor, row, now)
        item = Item.objects.unscoped(because=WHY).get(dossier_id=made.dossier_id, kind=operations.FIRST_CONTACT)
        assert (item.state, item.closed_on) == ("DONE", TODAY)
        assert TODAY >= RELEASED_ON


def test_a_corrected_contact_says_what_became_of_the_appointment(people, made, act_as, now):
    correct, void = entry_kind("kontakt").correct, entry_kind("kontakt").void
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, on=TODAY)
        contact = keep(actor, row, now)
        said = {
            name: getattr(contact, name)
            for name in ("happened_on", "started_at", "minutes", "kind", "initiative", "place", "content")
        }
        correct(
            actor=actor, contact_id=contact.pk, **said, next_step="", next_on=None,
            outcome=ContactOutcome.ABSENT, because="verwechselt", now=now,
        )  # fmt: skip
        assert states(made) == [("MISSED", "")]
        with pytest.raises(Refused, match="Stornieren Sie zuerst den Kontakt"):
            reopen(actor, row, now)
        void(actor=actor, contact_id=contact.pk, because="verwechselt", now=now)
        (line,) = queries.list_case_appointments(actor, case_of(made))
        assert line.state is AppointmentState.MISSED and line.contact_voided
        reopen(actor, row, now)
        assert states(made) == [("PLANNED", "")] and fresh(row).contact is None
        assert last_contact(made) == FIRST_TALK


# --- who ----------------------------------------------------------------------------------------------------------


def test_others_see_nothing_and_readers_write_nothing(people, made, act_as, moment):
    with act_as(people.alma) as actor:
        row = agree(actor, made, moment, on=day_of(moment))
    for stranger in (people.cem, people.bert, people.vera):
        with act_as(stranger) as actor:
            for act in (move, keep, cancel, reopen):
                with pytest.raises(NotVisible):
                    act(actor, row, moment)
    for reader in (people.jan, people.hanna):
        with act_as(reader) as actor:
            (line,) = queries.list_case_appointments(actor, case_of(made))
            assert line.title == "Bewerbung"
            with pytest.raises(Refused):
                cancel(actor, row, moment)


def test_who_is_kept_out_for_bias_sees_no_appointment(people, made, act_as, moment):
    deputise(people, act_as, moment)
    with act_as(people.alma) as actor:
        agree(actor, made, moment, on=day_of(moment))
    day = day_of(moment)
    with act_as(people.bert) as actor:
        assert len(queries.list_appointments(actor, day, day)) == 1
    with act_as(people.jan) as actor:
        block_person(actor=actor, dossier_id=made.dossier_id, user_id=people.bert.user_id, reason="Bruder", now=moment)
    with act_as(people.bert) as actor:
        assert queries.list_appointments(actor, day, day) == []


def test_deputies_agree_and_keep_while_they_stand_in(people, made, act_as, moment):
    deputise(people, act_as, moment)
    today = day_of(moment)
    with act_as(people.bert) as actor:
        row = agree(actor, made, moment, on=today)
        assert row.membership_id == people.bert.membership_id
        keep(actor, row, moment)
        later = today + timedelta(days=8)
        with pytest.raises(Invalid) as refused:
            agree(actor, made, moment, on=later)
        assert refused.value.field == "keeper_id"
        agree(actor, made, moment, on=later, keeper_id=people.alma.membership_id)


def test_list_is_ones_own_and_of_whom_one_stands_in_for_on_that_day(people, made, act_as, moment):
    today = day_of(moment)
    hers = case_for(people.bert)
    with act_as(people.alma) as actor:
        for days, at in ((0, time(14)), (0, None), (0, time(9)), (3, None), (8, None), (30, None)):
            agree(actor, made, moment, on=today + timedelta(days=days), at=at, title=f"{days} {at or 'offen'}")
        row = agree(actor, made, moment, on=today)
        cancel(actor, row, moment)
    with act_as(people.bert) as actor:
        agree(actor, hers, moment, on=today + timedelta(days=1), title="Berts")
        assert [row.title for row in queries.list_appointments(actor, today, today + timedelta(days=9))] == ["Berts"]
    deputise(people, act_as, moment, days=7)
    with act_as(people.alma) as actor:
        mine = queries.list_appointments(actor, today, today + timedelta(days=9))
        titles = ["0 offen", "0 09:00:00", "0 14:00:00", "3 offen", "8 offen"]
        assert [row.title for row in mine] == titles
        assert [row.place for row in mine] == [2, 3, 1, 4, 5]
        assert {(row.number, row.case_number, row.for_somebody) for row in mine} == {(made.number, 1, False)}
    with act_as(people.bert) as actor:
        found = queries.list_appointments(actor, today, today + timedelta(days=9))
        assert [(row.title, row.for_somebody) for row in found] == [
            ("0 offen", True), ("0 09:00:00", True), ("0 14:00:00", True), ("Berts", False), ("3 offen", True),
        ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_one_statement(people, made, act_as, moment, rows, django_assert_num_queries):
    deputise(people, act_as, moment)
    with act_as(people.alma) as actor:
        for _ in range(rows):
            agree(actor, made, moment, on=day_of(moment))
    with act_as(people.bert) as actor, django_assert_num_queries(1):
        assert len(queries.list_appointments(actor, day_of(moment), day_of(moment))) == rows


def test_warnings_hinder_nothing(people, made, act_as, now):
    other = case_for(people.alma)
    with act_as(people.alma) as actor:
        row = agree(actor, made, now, on=date(2026, 12, 25), at=time(9, 30), minutes=30)
        agree(actor, made, now, on=row.on, at=time(9), minutes=60, title="Jobcenter")
        agree(actor, other, now, on=row.on, at=time(9, 59))
        agree(actor, other, now, on=row.on, at=time(10))
        agree(actor, other, now, on=row.on)
        assert queries.warnings_about(actor, row) == [
            "Der 25.12.2026 ist ein Feiertag (Erster Weihnachtstag).",
            "Um 09:00 Uhr ist mit dieser Person schon „Jobcenter“ verabredet.",
            f"Um 09:59 Uhr haben Sie schon einen Termin (Akte {other.number}).",
        ]
        assert queries.warnings_about(actor, agree(actor, made, now, on=date(2026, 11, 29))) == [
            "Der 29.11.2026 ist ein Sonntag."
        ]


# --- the course of the case ---------------------------------------------------------------------------------------


def test_the_end_cancels_what_lies_ahead_and_an_error_brings_it_back(people, made, act_as, now):
    with act_as(people.alma) as actor:
        agree(actor, made, now, on=TODAY - timedelta(days=1))
        row = agree(actor, made, now)
        cancel(actor, agree(actor, made, now), now)
        acts.close_case(actor=actor, case_id=made.case_id, closed_on=TODAY, reason="WITHDRAWN_BY_PARTICIPANT", now=now)
        assert states(made) == [("PLANNED", ""), ("CANCELLED", "ENDED"), ("CANCELLED", "")]
        assert fresh(row).because == "Der Fall ist beendet."
        with pytest.raises(Refused):
            reopen(actor, row, now)
        ending = CaseAct.objects.unscoped(because=WHY).filter(case_id=made.case_id).order_by("pk").last()
        acts.void_act(actor=actor, caseact_id=ending.pk, because="Irrtum", now=now)
        assert states(made) == [("PLANNED", ""), ("PLANNED", ""), ("CANCELLED", "")]


@pytest.mark.parametrize("who", ["alma", "hanna"])
def test_death_cancels_and_an_error_brings_back(people, made, act_as, now, who):
    with act_as(people.alma) as actor:
        agree(actor, made, now)
        person = Participant.objects.unscoped(because=WHY).get(dossier_id=made.dossier_id)
    with act_as(people[who]) as actor:
        deaths.record_death(actor=actor, participant_id=person.pk, died_on=TODAY, now=now)
    with act_as(people.alma) as actor:
        assert states(made) == [("CANCELLED", "ENDED")]
        assert queries.list_appointments(actor, TODAY, TODAY + timedelta(days=30)) == []
        deaths.withdraw_death(actor=actor, participant_id=person.pk, because="Verwechslung", now=now)
        assert states(made) == [("PLANNED", "")]


def test_leave_that_ends_cancels_what_lies_outside(people, made, act_as, now):
    with act_as(people.alma) as actor:
        agree(actor, made, now, on=TODAY - timedelta(days=1), outside=True)
        out = agree(actor, made, now, outside=True)
        agree(actor, made, now)
        event = events.record_event(
            actor=actor, case_id=made.case_id, kind=EventKind.RELAXATION_ENDED, happened_on=TODAY,
            detail="PRISON", now=now + timedelta(minutes=1),
        )  # fmt: skip
        assert states(made) == [("PLANNED", ""), ("CANCELLED", "RELAXATION"), ("PLANNED", "")]
        assert fresh(out).because == "aus organisatorischen Gründen"
        # What is agreed once it is known stands.
        after = now + timedelta(hours=1)
        agree(actor, made, after, outside=True)
        events.void_event(actor=actor, specialevent_id=event.pk, because="Irrtum", now=after)
        assert states(made) == [("PLANNED", "")] * 4


def test_a_transfer_raises_a_doubt_until_somebody_agrees_anew(people, made, act_as, moment):
    today = day_of(moment)
    with act_as(people.alma) as actor:
        row = agree(actor, made, moment, on=today + timedelta(days=2))
        record_transfer(
            actor=actor, case_id=made.case_id, on=today, prison_id=people.cem.place_id,
            now=moment + timedelta(minutes=1),
        )  # fmt: skip
        (line,) = queries.list_case_appointments(actor, case_of(made))
        assert line.doubt == f"vor der Verlegung am {today:%d.%m.%Y} vereinbart"
        move(actor, row, moment + timedelta(hours=1), on=row.on)
        (line,) = queries.list_case_appointments(actor, case_of(made))
        assert line.doubt == ""


def test_whoever_takes_the_case_over_keeps_what_is_planned(people, made, act_as, moment):
    today = day_of(moment)
    with act_as(people.alma) as actor:
        past = agree(actor, made, moment, on=today - timedelta(days=1))
        row = agree(actor, made, moment, on=today)
        done = agree(actor, made, moment, on=today)
        keep(actor, done, moment)
        handover = handovers.offer_handover(
            actor=actor, case_id=made.case_id, receiver_id=people.cem.membership_id, reason="Umzug",
            offered_on=today, now=moment,
        )  # fmt: skip
        assert len(queries.list_appointments(actor, today, today)) == 1
    with act_as(people.cem) as actor:
        handovers.accept_handover(actor=actor, handover_id=handover.pk, now=moment)
        assert [line.title for line in queries.list_appointments(actor, today, today)] == ["Bewerbung"]
        keepers = {row.pk: fresh(row).membership_id for row in (past, row, done)}
    assert keepers == {
        past.pk: people.alma.membership_id,
        row.pk: people.cem.membership_id,
        done.pk: people.alma.membership_id,
    }


def test_an_allocation_moves_them_too(people, made, act_as, moment):
    with act_as(people.alma) as actor:
        row = agree(actor, made, moment, on=day_of(moment))
    with act_as(people.jan) as actor:
        allocations.allocate_case(
            actor=actor, case_id=made.case_id, receiver_id=people.bert.membership_id, reason="krank", now=moment
        )
        assert fresh(row).membership_id == people.bert.membership_id


def test_places_that_are_nobodys(people, made, act_as, now):
    with act_as(people.alma) as actor:
        agree(actor, made, now)
        assert queries.get_appointment(actor, case_of(made), 1).number == 1
        for place in (0, -1, 2, 2**15, 10**12):
            with pytest.raises(NotVisible):
                queries.get_appointment(actor, case_of(made), place)
