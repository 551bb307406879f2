"""The wall, table by table and person by person, in bare SQL: what is hidden exists and is shown to somebody else.

Tables are found in the catalogue. A new one needs a row made by ``tests.factories`` and nothing here, unless it is
walled in a way of its own (``OWN_WAYS``).
"""

from datetime import timedelta

import psycopg.errors
import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction

from ina.access.enums import Compartment as C
from tests.access.catalogue import personal_tables, rows
from tests.factories.everything import everything_for
from tests.people import CAST

pytestmark = pytest.mark.django_db

# By hand, from domain section 8 and section 5 of the architecture: what each person sees of the case that Alma leads
# (custody phase, JVA Düsseldorf). Whoever is not named sees nothing.
EVERYTHING = frozenset(C)
OF_ALMAS_CASE = {
    "alma": EVERYTHING,
    "jan": EVERYTHING - {C.CONFIDENTIAL, C.HEALTH},
    "hanna": frozenset({C.CASE, C.IDENTITY, C.CUSTODY, C.VOCATIONAL, C.PLAN, C.CONTACTS, C.JOB, C.CONSENT}),
}
OF_CEMS_CASE = {
    "cem": EVERYTHING,
    "uwe": EVERYTHING - {C.CONFIDENTIAL, C.HEALTH},
    "vera": frozenset({C.CASE, C.IDENTITY, C.CUSTODY, C.VOCATIONAL, C.PLAN, C.CONTACTS, C.JOB, C.CONSENT}),
}
# Tables that are not walled by one compartment: who sees rows of Alma's dossier (or upload) there.
OWN_WAYS = {
    "access_draft": {"alma"},
    "access_grant": {"alma", "jan", "hanna", "bert"},  # one's own grants; Bert's emergency is over
    "audit_entry": {"alma", "jan", "hanna", "karl"},
    "audit_history": {"alma", "jan", "hanna"},
    # The rows made there tell of case and identity; what else a row may need: test_papers_of_a_row.
    "documents_dispatch": {"alma", "jan", "hanna"},
    "documents_document": {"alma", "jan", "hanna"},
    "documents_documentcontent": {"alma", "jan", "hanna"},
    "documents_documentversion": {"alma", "jan", "hanna"},
    "documents_signature": {"alma", "jan", "hanna"},
    # What was delivered is open to its receiver as well: Rita's house. The rows there tell of no health.
    # The rows there tell of no health.
    "monitoring_folderline": {"alma", "jan", "hanna"},
    "monitoring_standardcheck": {"alma", "jan", "hanna"},
    "network_disclosure": {"alma", "jan", "rita"},
    "network_disclosureanswer": {"alma", "jan", "rita"},
    "network_disclosurecontent": {"alma", "jan", "rita"},
    "cases_likenesshint": {"alma"},
    "cases_prisonlistimport": {"alma"},
    "cases_savedview": {"alma"},
    "cases_listexport": {"alma"},
    "cases_prisonlistrow": {"alma"},
}
# Rows that exist only after release: the prison's social service reads no longer.
AFTER_RELEASE = {
    "monitoring_aftercarereport",
    "monitoring_closingreport",
    "monitoring_outcomestatus",
    "monitoring_ownpage",
}


def compartment_of(table: str) -> C:
    (model,) = [model for model in apps.get_models() if model._meta.db_table == table]
    return C(model.Personal.compartment)


def sees(person: str, table: str) -> bool:
    if table in OWN_WAYS:
        return person in OWN_WAYS[table]
    if person == "hanna" and table in AFTER_RELEASE:
        return False
    return compartment_of(table) in OF_ALMAS_CASE.get(person, frozenset())


@pytest.fixture
def made(people, moment):
    return everything_for(people, moment)


@pytest.fixture
def tables():
    with connection.cursor() as cursor:
        return [table for table in personal_tables(cursor) if not table.is_partition]


def of_alma(table, made) -> list[int]:
    return made.dossiers if table.column != "holder_id" else [made.holder_id]


