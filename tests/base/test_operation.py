"""One transaction, one trace, events after the commit: with a database in which everything really commits."""

import threading
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from ina.base import events
from ina.base.clock import now as present
from ina.base.errors import Conflict, Invalid
from ina.cases.enums import State
from ina.cases.events import PersonAdmitted, PersonReferred
from ina.cases.models import CaseAct
from ina.cases.operations import acts
from tests.conftest import acting
from tests.factories.cases import case_for


@dataclass(frozen=True)
class Probe:
    number: int


@pytest.fixture
def heard(monkeypatch):
    """Everything that was told to subscribers in this test."""
    told: list = []
    for kind in (Probe, PersonReferred, PersonAdmitted):
        monkeypatch.setitem(events._subscribers, kind, [told.append])
    return told


def test_events_are_told_after_the_commit_and_not_after_a_rollback(committed_db, heard, people):
    with transaction.atomic():
        case_for(people.alma, state=State.ADMITTED)
        assert heard == []
    assert [type(event) for event in heard] == [PersonReferred, PersonAdmitted]
    heard.clear()
    with transaction.atomic():
        events.publish(Probe(1))
        transaction.set_rollback(True)
    assert heard == []


def test_a_failing_subscriber_harms_nobody(committed_db, heard, monkeypatch, caplog):
    def fail(event):
        raise RuntimeError("out of order")

    monkeypatch.setitem(events._subscribers, Probe, [fail, heard.append])
    with transaction.atomic():
        events.publish(Probe(2))
    assert heard == [Probe(2)]
    assert "A subscriber of Probe failed" in caplog.text


def test_a_failed_operation_leaves_neither_rows_nor_trace(committed_db, owner_of_tables, people):
    with transaction.atomic():
        made = case_for(people.alma, state=State.SCREENING)
    before = owner_of_tables.execute("SELECT count(*) FROM audit_entry").fetchone()
    with pytest.raises(Invalid), acting(people.alma) as actor:
        acts.admit(
            actor=actor, case_id=made.case_id, admitted_on=present().date(), participation_on=present().date(),
            data_use_on=None, text_version="1", now=present(),
        )  # fmt: skip
    assert owner_of_tables.execute("SELECT count(*) FROM audit_entry").fetchone() == before
    assert owner_of_tables.execute("SELECT count(*) FROM access_consent").fetchone() == (0,)


def test_of_two_at_once_one_is_told_that_somebody_was_faster(committed_db, people):
    with transaction.atomic():
        made = case_for(people.alma, state=State.SCREENING)
    with acting(people.alma):
        from tests.factories.cases import case_of

        version = case_of(made).version
    inside, go_on, outcome = threading.Event(), threading.Event(), []

    def decide(first: bool) -> None:
        try:
            with acting(people.alma) as actor:
                if not first:
                    assert inside.wait(10)
                acts.decline(
                    actor=actor, case_id=made.case_id, version=version, happened_on=present().date(), now=present()
                )
                if first:
                    inside.set()
                    go_on.wait(1)  # the other one waits for the lock meanwhile
            outcome.append("done")
        except Conflict as conflict:
            outcome.append(conflict.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[first]) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcome)[1:] == ["done"] and "jemand anderes gespeichert" in sorted(outcome)[0]
    with acting(people.alma):
        assert CaseAct.objects.unscoped(because="a test counts").filter(case_id=made.case_id).count() == 3
