"""Two people tick the same row in the same moment: one file."""

import threading

from django.db import connections, transaction

from ina.access.context import acting_as
from ina.cases.operations.prison_lists import refer_from_list
from tests.cases.test_prison_lists import TODAY, listed, stage


def test_two_who_tick_the_same_row_open_one_file(committed_db, owner_of_tables, people, now):
    lists = {}
    for who in ("alma", "bert"):
        with transaction.atomic(), acting_as(people[who].actor):
            lists[who] = stage(people[who].actor, people, now, listed(2, "B1"), listed(3, "B2")).pk
    opened, both = [], threading.Barrier(2)

    def tick(who):
        try:
            actor = people[who].actor
            both.wait(10)
            with transaction.atomic(), acting_as(actor):
                opened.append(
                    len(
                        refer_from_list(
                            actor=actor, prisonlistimport_id=lists[who], rows=[2, 3], referred_on=TODAY, now=now
                        )
                    )
                )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tick, args=[who]) for who in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(opened) == [0, 2]
    assert owner_of_tables.execute("SELECT count(*) FROM cases_custodyperiod").fetchone() == (2,)
