"""What the course of a case does with its items: anchors, settling, stopping, handing on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ina.agenda import queries
from ina.agenda.enums import Anchor, Halt, ItemState, Origin
from ina.agenda.kinds import Kind, custody_kinds, register_kind
from ina.agenda.models import Item, Reminder, Timing
from ina.agenda.operations import course, items
from ina.agenda.operations.course import AnchorDay
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.reference.enums import Unit
from ina.reference.queries import NoSuchFact, parameter
from ina.reference.rules import Duration
from tests.agenda.conftest import CASE, bare_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
RELEASE = date(2027, 3, 1)
CHECKS = ["9 months", "6 months", "3 months", "1 months", "2 weeks", "1 days"]


def days_of(file, **conditions):
    return {(item.kind, str(item.offset)): item.due_on for item in file.items(**conditions)}


# --- anchors -------------------------------------------------------------------------------------------------------


def test_an_anchor_asks_for_its_kinds(file, now, people, told):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    talk = file.item()
    assert (talk.kind, talk.title, talk.anchor, talk.origin) == (
        "probe_talk", "Erstgespräch", Anchor.REFERRAL, Origin.AUTOMATIC,
    )  # fmt: skip
    assert talk.due_on == talk.shown_on == Duration(10, Unit.WORKING_DAYS).after(TODAY)
    assert (talk.responsible_id, talk.recorded_by_id, talk.version) == (people.alma.membership_id, None, 1)
    assert told == [(file.dossier_id, CASE)]


def test_a_release_asks_for_all_checks_however_late_they_are(file, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    expected = {
        ("probe_check", str(-each)): each.before(RELEASE) for each in parameter("minimum_standard_checks", on=RELEASE)
    }
    expected |= {("probe_folder", "0 Tage"): RELEASE, ("probe_contact", "3 Arbeitstage"): date(2027, 3, 4)}
    assert days_of(file) == expected
    assert min(expected.values()) < TODAY - timedelta(weeks=4)


def test_the_same_day_again_changes_nothing(file, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    before = [(item.pk, item.version) for item in file.items()]
    file.anchor(Anchor.RELEASE, RELEASE, now)
    assert [(item.pk, item.version) for item in file.items()] == before


def test_a_moved_release_moves_open_items_and_leaves_the_rest(file, now, people):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    file.anchor(Anchor.REFERRAL, TODAY, now)
    file.do(course.settle, kind="probe_folder", on=TODAY, now=now, by=people.alma.membership_id)
    earlier = date(2026, 12, 22)
    file.anchor(Anchor.RELEASE, earlier, now)
    found = days_of(file)
    assert found["probe_folder", "0 Tage"] == RELEASE, "done is done"
    assert found["probe_contact", "3 Arbeitstage"] == date(2026, 12, 28), "over Christmas"
    assert found["probe_check", "-1 Monat"] == date(2026, 11, 22)
    assert found["probe_talk", "10 Arbeitstage"] == Duration(10, Unit.WORKING_DAYS).after(TODAY)
    assert len(file.items(kind="probe_check")) == len(CHECKS)


def test_a_snooze_falls_away_only_where_the_due_day_moves(file, now, people, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    contact = file.item(kind="probe_contact")
    with act_as(people.alma) as actor:
        items.snooze_item(actor=actor, item_id=contact.pk, until=date(2027, 4, 1), reason="Urlaub", now=now)
    file.anchor(Anchor.RELEASE, RELEASE, now)
    assert file.item(kind="probe_contact").snoozed_until == date(2027, 4, 1)
    # From Sunday or Saturday three working days lead to the same day.
    file.anchor(Anchor.RELEASE, date(2027, 3, 6), now)
    with act_as(people.alma) as actor:
        items.snooze_item(actor=actor, item_id=contact.pk, until=date(2027, 4, 1), reason="Urlaub", now=now)
    file.anchor(Anchor.RELEASE, date(2027, 3, 7), now)
    assert file.item(kind="probe_contact").shown_on == date(2027, 4, 1)
    file.anchor(Anchor.RELEASE, date(2027, 3, 8), now)
    contact = file.item(kind="probe_contact")
    assert (contact.snoozed_until, contact.snooze_reason) == (None, "")
    assert contact.shown_on == contact.due_on == date(2027, 3, 11)


def test_after_the_release_nothing_is_asked_for_that_was_for_custody(file, now):
    file.anchor(Anchor.RELEASE, TODAY - timedelta(days=1), now)
    assert {item.kind for item in file.items()} == {"probe_folder", "probe_contact"}


def test_on_the_day_of_the_release_it_still_is(file, now):
    file.anchor(Anchor.RELEASE, TODAY, now)
    assert len(file.items(kind="probe_check")) == len(CHECKS)


def test_a_dropped_item_is_not_created_again(file, now, people, act_as):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    with act_as(people.alma) as actor:
        items.drop_item(actor=actor, item_id=file.item().pk, because="schon geführt", now=now)
    file.anchor(Anchor.REFERRAL, TODAY - timedelta(days=1), now)
    assert file.item().state == ItemState.DROPPED


def test_without_a_day_items_wait_and_come_back(file, now, people, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    with act_as(people.alma) as actor:
        items.drop_item(actor=actor, item_id=file.item(kind="probe_folder").pk, because="Termin offen", now=now)
    file.anchor(Anchor.RELEASE, None, now)
    assert {(item.state, item.because) for item in file.items()} == {(ItemState.DROPPED, "Termin offen")}
    assert all(item.closed_on == TODAY for item in file.items())
    later = date(2027, 6, 1)
    file.anchor(Anchor.RELEASE, later, now)
    assert file.item(kind="probe_contact").due_on == Duration(3, Unit.WORKING_DAYS).after(later)
    assert file.item(kind="probe_folder").state == ItemState.DROPPED, "a person dropped it"
    assert len(file.items(state=ItemState.OPEN)) == len(CHECKS) + 1


def test_a_kind_that_comes_with_a_new_version_is_asked_for_at_the_next_change(file, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    register_kind(Kind("probe_new", "Fahrkarte besorgen", Anchor.RELEASE, "urgent_release_advance", before=True))
    file.anchor(Anchor.RELEASE, RELEASE, now)
    assert file.item(kind="probe_new").due_on == date(2027, 2, 27)


def test_a_kind_without_a_value_on_the_day_says_so(file, now):
    with pytest.raises(NoSuchFact, match="first_talk_deadline"):
        file.anchor(Anchor.REFERRAL, date(2001, 1, 1), now)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1992, 12, 31), date(2099, 1, 1), date.max])
def test_a_day_far_away_is_refused(file, now, day):
    with pytest.raises(Invalid, match="rechnen"):
        file.anchor(Anchor.RELEASE, day, now)


def test_a_parameter_that_is_no_distance_is_refused(file, now):
    register_kind(Kind("probe_odd", "Unsinn", Anchor.RELEASE, "inactivity_limit"))
    with pytest.raises(Invalid, match=r"Unsinn.*Minuten"):
        file.anchor(Anchor.RELEASE, RELEASE, now)


def test_one_statement_each_however_many_items(file, now, people, act_as, django_assert_num_queries):
    with act_as(people.alma) as actor:
        for number in range(120):
            add(actor, file, now, title=f"Aufgabe {number}", anchor=Anchor.RELEASE, offset=f"{number} Tage") if number \
                else file.anchor(Anchor.RELEASE, RELEASE, now)  # fmt: skip
        # lock, day, move, parameters of kinds, create, stops of the clock
        with django_assert_num_queries(6):
            course.set_anchor(
                dossier_id=file.dossier_id, case_number=CASE, anchor=Anchor.RELEASE, on=date(2027, 1, 4),
                responsible_id=people.alma.membership_id, now=now,
            )  # fmt: skip
    assert file.item(title="Aufgabe 5").due_on == date(2026, 12, 30)


def add(actor, file, now, **more):
    given = {"title": "Wohnung suchen", "responsible_id": actor.membership_id} | more
    return items.add_item(actor=actor, dossier_id=file.dossier_id, case_number=CASE, now=now, **given)


def test_many_cases_in_the_same_few_statements(people, now, act_as, told, django_assert_max_num_queries):
    made = [bare_case(people.alma) for _ in range(3)]
    days = [
        AnchorDay(dossier_id=each.dossier_id, case_number=CASE, anchor=anchor, on=on, responsible_id=None)
        for each in made
        for anchor, on in ((Anchor.REFERRAL, TODAY), (Anchor.RELEASE, RELEASE), (Anchor.ADMISSION, None))
    ]
    told.clear()
    with act_as(people.alma) as actor:
        with django_assert_max_num_queries(9):
            course.set_anchors(days, now=now, quiet=True)
        assert told == []
        for each in made:
            assert len(queries.list_items(actor, each.dossier_id, CASE, TODAY)) == len(CHECKS) + 3
        course.set_anchors(days, now=now)
    assert told == [(each.dossier_id, CASE) for each in made]


def test_an_ended_case_is_asked_only_for_what_follows_from_its_end(file, now):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    file.do(course.stop_all, because="Der Fall ist beendet.", now=now)
    file.anchor(Anchor.CLOSING, TODAY, now)
    file.anchor(Anchor.RELEASE, RELEASE, now)
    file.anchor(Anchor.REFERRAL, TODAY - timedelta(days=1), now)
    assert [item.kind for item in file.items(state=ItemState.OPEN)] == ["probe_report"]
    # The same again, as after a correction in an ended case.
    file.do(course.stop_all, because="Der Fall ist beendet.", now=now)
    file.anchor(Anchor.CLOSING, TODAY, now)
    assert [item.kind for item in file.items(state=ItemState.OPEN)] == ["probe_report"]


# --- settling, stopping, handing on --------------------------------------------------------------------------------


def test_what_was_done_is_settled_and_unsettled_when_the_entry_is_voided(file, now, people, told):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    told.clear()
    assert file.do(course.settle, kind="probe_talk", on=TODAY, now=now, by=people.alma.membership_id) == 1
    talk = file.item()
    assert (talk.state, talk.closed_on, talk.closed_by_id) == (ItemState.DONE, TODAY, people.alma.membership_id)
    assert file.do(course.settle, kind="probe_talk", on=TODAY, now=now, by=None) == 0
    file.anchor(Anchor.REFERRAL, TODAY + timedelta(days=7), now)
    assert file.do(course.unsettle, kind="probe_talk", now=now) == 1
    talk = file.item()
    assert (talk.state, talk.closed_by_id) == (ItemState.OPEN, None)
    assert talk.due_on == Duration(10, Unit.WORKING_DAYS).after(TODAY + timedelta(days=7)), "by the day that holds now"
    assert told == [(file.dossier_id, CASE)] * 3


def test_one_of_several_is_settled_by_its_offset(file, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    three = Duration(3, Unit.MONTHS)
    assert file.do(course.settle, kind="probe_check", on=TODAY, now=now, by=None, offset=three) == 1
    assert [item.offset_count for item in file.items(state=ItemState.DONE)] == [-3]
    assert file.do(course.settle, kind="probe_check", on=TODAY, now=now, by=None) == len(CHECKS) - 1


def test_unsettled_without_a_day_waits_for_one(file, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    file.do(course.settle, kind="probe_folder", on=TODAY, now=now, by=None)
    file.anchor(Anchor.RELEASE, None, now)
    file.do(course.unsettle, kind="probe_folder", now=now)
    assert file.item(kind="probe_folder").halt == Halt.UNDATED
    file.anchor(Anchor.RELEASE, RELEASE, now)
    assert file.item(kind="probe_folder").state == ItemState.OPEN


def test_nothing_asks_after_a_stop_and_all_asks_after_a_restart(file, now, people, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    with act_as(people.alma) as actor:
        items.complete_item(actor=actor, item_id=file.item(kind="probe_folder").pk, on=TODAY, now=now)
        Reminder.objects.create(
            dossier_id=file.dossier_id, item=file.item(kind="probe_contact"), step="DUE", on=TODAY,
            membership_id=people.alma.membership_id,
        )  # fmt: skip
        assert queries.next_item(file.dossier_id, CASE).on is not None
    stopped = file.do(course.stop_all, because="verstorben", now=now)
    assert stopped == len(CHECKS) + 1
    with act_as(people.alma) as actor:
        assert queries.next_item(file.dossier_id, CASE).on is None
        assert not Reminder.objects.visible_to(actor).exists()
    file.anchor(Anchor.RELEASE, date(2027, 5, 3), now)
    assert file.items(state=ItemState.OPEN) == []
    assert file.do(course.restart_all, now=now) == stopped
    assert file.item(kind="probe_contact").due_on == date(2027, 5, 7), "Ascension Day is in between"
    assert file.item(kind="probe_folder").state == ItemState.DONE
    assert file.do(course.restart_all, now=now) == 0


def test_death_stops_all_cases_of_the_person(file, now, told, act_as, people):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    with act_as(people.alma):
        course.set_anchor(
            dossier_id=file.dossier_id, case_number=8, anchor=Anchor.REFERRAL, on=TODAY, responsible_id=None, now=now
        )
        told.clear()
        assert course.stop_all(dossier_id=file.dossier_id, because="verstorben", now=now) == 2
    assert sorted(told) == [(file.dossier_id, CASE), (file.dossier_id, 8)]


def test_what_was_for_custody_stops_at_the_release_and_stays_so(file, now):
    file.anchor(Anchor.RELEASE, TODAY, now)
    assert file.do(course.stop_all, because="entlassen", now=now, kinds=custody_kinds()) == len(CHECKS)
    file.do(course.restart_all, now=now)
    file.anchor(Anchor.RELEASE, TODAY - timedelta(days=1), now)
    assert {item.kind for item in file.items(state=ItemState.OPEN)} == {"probe_folder", "probe_contact"}
    assert file.do(course.restart_all, now=now, kinds=custody_kinds()) == len(CHECKS)
    assert len(file.items(state=ItemState.OPEN)) == len(CHECKS) + 2


def test_open_items_go_to_the_next_responsible(file, now, people, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    file.do(course.settle, kind="probe_folder", on=TODAY, now=now, by=None)
    with act_as(people.alma):
        Item.objects.unscoped(because="a test").filter(pk=file.item(kind="probe_contact").pk).update(
            responsible_id=people.hanna.membership_id, deputy_id=people.alma.membership_id
        )
    alma, bert, hanna = (people[key].membership_id for key in ("alma", "bert", "hanna"))
    assert file.do(course.assign_all, responsible_id=bert, instead_of=alma) == len(CHECKS)
    assert {item.responsible_id for item in file.items(kind="probe_check")} == {bert}
    assert file.item(kind="probe_contact").responsible_id == hanna
    assert file.item(kind="probe_folder").responsible_id == alma
    assert file.do(course.assign_all, responsible_id=bert) == len(CHECKS) + 1
    assert (file.item(kind="probe_contact").responsible_id, file.item(kind="probe_contact").deputy_id) == (bert, None)


def test_a_stated_day_is_asked_for_and_moves(file, now):
    arguments = {"kind": "probe_answer", "responsible_id": None, "now": now}
    file.do(course.place_item, on=date(2026, 12, 1), **arguments)
    file.do(course.place_item, on=date(2026, 12, 8), **arguments)
    assert (file.item().due_on, file.item().version) == (date(2026, 12, 8), 2)
    file.do(course.settle, kind="probe_answer", on=TODAY, now=now, by=None)
    file.do(course.place_item, on=date(2027, 1, 8), **arguments)
    assert [item.state for item in file.items()] == [ItemState.DONE, ItemState.OPEN]
    with pytest.raises(ValueError, match="probe_talk"):
        file.do(course.place_item, on=TODAY, kind="probe_talk", responsible_id=None, now=now)


# --- what the database promises ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("snoozed_until = '2027-01-01', shown_on = '2027-01-01'", "agenda_item_snoozed_with_reason"),
        ("shown_on = '2027-01-01'", "agenda_item_snoozed_with_reason"),
        ("offset_count = NULL, offset_unit = ''", "agenda_item_anchored_has_offset"),
        ("anchor = 'FIXED'", "agenda_item_anchored_has_offset"),
        ("offset_count = 481, offset_unit = 'working_days'", "agenda_item_working_days_in_reach"),
        ("state = 'DONE'", "agenda_item_closed_on_a_day"),
        ("state = 'DROPPED', closed_on = '2026-11-23', closed_at = now()", "agenda_item_dropped_with_reason"),
    ],
)
def test_the_database_keeps_items_whole(change, constraint, file, now, people, act_as):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    statement = f"UPDATE agenda_item SET {change} WHERE dossier_id = %s AND case_number = 7"
    refused = pytest.raises(IntegrityError, match=constraint)
    with act_as(people.alma), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement, [file.dossier_id])


def test_the_days_of_a_case_leave_a_history(file, now, people, act_as):
    for day in (RELEASE, date(2027, 2, 1), None):
        file.anchor(Anchor.RELEASE, day, now)
    with act_as(people.alma) as actor, connection.cursor() as cursor:
        assert not Timing.objects.visible_to(actor).filter(case_number=CASE).exists()
        cursor.execute(
            "SELECT op, old->>'on' FROM audit_history WHERE table_name = 'agenda_timing' AND dossier_id = %s"
            " AND old->>'case_number' = '7' ORDER BY id",
            [file.dossier_id],
        )
        assert cursor.fetchall() == [("update", "2027-03-01"), ("delete", "2027-02-01")]


def test_today_is_germanys(now):
    assert day_of(now) == TODAY
