"""Background jobs as an operator sees them: which failed or were left by their worker; do them again, or drop them.

Arguments of jobs are ids and are not shown: whoever looks after the installation sees no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from ina.base.actor import Actor
from ina.base.errors import Conflict, NotVisible
from ina.base.operation import note, operation
from ina.base.policy import Verdict, allowed_if

OPERATORS = frozenset({"SYSTEM_ADMIN"})
# A worker that was not heard for so long has left its jobs; ``schedule.retry_stalled`` hands them on a little later.
LEFT_AFTER_SECONDS = 30

TROUBLED = """
SELECT j.id, j.task_name, j.status::text, j.attempts,
       (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)
FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'failed' OR (j.status = 'doing'
      AND coalesce(w.last_heartbeat < clock_timestamp() - make_interval(secs => %(left_after)s), true))
ORDER BY j.id DESC LIMIT %(limit)s
"""
# The library cancels only jobs that still wait; a failed one would have to wait again first, and might collide there.
DROP = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status IN ('failed', 'doing') RETURNING id"


@dataclass(frozen=True)
class TroubledJob:
    id: int
    task: str
    failed: bool
    attempts: int
    at: datetime | None

    @property
    def word(self) -> str:
        return "gescheitert" if self.failed else "stehen geblieben"


def may_look_after(actor: Actor) -> Verdict:
    return allowed_if(actor.role in OPERATORS, "Den Zustand der Installation sieht und ordnet die Systemverwaltung.")


def list_troubled_jobs(limit: int = 200) -> list[TroubledJob]:
    """Jobs that failed for good, or whose worker has gone; newest first."""
    with connection.cursor() as cursor:
        cursor.execute(TROUBLED, {"left_after": LEFT_AFTER_SECONDS, "limit": limit})
        return [
            TroubledJob(id=pk, task=task, failed=status == "failed", attempts=attempts, at=at)
            for pk, task, status, attempts, at in cursor.fetchall()
        ]


def last_signs() -> tuple[datetime | None, datetime | None]:
    """When a worker was last heard, and when a job was last done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers), "
            "(SELECT at FROM procrastinate_events WHERE type = 'succeeded' ORDER BY id DESC LIMIT 1)"
        )
        return cursor.fetchone()


@operation("ops.repeat_job", may=may_look_after)
def repeat_job(*, actor: Actor, now: datetime, job_id: int) -> None:
    """Put a failed or left job back into the queue; it asks its policy again when it runs.

    Raises NotVisible, and Conflict where an equal job waits already.
    """
    job = _troubled(job_id)
    note(job=job.id, task=job.task)
    try:
        app.job_manager.retry_job_by_id(job_id=job.id, retry_at=now)
    except ConnectorException as error:
        raise Conflict("Ein gleicher Auftrag wartet schon. Diesen können Sie verwerfen.") from error


@operation("ops.drop_job", may=may_look_after)
def drop_job(*, actor: Actor, now: datetime, job_id: int) -> None:
    """Give a failed or left job up. It stays in the records as cancelled. Raises NotVisible, Conflict."""
    job = _troubled(job_id)
    note(job=job.id, task=job.task)
    with connection.cursor() as cursor:
        cursor.execute(DROP, [job.id])
        if cursor.fetchone() is None:
            raise Conflict("Dieser Auftrag ist inzwischen erledigt oder läuft wieder.")


def _troubled(job_id: int) -> TroubledJob:
    found = next((job for job in list_troubled_jobs(limit=10_000) if job.id == job_id), None)
    if found is None:
        raise NotVisible()
    return found