def count(cursor, table, made) -> int:
    return rows(cursor, f"SELECT count(*) FROM {table.name} WHERE {table.column} = ANY (%s)", of_alma(table, made))[0][
        0
    ]


def test_every_table_has_a_row_to_hide(people, made, tables, bare_sql):
    with bare_sql(people.alma) as cursor:
        empty = [table.name for table in tables if count(cursor, table, made) == 0]
    assert empty == [], "tests.factories.everything makes no row there"


@pytest.mark.parametrize("person", CAST)
def test_person_sees_in_each_table_what_the_matrix_says(person, people, made, tables, bare_sql):
    with bare_sql(people[person]) as cursor:
        shown = {table.name: count(cursor, table, made) > 0 for table in tables}
    assert shown == {table.name: sees(person, table.name) for table in tables}


def test_history_opens_the_compartments_that_its_reader_has(people, made, bare_sql):
    for person, compartments in OF_ALMAS_CASE.items():
        with bare_sql(people[person]) as cursor:
            found = rows(
                cursor, "SELECT DISTINCT compartment FROM audit_history WHERE dossier_id = %s", made.dossier_id
            )
        assert found and {C(bit) for (bit,) in found} <= compartments


@pytest.mark.parametrize("holders", ["", "0", "-1", "999999999", "9223372036854775807"])
def test_nobody_and_strangers_see_nothing(holders, made, tables):
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_enter(%s, NULL, '', '')", [holders])
        found = {t.name: rows(cursor, f"SELECT count(*) FROM {t.name}")[0][0] for t in tables}
    assert not any(found.values()), found


@pytest.mark.parametrize("holders", ["abc", ",", "1,,2", "1;2", "{1}", "1 OR true", "9223372036854775808"])
def test_nonsense_for_holders_is_an_error_and_no_row(holders, made):
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_enter(%s, NULL, '', '')", [holders])
        with pytest.raises(DataError), transaction.atomic():
            cursor.execute("SELECT * FROM cases_participant")


def test_anonymous_after_alma_sees_nothing_in_the_same_transaction(people, made, act_as):
    """SET LOCAL outlives the release of a savepoint; ``acting_as`` restores (stack T3)."""
    with connection.cursor() as cursor:
        with act_as(people.alma):
            assert rows(cursor, "SELECT count(*) FROM cases_participant")[0][0] > 0
        assert rows(cursor, "SELECT count(*) FROM cases_participant")[0][0] == 0


def test_the_inner_actor_does_not_borrow_from_the_outer(people, made, act_as):
    with act_as(people.alma), connection.cursor() as cursor:
        with act_as(people.tina):
            assert rows(cursor, "SELECT count(*) FROM cases_participant")[0][0] == 0
        assert rows(cursor, "SELECT count(*) FROM cases_participant")[0][0] > 0


@pytest.mark.parametrize("person", ["cem", "bert", "gero", "tina"])
def test_rows_of_others_cannot_be_changed_or_deleted(person, people, made, tables, bare_sql):
    with bare_sql(people[person]) as cursor:
        for table in tables:
            for statement in (
                f"UPDATE {table.name} SET {table.column} = {table.column} WHERE {table.column} = ANY (%s)",
                f"DELETE FROM {table.name} WHERE {table.column} = ANY (%s)",
            ):
                try:
                    with transaction.atomic():
                        cursor.execute(statement, [of_alma(table, made)])
                        assert cursor.rowcount == 0, statement
                except ProgrammingError as error:
                    assert isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege), statement


def test_rows_cannot_be_put_into_the_file_of_others(people, made, tables, bare_sql):
    with bare_sql(people.alma) as cursor:
        copies = {}
        for table in tables:
            if table.column == "dossier_id" and table.name != "audit_entry":
                copies[table.name] = rows(
                    cursor,
                    f"SELECT to_jsonb(t)::text FROM {table.name} t WHERE dossier_id = ANY (%s) LIMIT 1",
                    made.dossiers,
                )[0][0]
    assert len(copies) > 8
    with bare_sql(people.cem) as cursor:
        for name, copy in copies.items():
            with pytest.raises(ProgrammingError) as raised, transaction.atomic():
                cursor.execute(
                    f"INSERT INTO {name} SELECT (jsonb_populate_record(NULL::{name}, %s::jsonb || '{{\"id\": 77}}')).*",
                    [copy],
                )
            assert isinstance(raised.value.__cause__, psycopg.errors.InsufficientPrivilege), name


