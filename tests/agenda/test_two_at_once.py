"""Two people move the same date within the same second: both are done, one after the other, nothing twice."""

import threading
from datetime import date

from django.db import connections, transaction

from ina.access.context import acting_as
from ina.agenda.enums import Anchor
from ina.agenda.operations import course
from tests.agenda.conftest import CASE, bare_case


def test_two_move_a_release_at_once(committed_db, owner_of_tables, people, now):
    with transaction.atomic():
        made = bare_case(people.alma)
    actor, errors = people.alma.actor, []
    start = threading.Barrier(2)

    def move(day):
        try:
            start.wait(10)
            with transaction.atomic(), acting_as(actor):
                course.set_anchor(
                    dossier_id=made.dossier_id, case_number=CASE, anchor=Anchor.RELEASE, on=day,
                    responsible_id=actor.membership_id, now=now,
                )  # fmt: skip
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=move, args=[date(2027, month, 1)]) for month in (3, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    (day,) = owner_of_tables.execute('SELECT "on" FROM agenda_timing WHERE case_number = 7').fetchone()
    rows = owner_of_tables.execute(
        "SELECT count(*), count(DISTINCT (kind, offset_count, offset_unit)),"
        " bool_and(kind <> 'probe_folder' OR due_on = %s) FROM agenda_item WHERE case_number = 7",
        [day],
    ).fetchone()
    assert rows == (8, 8, True)
