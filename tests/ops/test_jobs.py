"""Failed and abandoned background jobs: seen, repeated, dropped, by those who look after the installation only."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from ina.base.errors import Conflict, NotVisible, Refused
from ina.ops import jobs

pytestmark = pytest.mark.django_db


def add_job(status="failed", worker_silent_for=None, queueing_lock=None):
    """A job as the library leaves it. ``worker_silent_for``: seconds since its worker was heard."""
    with connection.cursor() as cursor:
        worker = None
        if worker_silent_for is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (clock_timestamp() - make_interval(secs => %s))"
                " RETURNING id",
                [worker_silent_for],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id, queueing_lock)"
            " VALUES ('default', 'probe.task', '{\"dossier_id\": 4711}', %s, %s, %s) RETURNING id",
            [status, worker, queueing_lock],
        )
        return cursor.fetchone()[0]


def status_of(job_id):
    return app.job_manager.get_job_status(job_id).value


def test_only_jobs_in_trouble_are_listed():
    failed, left = add_job(), add_job("doing", worker_silent_for=3600)
    orphan = add_job("doing")
    for harmless in ("todo", "succeeded", "cancelled"):
        add_job(harmless)
    add_job("doing", worker_silent_for=1)
    listed = {job.id: job.word for job in jobs.list_troubled_jobs()}
    assert listed == {failed: "gescheitert", left: "stehen geblieben", orphan: "stehen geblieben"}


@pytest.mark.parametrize("state", [{"status": "failed"}, {"status": "doing", "worker_silent_for": 3600}])
def test_a_job_is_repeated_or_dropped_and_the_trail_says_so(people, now, trail, state):
    again, away = add_job(**state), add_job(**state)
    jobs.repeat_job(actor=people.gero.actor, now=now, job_id=again)
    jobs.drop_job(actor=people.gero.actor, now=now, job_id=away)
    assert (status_of(again), status_of(away)) == ("todo", "cancelled")
    assert jobs.list_troubled_jobs() == []
    assert trail("ops.repeat_job")[0].details == {"job": again, "task": "probe.task"}
    assert trail("ops.drop_job")[0].user_id == people.gero.user_id


def test_a_job_whose_like_already_waits_is_not_repeated_but_can_be_dropped(people, now):
    add_job("todo", queueing_lock="one")
    failed = add_job(queueing_lock="one")
    with pytest.raises(Conflict, match="Ein gleicher Auftrag wartet schon"):
        jobs.repeat_job(actor=people.gero.actor, now=now, job_id=failed)
    jobs.drop_job(actor=people.gero.actor, now=now, job_id=failed)
    assert status_of(failed) == "cancelled"


@pytest.mark.parametrize("operation", [jobs.repeat_job, jobs.drop_job])
def test_a_job_that_is_not_in_trouble_is_not_touched(people, now, operation):
    running = add_job("doing", worker_silent_for=1)
    for job_id in (running, 999_999):
        with pytest.raises(NotVisible):
            operation(actor=people.gero.actor, now=now, job_id=job_id)
    assert status_of(running) == "doing"


@pytest.mark.parametrize("operation", [jobs.repeat_job, jobs.drop_job])
@pytest.mark.parametrize("who", ["alma", "jan", "lea", "karl", "ede"])
def test_nobody_else_touches_jobs(people, now, operation, who):
    failed = add_job()
    with pytest.raises(Refused):
        operation(actor=people[who].actor, now=now, job_id=failed)
    assert status_of(failed) == "failed"
