"""The trail: operations with their transaction, reads past a rollback; partitions made, dropped, and nothing lost."""

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connections, transaction

from ina.audit.trail import record_read
from ina.cases.enums import State
from ina.cases.models import FirstTalk, Participant
from tests import database
from tests.conftest import NOW, acting
from tests.factories.cases import case_for


@pytest.mark.django_db
def test_what_was_done_stands_in_the_trail_with_ids_only(people, trail):
    made = case_for(people.alma, state=State.SCREENING, surname="Geheimkraut")
    (line,) = trail("cases.refer_person")
    assert (line.actor, line.user_id, line.membership_id) == (
        people.alma.actor.label, people.alma.user_id, people.alma.membership_id,
    )  # fmt: skip
    assert (line.dossier_id, line.subject) == (made.dossier_id, f"cases.case:{made.case_id}")
    assert not any("eheimkraut" in str(one) for one in trail())


@pytest.mark.django_db
def test_a_read_is_kept_with_its_reason(people, trail):
    actor = people.alma.actor
    record_read(action="read.file", actor=actor, now=NOW, dossier_id=7, reason="ASSIGNMENT", tab="plan")
    (line,) = trail("read.file")
    assert (line.dossier_id, line.reason, line.details, line.at) == (7, "ASSIGNMENT", {"tab": "plan"}, NOW)


def test_that_somebody_looked_survives_the_rollback_of_the_request(committed_db, owner_of_tables, people):
    with acting(people.alma) as actor:
        record_read(action="read.file", actor=actor, now=NOW, dossier_id=1)
        transaction.set_rollback(True)
    assert owner_of_tables.execute("SELECT action FROM audit_entry").fetchall() == [("read.file",)]


@pytest.mark.django_db
def test_history_is_walled_like_its_table(people, bare_sql):
    """The lead sees what contacts were changed, the notes' compartment stays closed to her."""
    made = case_for(people.alma)
    with bare_sql(people.alma) as cursor:
        cursor.execute("UPDATE cases_firsttalk SET own_wishes = 'anders' WHERE dossier_id = %s", [made.dossier_id])
        cursor.execute("SELECT count(*) FROM audit_history WHERE dossier_id = %s", [made.dossier_id])
        whole = cursor.fetchone()[0]
    with bare_sql(people.jan) as cursor:
        cursor.execute("SELECT count(*) FROM audit_history WHERE dossier_id = %s", [made.dossier_id])
        assert cursor.fetchone()[0] == whole > 0
    for stranger in (people.cem, people.bert, people.gero):
        with bare_sql(stranger) as cursor:
            cursor.execute("SELECT count(*) FROM audit_history WHERE dossier_id = %s", [made.dossier_id])
            assert cursor.fetchone()[0] == 0
    assert FirstTalk.Personal.compartment != Participant.Personal.compartment


def partitions(connection) -> set[str]:
    rows = connection.execute(
        "SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid"
        " WHERE inhparent IN ('audit_entry'::regclass, 'audit_history'::regclass)"
    )
    return {name for (name,) in rows}


def test_the_nightly_log_in_makes_and_drops_months_and_nobody_else(committed_db, owner_of_tables):
    with connections["batch"].cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions('2024-09-15', 3)")
        assert cursor.fetchone() == (6,)
        cursor.execute("SELECT audit_make_partitions('2024-09-15', 3)")
        assert cursor.fetchone() == (0,)
    assert {"audit_entry_2024_09", "audit_entry_2024_11", "audit_history_2024_10"} <= partitions(owner_of_tables)
    for moment in (datetime(2024, 10, 31, 22, tzinfo=UTC), datetime(2024, 11, 30, 12, tzinfo=UTC), NOW):
        line = (
            "INSERT INTO audit_entry (at, action, actor, subject, reason, details) VALUES (%s, 'x', '', '', '', '{}')"
        )
        owner_of_tables.execute(line, [moment])
    with connections["batch"].cursor() as cursor:
        cursor.execute("SELECT audit_drop_before('2024-11-01')")
        assert cursor.fetchone() == (2,)
    left = partitions(owner_of_tables)
    assert "audit_entry_2024_10" not in left and "audit_entry_2024_11" in left
    assert "audit_history_2024_10" in left, "history dies with the dossier, not with the log"
    assert owner_of_tables.execute("SELECT count(*) FROM audit_entry").fetchone() == (2,)


def test_a_wrong_clock_loses_no_line(committed_db, owner_of_tables):
    for year in (1999, 2077):
        record_read(action="read.file", actor=_system(), now=datetime(year, 1, 1, tzinfo=UTC))
    assert owner_of_tables.execute("SELECT count(*) FROM audit_entry_default").fetchone() == (2,)


def test_partitions_made_by_the_nightly_log_in_are_closed_to_the_application(committed_db):
    with connections["batch"].cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions(%s, 1)", [date(2027, 8, 1)])
    application = psycopg.connect(database.address("DATABASE_URL", committed_db))
    with application, pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("SELECT * FROM audit_entry_2027_08")


def _system():
    from ina.base.actor import System

    return System("probe")
