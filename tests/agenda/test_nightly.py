"""The night reminds everybody once: on the day, when late, and then the lead; whatever happens to the worker."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import OperationalError, connections, transaction

from ina.agenda import nightly
from ina.agenda.nightly import Reminded, remind
from ina.base.clock import BERLIN
from tests.agenda.conftest import bare_case

ADD = """
INSERT INTO agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_unit, due_on, shown_on, state,
    halt, because, closed_on, closed_at, responsible_id, deputy_id, snoozed_until, snooze_reason, origin, version,
    recorded_at)
SELECT %(dossier)s, 7, '', 'Aufgabe', '', 'FIXED', '', %(due)s::date, coalesce(%(snoozed)s::date, %(due)s::date),
    %(state)s::text, '', '', CASE WHEN %(state)s::text <> 'OPEN' THEN %(due)s::date END,
    CASE WHEN %(state)s::text <> 'OPEN' THEN now() END, %(responsible)s, %(deputy)s, %(snoozed)s::date,
    CASE WHEN %(snoozed)s::date IS NULL THEN '' ELSE 'Urlaub' END, 'TYPED', 1, now()
FROM generate_series(1, %(count)s)
"""
REMINDERS = """
SELECT r.step, r."on", r.membership_id, count(*) FROM agenda_reminder r GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
TODAY = date(2026, 11, 23)
NIGHT = datetime(2026, 11, 23, 2, 40, tzinfo=BERLIN)


@pytest.fixture
def dossier_id(committed_db, people):
    with transaction.atomic():
        return bare_case(people.alma).dossier_id


@pytest.fixture
def add(owner_of_tables, dossier_id, people):
    def add_items(due, count=1, responsible="alma", deputy=None, snoozed=None, state="OPEN"):
        owner_of_tables.execute(
            ADD,
            {
                "dossier": dossier_id,
                "due": due,
                "snoozed": snoozed,
                "state": state,
                "responsible": people[responsible].membership_id if responsible else None,
                "deputy": people[deputy].membership_id if deputy else None,
                "count": count,
            },
        )

    return add_items


@pytest.fixture
def written(owner_of_tables):
    return lambda: owner_of_tables.execute(REMINDERS).fetchall()


def night(days: int = 0) -> datetime:
    return NIGHT + timedelta(days=days)


def test_due_late_and_to_the_lead(add, written, people):
    alma, jan = people.alma.membership_id, people.jan.membership_id
    add(TODAY)
    assert remind(night(-1)) == Reminded()
    assert remind(night()) == Reminded(items=1, due=1)
    assert remind(night(1)) == Reminded(items=1, overdue=1)
    assert remind(night(2)) == Reminded(items=1)
    # Ten working days: 24 November to 7 December.
    assert remind(night(13)) == Reminded(items=1)
    assert remind(night(14)) == Reminded(items=1, escalated=1)
    assert remind(night(15)) == Reminded(items=1)
    assert written() == [("DUE", TODAY, alma, 1), ("ESCALATED", TODAY, jan, 1), ("OVERDUE", TODAY, alma, 1)]


def test_nothing_twice_in_one_night(add, written):
    add(TODAY, count=3)
    add(date(2026, 10, 1), count=2)
    assert remind(night()) == Reminded(items=5, due=3, overdue=2, escalated=2)
    before = written()
    assert remind(night()) == Reminded(items=5)
    assert written() == before


def test_a_night_that_was_missed_is_caught_up(add):
    add(TODAY - timedelta(days=5))
    assert remind(night()) == Reminded(items=1, overdue=1)


def test_closed_and_later_items_are_left_alone(add):
    add(TODAY, state="DONE")
    add(TODAY + timedelta(days=1))
    assert remind(night()) == Reminded()


def test_a_snoozed_item_asks_on_the_day_it_was_put_off_to(add, written, people):
    add(date(2026, 9, 1), snoozed=TODAY)
    assert remind(night(-1)) == Reminded()
    assert remind(night()) == Reminded(items=1, due=1)
    assert written() == [("DUE", TODAY, people.alma.membership_id, 1)]


def test_a_moved_item_is_reminded_of_again(add, written, owner_of_tables):
    add(TODAY)
    remind(night())
    owner_of_tables.execute("UPDATE agenda_item SET due_on = due_on + 7, shown_on = shown_on + 7")
    assert remind(night(1)) == Reminded()
    assert remind(night(7)) == Reminded(items=1, due=1)
    assert [row[:2] for row in written()] == [("DUE", TODAY), ("DUE", TODAY + timedelta(days=7))]


