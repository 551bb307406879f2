"""All that happens by the clock, in one table. Times are UTC; each job may run twice without harm.

=================  ==============  ==================================================================
job                when            why
=================  ==============  ==================================================================
retry_stalled      every minute    a killed worker leaves its job "doing" for ever (stack T10)
deliver_links      every minute    links for partners that wait for the mail server, or for its return
make_partitions    02:05           the trail of the next two months has its place
drop_old_log       02:10           § 35 Abs. 4 JVollzDSG NRW: log data die after the dated parameter
remind_of_items    02:15           who has tasks and deadlines is reminded, once a day at most, and the lead later
discard_lists      02:20           rows of prison lists that nobody ticked are forgotten
lapse_handovers    02:17           offers that nobody answered lapse; giver and lead are asked
forget_drafts      02:25           forms that nobody sent, hints at double files that nobody followed
forget_exports     02:27           workbooks of lists of cases that nobody needs any more: all of the days before
compare_worklist   02:30           list rows are what the facts say (counted, mended, reported)
count_cooperation  02:35           times and outcomes of referrals by partner, without small numbers
rebuild_facts      02:40           the evaluator's tables
clear_sessions     02:50           ended sessions
drop_old_jobs      02:55           finished background jobs of the last month
=================  ==============  ==================================================================
"""

from __future__ import annotations

import logging
from datetime import datetime, time

from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from ina.accounts.operations.sessions import forget_sessions
from ina.agenda.nightly import remind
from ina.audit.trail import record_read
from ina.base.actor import System
from ina.base.clock import BERLIN, day_of, now
from ina.cases.operations import handovers
from ina.cases.operations.worklist import compare_all
from ina.evaluation.operations import rebuild_facts as rebuild_evaluation_facts
from ina.network.operations import count_cooperation as count_network
from ina.network.queue import deliver_due
from ina.reference.queries import parameter

log = logging.getLogger("ina.ops")
STALLED_AFTER_SECONDS = 60
OLD_EXPORTS = "DELETE FROM cases_listexport WHERE asked_at < %s"
KEEP_FINISHED_JOBS_HOURS = 24 * 30


def periodic(cron: str):
    """A job by the clock: never twice in the queue, never two at once."""

    def decorate(function):
        name = f"ops.{function.__name__}"
        task = app.task(name=name, queueing_lock=name, lock=name)(function)
        return app.periodic(cron=cron)(task)

    return decorate


@app.periodic(cron="* * * * *")
@app.task(name="ops.retry_stalled", queueing_lock="ops.retry_stalled", pass_context=True)
async def retry_stalled(context, timestamp: int) -> None:
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        log.warning("Job %s (%s) was left by its worker and is done again", stalled.id, stalled.task_name)
        await manager.retry_job(stalled)


@periodic("* * * * *")
def deliver_links(timestamp: int) -> None:
    deliver_due(now())


@periodic("5 2 * * *")
def make_partitions(timestamp: int) -> None:
    with connections["batch"].cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions(%s, 3)", [day_of(now()).replace(day=1)])


@periodic("10 2 * * *")
def drop_old_log(timestamp: int) -> None:
    today = day_of(now())
    limit = parameter("retention_log", on=today).before(today)
    with connections["batch"].cursor() as cursor:
        cursor.execute("SELECT audit_drop_before(%s)", [limit])
        dropped = cursor.fetchone()[0]
    record_read(action="job.drop_old_log", actor=System("drop_old_log"), now=now(), partitions=dropped)


@periodic("15 2 * * *")
def remind_of_items(timestamp: int) -> None:
    reminded = remind(now())
    record_read(action="job.remind_of_items", actor=System("remind_of_items"), now=now(), **vars(reminded))


@periodic("20 2 * * *")
def discard_lists(timestamp: int) -> None:
    limit = parameter("prison_list_draft", on=day_of(now())).before(day_of(now()))
    with connections["batch"].cursor() as cursor:
        cursor.execute(
            "DELETE FROM cases_prisonlistrow WHERE prison_list_id IN"
            " (SELECT id FROM cases_prisonlistimport WHERE uploaded_at < %s OR finished_at < %s)",
            [limit, limit],
        )
        cursor.execute("DELETE FROM cases_prisonlistimport WHERE uploaded_at < %s OR finished_at < %s", [limit, limit])
        deleted = cursor.rowcount
    record_read(action="job.discard_lists", actor=System("discard_lists"), now=now(), lists=deleted)


@periodic("17 2 * * *")
def lapse_handovers(timestamp: int) -> None:
    handovers.lapse_handovers(now())


@periodic("25 2 * * *")
def forget_drafts(timestamp: int) -> None:
    limit = parameter("form_draft", on=day_of(now())).before(day_of(now()))
    with connections["batch"].cursor() as cursor:
        cursor.execute("DELETE FROM access_draft WHERE saved_at < %s", [limit])
        drafts = cursor.rowcount
        cursor.execute("DELETE FROM cases_likenesshint WHERE given_at < %s", [limit])
        hints = cursor.rowcount
    record_read(action="job.forget_drafts", actor=System("forget_drafts"), now=now(), drafts=drafts, hints=hints)


@periodic("27 2 * * *")
def forget_exports(timestamp: int) -> None:
    with connections["batch"].cursor() as cursor:
        cursor.execute(
            "DELETE FROM cases_listexport WHERE asked_at < %s", [datetime.combine(day_of(now()), time.min, BERLIN)]
        )
        deleted = cursor.rowcount
    record_read(action="job.forget_exports", actor=System("forget_exports"), now=now(), exports=deleted)


@periodic("30 2 * * *")
def compare_worklist(timestamp: int) -> None:
    wrong = compare_all()
    record_read(action="job.compare_worklist", actor=System("compare_worklist"), now=now(), mended=wrong)
    if wrong:
        log.error("%s list rows were not what the facts say and have been mended", wrong)


@periodic("35 2 * * *")
def count_cooperation(timestamp: int) -> None:
    count_network(actor=System("count_cooperation"), now=now())


@periodic("40 2 * * *")
def rebuild_facts(timestamp: int) -> None:
    rebuild_evaluation_facts(actor=System("facts"), now=now())


@periodic("50 2 * * *")
def clear_sessions(timestamp: int) -> None:
    with transaction.atomic():
        call_command("clearsessions")
        forget_sessions(actor=System("clear_sessions"), now=now())


@periodic("55 2 * * *")
def drop_old_jobs(timestamp: int) -> None:
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=KEEP_FINISHED_JOBS_HOURS)
    connection.close()
