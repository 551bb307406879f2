"""What the database itself promises for the tables of the steps: the nightly log-in, and one dossier per branch."""

import pytest
from django.db import IntegrityError, connection, transaction

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
READ_BY_BATCH = {"monitoring_outcomestatus", "profiling_profiling", "planning_integrationplan"}
PRIVATE = {
    "monitoring_contact",
    "profiling_finding",
    "planning_goal",
    "planning_planstep",
}
# By column: who was sent where, when, and what became of it (figures about partners). Never these words.
READ_IN_PART = {
    "network_servicereferral": ("purpose", "result", "need"),
    "network_servicereferralact": ("remark", "basis"),
}


@pytest.mark.parametrize("table", sorted(READ_BY_BATCH | PRIVATE))
def test_the_nightly_log_in_reads_what_the_evaluation_needs_and_no_words(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('ina_batch', %s, 'SELECT'), has_table_privilege('ina_batch', %s, 'UPDATE'),"
            " EXISTS (SELECT FROM pg_policies WHERE tablename = %s AND 'ina_batch' = ANY (roles) AND cmd = 'SELECT')",
            [table, table, table],
        )
        assert cursor.fetchone() == (table in READ_BY_BATCH, False, table in READ_BY_BATCH)


@pytest.mark.parametrize("table", sorted(READ_IN_PART))
def test_the_nightly_log_in_reads_days_and_no_words_of_referrals(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('ina_batch', %s, 'SELECT')", [table])
        assert cursor.fetchone() == (False,)
        for column in READ_IN_PART[table]:
            cursor.execute("SELECT has_column_privilege('ina_batch', %s, %s, 'SELECT')", [table, column])
            assert cursor.fetchone() == (False,), column
        for right in ("INSERT", "UPDATE"):
            cursor.execute("SELECT has_any_column_privilege('ina_batch', %s, %s)", [table, right])
            assert cursor.fetchone() == (False,), right


def test_a_contact_cannot_belong_to_another_dossier_than_its_case(people, bare_sql):
    made, other = (case_for(people.alma, state=State.AFTERCARE) for _ in range(2))
    with bare_sql(people.alma) as cursor:
        insert = (
            "INSERT INTO monitoring_contact (dossier_id, case_id, happened_on, kind, outcome, initiative, place,"
            " content, next_step, recorded_at, recorded_by_id, voided_because, corrected_because, version)"
            " VALUES (%s, %s, '2026-05-05', 'TALK', 'MET', 'STAFF', '', '', '', now(), %s, '', '', 1)"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(insert, [made.dossier_id, made.case_id, people.alma.membership_id])
        with pytest.raises(IntegrityError, match="same_dossier"), transaction.atomic():
            cursor.execute(insert, [other.dossier_id, made.case_id, people.alma.membership_id])
