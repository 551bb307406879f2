"""Jobs by the clock: when they ran last, what they found, what is overdue; what waits in the queue."""

from datetime import timedelta

import pytest
from django.db import connection, connections

from ina.audit.trail import record_read
from ina.base.actor import System
from ina.ops import runs
from ina.ops.checks import State

pytestmark = pytest.mark.django_db


def ran(name: str, at) -> None:
    """As the queue leaves it: the job of one evening, done at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', %s, 'succeeded')"
            " RETURNING id",
            [f"ops.{name}"],
        )
        job_id = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, job_id) VALUES (%s, %s, %s)",
            [f"ops.{name}", int(at.timestamp()), job_id],
        )
        cursor.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'succeeded', %s)", [job_id, at])


def by_name(now) -> dict[str, runs.Run]:
    return {run.name: run for run in runs.list_runs(now)}


@pytest.fixture
def first_night(monkeypatch, now):
    """An installation of this afternoon."""
    monkeypatch.setattr(runs, "INSTALLED", f"SELECT '{now - timedelta(hours=4)}'::timestamptz")


@pytest.fixture
def old(monkeypatch, now):
    """An installation of last year."""
    monkeypatch.setattr(runs, "INSTALLED", f"SELECT '{now - timedelta(days=300)}'::timestamptz")


def test_every_job_has_words_and_every_word_a_job():
    assert runs.periodic_jobs().keys() == runs.WORDS.keys()


def test_in_order_of_the_clock_in_german_time(now):
    listed = runs.list_runs(now)
    assert [run.when for run in listed[:3]] == ["jede Minute", "jede Minute", "täglich 03:05 Uhr"]
    assert [run.when for run in listed[2:]] == sorted(run.when for run in listed[2:])


def test_nothing_is_overdue_in_the_first_night(first_night, now):
    assert {run.word for run in runs.list_runs(now) if run.when != "jede Minute"} == {"noch nicht gelaufen"}


def test_the_last_success_counts_and_an_old_one_is_overdue(old, now):
    ran("compare_worklist", now - timedelta(hours=9))
    ran("compare_worklist", now - timedelta(hours=33))
    ran("rebuild_facts", now - timedelta(hours=27))
    found = by_name(now)
    assert (found["compare_worklist"].word, found["compare_worklist"].at) == ("erledigt", now - timedelta(hours=9))
    assert found["rebuild_facts"].word == found["drop_old_log"].word == "überfällig"
    answer = runs.check_runs(now)
    assert answer.state is State.FAIL and "Zahlen für die Auswertung" in answer.found and answer.advice
    assert "Falllisten vergleichen" not in answer.found


def test_all_done_is_sound(old, now):
    for name in runs.WORDS:
        ran(name, now - timedelta(minutes=5))
    assert runs.check_runs(now).state is State.OK


def test_what_a_job_found_is_told_in_words_to_somebody_who_sees_no_file(now, people, act_as):
    record_read(action="job.forget_drafts", actor=System("forget_drafts"), now=now, drafts=3, hints=0)
    record_read(action="read.file", actor=people.alma.actor, now=now, reason="ASSIGNMENT")
    with act_as(people.gero):
        assert by_name(now)["forget_drafts"].found == "gelöschte Entwürfe: 3, gelöschte Hinweise: 0"
        with connections["log"].cursor() as cursor:
            cursor.execute("SELECT action FROM audit_last_jobs(%s)", [now - timedelta(days=1)])
            assert cursor.fetchall() == [("job.forget_drafts",)]


@pytest.mark.parametrize(("mended", "state"), [(None, State.OK), (0, State.OK), (2, State.WARN)])
def test_list_rows_that_had_to_be_mended_are_said(now, mended, state):
    if mended is not None:
        record_read(action="job.compare_worklist", actor=System("compare_worklist"), now=now, mended=mended)
    answer = runs.check_list_rows(now)
    assert answer.state is state and (bool(answer.advice) is (state is State.WARN))


@pytest.mark.parametrize(("minutes", "state"), [(None, State.OK), (1, State.OK), (20, State.WARN), (90, State.FAIL)])
def test_a_queue_that_does_not_move_is_said(now, minutes, state):
    if minutes is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)"
                " VALUES ('default', 'probe.task', 'todo', %s), ('default', 'probe.task', 'todo', %s)",
                [now - timedelta(minutes=minutes), now + timedelta(hours=5)],
            )
    answer = runs.check_backlog(now)
    assert answer.state is state
    assert answer.found.startswith("1, der älteste seit") if minutes else answer.found == "keine"