def test_whoever_stands_in_is_reminded(add, written, people, owner_of_tables):
    def deputise(deputy, first, last, ended=None):
        owner_of_tables.execute(
            "INSERT INTO accounts_deputyship (principal_id, deputy_id, starts_on, ends_on, ended_at, reason, emergency)"
            " VALUES (%s, %s, %s, %s, %s, '', false)",
            [people.alma.membership_id, people[deputy].membership_id, first, last, ended],
        )

    deputise("cem", TODAY, TODAY, ended=night(-1))
    deputise("cem", TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    deputise("bert", TODAY, TODAY)
    deputise("hanna", TODAY, TODAY)
    add(TODAY)
    add(TODAY, deputy="hanna")
    add(TODAY, responsible="jan")
    assert remind(night()).due == 3
    assert {row[2]: row[3] for row in written()} == {people[key].membership_id: 1 for key in ("bert", "hanna", "jan")}
    assert remind(night(1)).overdue == 3
    assert {row[2]: row[3] for row in written() if row[0] == "OVERDUE"} == {
        people.alma.membership_id: 2, people.jan.membership_id: 1,
    }  # fmt: skip


def test_items_of_nobody_are_counted_and_not_forgotten(add, written):
    add(TODAY, responsible=None)
    add(date(2026, 9, 1), responsible="hanna")  # no team, so no lead
    assert remind(night()) == Reminded(items=2, of_nobody=1, overdue=1)
    assert [row[0] for row in written()] == ["OVERDUE"]


def test_a_lead_whose_position_ended_is_not_told(add, owner_of_tables, people):
    owner_of_tables.execute(
        "UPDATE accounts_membership SET ends_on = '2026-11-22' WHERE id = %s", [people.jan.membership_id]
    )
    add(date(2026, 9, 1))
    assert remind(night()) == Reminded(items=1, overdue=1)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 4])
def test_nights_of_the_clock_change_are_nights(day, hour, add):
    add(day)
    for fold in (0, 1):
        moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=BERLIN, fold=fold)
        assert remind(moment).due == (1 if fold == 0 else 0)
    assert remind(datetime(day.year, day.month, day.day, 23, 59, tzinfo=BERLIN)).overdue == 0
    assert remind(datetime(day.year, day.month, day.day, 2, 40, tzinfo=BERLIN) + timedelta(days=1)).overdue == 1


def test_killed_in_the_middle_and_started_again(add, written, monkeypatch):
    monkeypatch.setattr(nightly, "CHUNK", 4)
    add(TODAY, count=6)
    add(date(2026, 11, 2), count=5)
    done = 0

    def killed(execute, sql, params, many, context):
        nonlocal done
        if "agenda_reminder" in sql:
            done += 1
            if done == 2:
                execute(sql, params, many, context)  # written, but never committed
                raise OperationalError("the worker is gone")
        return execute(sql, params, many, context)

    with connections["batch"].execute_wrapper(killed), pytest.raises(OperationalError):
        remind(night())
    assert sum(row[3] for row in written()) == 8, "the first chunk stands: four late items, to Alma and to Jan"
    assert remind(night()) == Reminded(items=11, due=6, overdue=1, escalated=1)
    assert {row[0]: row[3] for row in written()} == {"DUE": 6, "OVERDUE": 5, "ESCALATED": 5}


def test_two_workers_at_once_write_each_reminder_once(add, written, monkeypatch):
    monkeypatch.setattr(nightly, "CHUNK", 50)
    add(TODAY, count=300)
    add(date(2026, 9, 1), count=200)
    start, answers = threading.Barrier(2), []

    def run():
        try:
            start.wait(10)
            answers.append(remind(night()))
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [answer.items for answer in answers] == [500, 500]
    assert sum(answer.due for answer in answers) == 300
    assert {row[0]: row[3] for row in written()} == {"DUE": 300, "OVERDUE": 200, "ESCALATED": 200}


def test_the_nightly_log_in_can_do_no_more(dossier_id, add):
    add(TODAY)
    for statement in (
        "UPDATE agenda_item SET title = ''",
        "DELETE FROM agenda_item",
        "UPDATE agenda_reminder SET seen_at = now()",
        "DELETE FROM agenda_reminder",
        "SELECT * FROM agenda_timing",
    ):
        with connections["batch"].cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute(statement)
