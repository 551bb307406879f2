"""What only committed rows can show: hints are forgotten by the nightly log-in, history cannot be rewritten."""

from datetime import timedelta

import psycopg.errors
import pytest
from django.db import ProgrammingError, connections

from ina.cases.queries import find_alike
from ina.cases.rules.likeness import Sheet


def test_old_hints_are_forgotten_and_new_ones_stay(people, committed_db, act_as, now):
    for given_at in (now - timedelta(days=15), now):
        with act_as(people.alma) as actor:
            find_alike(actor, Sheet(surname="Wermut", given_name="Quentin"), given_at)
    with connections["batch"].cursor() as cursor:
        cursor.execute("DELETE FROM cases_likenesshint WHERE given_at < %s", [now - timedelta(days=14)])
        assert cursor.rowcount == 1
        with pytest.raises(ProgrammingError) as raised:
            cursor.execute("SELECT * FROM cases_personkey")
        assert isinstance(raised.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_history_itself_still_cannot_be_changed(committed_db, owner_of_tables):
    owner_of_tables.execute(
        "INSERT INTO audit_history (at, table_name, row_id, dossier_id, compartment, op, actor, old)"
        " VALUES (now(), 'cases_participant', 1, 1, 2, 'update', '', '{}')"
    )
    for change in ("old = '{\"a\": 1}'", "compartment = 1", "compartment = 64, actor = 'x'"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            owner_of_tables.execute(f"UPDATE audit_history SET {change}")
