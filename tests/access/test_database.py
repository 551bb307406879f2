"""What the database promises about itself: walls on every table, roles that own nothing, functions nobody can turn."""

import pytest
from django.db import connection

from tests.access.catalogue import personal_tables, rows

pytestmark = pytest.mark.django_db

# Run by the owner's rights on behalf of the application: each one checks what it does. A new one is added here on
# purpose, after a second look.
OWNERS_HANDS_FOR_APPLICATION = {
    "access_add_deputy_grants",
    "access_add_grant",
    "access_circle",
    "access_close_grants",
    "access_dossier_numbered",
    "access_dossier_numbers",
    "audit_last_jobs",
    "audit_last_uses",
    "access_enter",
    "access_may_grant",
    "access_only_demo",
    "access_open_dossiers",
    "access_open_emergency",
    "cases_ask_giver",
    "cases_ask_link",
    "cases_conceal_history",
    "cases_count_overdue",
    "cases_count_team",
    "cases_count_unit",
    "cases_count_waiting",
    "cases_find",
    "cases_find_alike",
    "cases_find_booked",
    "cases_find_outside",
    "cases_forecast_error",
    "cases_has_died",
    "cases_known_bookings",
    "cases_look_at_offer",
    "cases_may_receive",
    "cases_offers",
    "cases_set_person_keys",
    "cases_settle_link",
    # Links for people without an account, and who hears of what a receiver does.
    "network_try_link",
    "network_ask_new_link",
    "network_told_of",
    "network_look_at",
    "monitoring_try_own_page",
    "monitoring_behind_page",
    "monitoring_led_by",
}
# What the nightly log-in may write.
BATCH_WRITES = {
    "access_draft": {"DELETE"},
    "cases_likenesshint": {"DELETE"},
    "agenda_reminder": {"INSERT"},
    "cases_prisonlistimport": {"DELETE"},
    "cases_savedview": {"DELETE"},
    "cases_listexport": {"DELETE"},
    "cases_prisonlistrow": {"DELETE"},
    "cases_worklist": {"UPDATE"},
}
OURS = "n.nspname = 'public'"


@pytest.fixture
def cursor():
    with connection.cursor() as cursor:
        yield cursor


def test_every_table_about_people_is_walled_and_never_forced(cursor):
    without = [table.name for table in personal_tables(cursor) if not (table.walled or table.is_partition)]
    assert without == [], "no row-level security"
    forced = rows(cursor, "SELECT relname FROM pg_class WHERE relforcerowsecurity")
    assert forced == [], "FORCE blinds the owner's migrations"


def test_every_walled_table_has_a_policy_for_the_application(cursor):
    with_policy = {name for (name,) in rows(cursor, "SELECT tablename FROM pg_policies WHERE 'ina_app' = ANY (roles)")}
    walled = {table.name for table in personal_tables(cursor) if table.walled}
    assert walled <= with_policy


def test_partitions_cannot_be_reached_past_their_parent(cursor):
    partitions = [table for table in personal_tables(cursor) if table.is_partition]
    assert partitions
    for table in partitions:
        for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            allowed = rows(cursor, "SELECT has_table_privilege('ina_app', %s, %s)", table.name, privilege)[0][0]
            assert not allowed, f"ina_app may {privilege} {table.name}"


def test_views_see_with_the_readers_eyes_and_none_is_materialized(cursor):
    found = rows(
        cursor,
        f"SELECT c.relname, c.relkind, coalesce(c.reloptions::text, '') FROM pg_class c"
        f" JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS} AND c.relkind IN ('v', 'm')",
    )
    assert [name for name, kind, _ in found if kind == "m"] == [], "materialized views look past the wall"
    assert [name for name, kind, options in found if kind == "v" and "security_invoker=true" not in options] == []