def test_own_rows_cannot_be_pushed_into_the_file_of_others(people, made, tables, bare_sql):
    with bare_sql(people.cem) as cursor:
        pushed = 0
        for table in tables:
            if table.name in OWN_WAYS or table.column != "dossier_id":
                continue
            try:
                with transaction.atomic():
                    cursor.execute(
                        f"UPDATE {table.name} SET dossier_id = %s WHERE dossier_id = %s",
                        [made.dossier_id, made.cems.dossier_id],
                    )
                    assert cursor.rowcount == 0, table.name
            except ProgrammingError as error:
                assert isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege), table.name
                pushed += 1
        assert pushed > 5


def test_a_row_cannot_name_a_parent_in_another_file(people, made, bare_sql):
    with bare_sql(people.cem) as cursor, pytest.raises(IntegrityError, match="same_dossier"), transaction.atomic():
        cursor.execute(
            "INSERT INTO cases_firsttalk (dossier_id, case_id, held_on, held_by_id, place, informed, told_voluntary,"
            " own_wishes, present, topics, answer, recorded_at, voided_because, corrected_because, version)"
            " VALUES (%s, %s, '2026-11-01', %s, '', true, true, '', '', '[]', '', now(), '', '', 1)",
            [made.cems.dossier_id, made.case_id, people.cem.membership_id],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO access_grant (dossier_id, holder_id, compartments, purpose, valid, basis)"
        " VALUES (%s, %s, 8191, '', tstzrange(now(), NULL), 'ORDER')",
        "UPDATE access_grant SET compartments = 8191 WHERE dossier_id = %s AND holder_id = %s",
        "DELETE FROM access_grant WHERE dossier_id = %s AND holder_id = %s",
        "SELECT access_add_grant(%s, %s, 8191, '', now(), NULL, 'ORDER', NULL, NULL)",
        "SELECT access_close_grants(%s, %s, NULL, NULL, now())",
    ],
)
def test_nobody_gives_themselves_a_grant(statement, people, made, bare_sql):
    with bare_sql(people.cem) as cursor, pytest.raises(ProgrammingError) as raised, transaction.atomic():
        cursor.execute(statement, [made.dossier_id, people.cem.own_holder])
    assert isinstance(raised.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_somebody_else_can_open_no_emergency_for_alma(people, made, bare_sql):
    with bare_sql(people.tina) as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute(
            "SELECT access_open_emergency(%s, %s, 8191, 'wir wollen das auch einmal sehen', now(), now() + %s)",
            [made.number, people.alma.own_holder, timedelta(hours=24)],
        )


def test_the_trail_can_be_neither_changed_nor_forged_away(people, made, bare_sql):
    for statement in ("UPDATE audit_entry SET actor = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
        with bare_sql(people.alma) as cursor, pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(statement)
    for statement in (
        "INSERT INTO audit_history (at, table_name, row_id, dossier_id, compartment, op, actor, old)"
        " VALUES (now(), 'cases_case', 1, 1, 1, 'update', '', '{}')",
        "SELECT audit_drop_before('2026-11-01')",
        "SELECT audit_make_partitions('2026-11-01', 1)",
    ):
        with bare_sql(people.alma) as cursor, pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.parametrize(("person", "shows"), [("alma", False), ("cem", True), ("uwe", True), ("vera", True)])
def test_the_other_side_has_its_own_case(person, shows, people, made, bare_sql):
    with bare_sql(people[person]) as cursor:
        found = rows(cursor, "SELECT count(*) FROM cases_case WHERE dossier_id = %s", made.cems.dossier_id)[0][0] > 0
    assert found is shows is (C.CASE in OF_CEMS_CASE.get(person, ()))