@pytest.mark.parametrize("role", ["ina_app", "ina_batch", "ina_eval"])
def test_log_ins_own_nothing_and_cannot_bypass(cursor, role):
    flags = rows(
        cursor,
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = %s",
        role,
    )
    assert flags == [(False,) * 5]
    owned = rows(cursor, "SELECT relname FROM pg_class WHERE pg_has_role(%s, relowner, 'MEMBER')", role)
    assert owned == []
    assert rows(cursor, "SELECT has_schema_privilege(%s, 'public', 'CREATE')", role) == [(False,)]


def test_the_application_cannot_empty_a_table(cursor):
    found = rows(
        cursor,
        f"SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS}"
        " AND c.relkind IN ('r', 'p') AND (has_table_privilege('ina_app', c.oid, 'TRUNCATE')"
        " OR has_table_privilege('ina_app', c.oid, 'TRIGGER'))",
    )
    assert found == []


def test_the_evaluator_reads_fact_tables_and_nothing_else(cursor):
    found = rows(
        cursor,
        f"SELECT c.relname, p FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
        f" unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p"
        f" WHERE {OURS} AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege('ina_eval', c.oid, p)",
    )
    wrong = [(name, what) for name, what in found if what != "SELECT" or not name.startswith("evaluation_")]
    wrong += [(name, what) for name, what in found if "fact" not in name]
    assert wrong == []
    with_people = {table.name for table in personal_tables(cursor)}
    assert not with_people & {name for name, _ in found}, "a fact table carries no dossier"


def test_the_nightly_log_in_writes_only_what_it_must(cursor):
    found = rows(
        cursor,
        f"SELECT c.relname, p FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
        f" unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) p"
        f" WHERE {OURS} AND c.relkind IN ('r', 'p') AND has_table_privilege('ina_batch', c.oid, p)",
    )
    people = {table.name for table in personal_tables(cursor)}
    writes: dict[str, set[str]] = {}
    for name, what in found:
        if name in people:
            writes.setdefault(name, set()).add(what)
    assert writes == BATCH_WRITES


def test_functions_with_the_owners_rights_fix_their_search_path(cursor):
    found = rows(
        cursor,
        f"SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS} AND p.prosecdef"
        " AND NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search\\_path=%%')",
    )
    assert found == []


def test_functions_with_the_owners_rights_are_given_one_by_one(cursor):
    found = rows(
        cursor,
        "SELECT p.proname, has_function_privilege('public', p.oid, 'EXECUTE'),"
        " has_function_privilege('ina_app', p.oid, 'EXECUTE'), has_function_privilege('ina_eval', p.oid, 'EXECUTE'),"
        " p.prorettype = 'trigger'::regtype"
        f" FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS} AND p.prosecdef",
    )
    assert [name for name, public, *_ in found if public] == [], "executable by everybody"
    assert [name for name, _, _, evaluator, trigger in found if evaluator and not trigger] == []
    for_application = {name for name, _, application, _, trigger in found if application and not trigger}
    assert for_application == OWNERS_HANDS_FOR_APPLICATION


def test_a_child_belongs_to_the_dossier_of_its_parent(cursor):
    """Foreign keys look past the wall: each one between two tables about people repeats the dossier."""
    people = [t.name for t in personal_tables(cursor) if t.column == "dossier_id" and not t.is_partition]
    found = rows(
        cursor,
        "SELECT conrelid::regclass::text, confrelid::regclass::text,"
        " ARRAY(SELECT attname::text FROM unnest(conkey) k JOIN pg_attribute ON attrelid = conrelid AND attnum = k)"
        " FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)"
        " AND confrelid::regclass::text = ANY (%s)",
        people,
        people,
    )
    assert found
    single = {(child, columns[0], parent) for child, parent, columns in found if len(columns) == 1}
    double = {
        (child, next(c for c in columns if c != "dossier_id"), parent)
        for child, parent, columns in found
        if len(columns) == 2 and "dossier_id" in columns
    }
    assert single - double == set()
