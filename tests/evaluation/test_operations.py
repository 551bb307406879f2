"""Facts are made from the files over the batch log-in, again and again the same, and no other log-in can join them."""

from datetime import date, timedelta
from itertools import product

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from ina.base.actor import System
from ina.base.errors import Refused
from ina.cases.enums import State
from ina.evaluation.operations import Rebuilt, rebuild_facts
from ina.monitoring.operations import record_outcome
from tests import database
from tests.factories.cases import RELEASED_ON, admit, at, case_for, case_of, close, release

FACTS = System("facts")
OUTCOMES = "outcome_0, outcome_3, outcome_6"
COLUMNS = f"prison, age_group, sex, admitted_month, released_month, ended_month, ending_reason, {OUTCOMES}"


def rebuild(now):
    return rebuild_facts(actor=FACTS, now=now)


def facts(owner, columns=COLUMNS):
    return owner.execute(f"SELECT {columns} FROM evaluation_episodefact ORDER BY {columns}").fetchall()


def outcome(actor, made, months, category):
    moment = at(RELEASED_ON + timedelta(days=31 * months))
    record_outcome(actor=actor, case_id=made.case_id, months=months, category=category, source="Gespräch", now=moment)


def test_a_participation_becomes_codes_and_months(committed_db, owner_of_tables, people, act_as, now):
    with act_as(people.alma):
        made = case_for(people.alma, state=State.CLOSED, born_on=date(2001, 5, 5))
        still_inside = case_for(people.alma, state=State.ADMITTED, born_on=None)
        proposed = case_for(people.alma, state=State.SCREENING)
        declined = case_for(people.alma, state=State.DECLINED)
    assert rebuild(now) == Rebuilt(episodes=2, left_out=0)
    assert facts(owner_of_tables) == [
        (
            "jva-duesseldorf", "", "m", date(2026, 3, 1), None, None, "", "", "", "",
        ),
        (
            "jva-duesseldorf", "UNDER_25", "m", date(2026, 3, 1), date(2026, 5, 1), date(2026, 11, 1),
            "REGULAR_6M_IN_WORK", "", "", "",
        ),
    ]  # fmt: skip
    cases = {row[0] for row in owner_of_tables.execute("SELECT case_id FROM evaluation_pseudonym")}
    assert cases == {made.case_id, still_inside.case_id}
    assert not cases & {proposed.case_id, declined.case_id}


def test_outcomes_stand_at_their_points_and_unrecorded_ones_are_empty(
    committed_db, owner_of_tables, people, act_as, now
):
    with act_as(people.alma) as actor:
        made = case_for(people.alma, state=State.AFTERCARE)
        outcome(actor, made, 0, "UNEMPLOYED")
        outcome(actor, made, 6, "INSURED_FULL_TIME")
    rebuild(now)
    assert facts(owner_of_tables, OUTCOMES) == [("UNEMPLOYED", "", "INSURED_FULL_TIME")]


def test_the_age_group_is_that_of_the_day_of_release(committed_db, owner_of_tables, people, act_as, now):
    assert date(2026, 5, 4) == RELEASED_ON
    expected = {
        date(2001, 5, 5): "UNDER_25",  # 25 on the day after release
        date(2001, 5, 4): "FROM_25_TO_54",
        date(1971, 5, 5): "FROM_25_TO_54",
        date(1971, 5, 4): "FROM_55",
    }
    with act_as(people.alma):
        groups = {case_for(people.alma, state=State.AFTERCARE, born_on=day).case_id: expected[day] for day in expected}
    rebuild(now)
    found = owner_of_tables.execute(
        "SELECT case_id, age_group FROM evaluation_pseudonym JOIN evaluation_episodefact USING (pseudonym)"
    )
    assert dict(found.fetchall()) == groups


def test_errors_and_duplicates_are_left_out(committed_db, owner_of_tables, people, act_as, now):
    with act_as(people.alma) as actor:
        case_for(people.alma, state=State.AFTERCARE)
        wrong = case_for(people.alma, state=State.SCREENING)
        admit(actor, case_of(wrong))
        release(actor, case_of(wrong))
        close(actor, case_of(wrong), reason="ERROR_OR_DUPLICATE", remark="zweimal angelegt")
    assert rebuild(now) == Rebuilt(episodes=1, left_out=1)
    assert facts(owner_of_tables, "ending_reason") == [("",)]


def test_pseudonyms_are_stable_and_facts_follow_the_files(committed_db, owner_of_tables, people, act_as, now):
    with act_as(people.alma):
        made = case_for(people.alma, state=State.AFTERCARE)
    rebuild(now)
    before = facts(owner_of_tables, "pseudonym, outcome_6")
    rebuild(now)
    assert facts(owner_of_tables, "pseudonym, outcome_6") == before
    with act_as(people.alma) as actor:
        outcome(actor, made, 6, "SELF_EMPLOYED")
    rebuild(now)
    assert facts(owner_of_tables, "pseudonym, outcome_6") == [(before[0][0], "SELF_EMPLOYED")]


def test_the_fact_of_a_deleted_case_stays_without_a_way_back(committed_db, owner_of_tables, people, act_as, now):
    with act_as(people.alma):
        case_for(people.alma, state=State.AFTERCARE)
        kept = case_for(people.alma, state=State.AFTERCARE)
    rebuild(now)
    before = facts(owner_of_tables, "pseudonym")
    owner_of_tables.execute("DELETE FROM evaluation_pseudonym WHERE case_id <> %s", [kept.case_id])
    owner_of_tables.execute("DELETE FROM cases_caseact WHERE case_id <> %s", [kept.case_id])
    assert rebuild(now).episodes == 2
    assert facts(owner_of_tables, "pseudonym") == before


def test_deleting_a_case_deletes_its_pseudonym(committed_db, owner_of_tables):
    (rule,) = owner_of_tables.execute(
        "SELECT confdeltype FROM pg_constraint WHERE conrelid = 'evaluation_pseudonym'::regclass"
        " AND confrelid = 'cases_case'::regclass"
    ).fetchone()
    assert rule in ("c", b"c")


def test_a_rebuild_is_in_the_trail_with_counts_only(committed_db, people, act_as, now, trail):
    with act_as(people.alma):
        case_for(people.alma, state=State.AFTERCARE)
    rebuild(now)
    (line,) = trail("evaluation.rebuild_facts")
    assert line.actor == "system:facts"
    assert line.dossier_id is None
    assert line.details == {"episodes": 1, "left_out": 0}


def test_nobody_but_a_job_may_rebuild(committed_db, people, now):
    with pytest.raises(Refused):
        rebuild_facts(actor=people.ede.actor, now=now)


def test_the_command_answers_with_json_only(committed_db, people, act_as, capsys):
    with act_as(people.alma):
        case_for(people.alma, state=State.AFTERCARE)
    call_command("rebuild_facts", as_json=True)
    assert capsys.readouterr().out.replace(" ", "").replace("\n", "") == '{"episodes":1,"left_out":0}'


# --- who can read what ------------------------------------------------------------------------------------------------

OWN = ("evaluation_episodefact", "evaluation_factbuild")


def log_in(variable, name):
    return psycopg.connect(database.address(variable, name), autocommit=True)


def test_the_application_cannot_touch_facts(committed_db):
    statements = ("SELECT count(*) FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "TRUNCATE {}")
    with log_in("DATABASE_URL", committed_db) as connection:
        for table, statement in product((*OWN, "evaluation_pseudonym"), statements):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.format(table))


def test_the_evaluator_reads_facts_and_nothing_else(committed_db, owner_of_tables):
    tables = [
        row[0]
        for row in owner_of_tables.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
        )
    ]
    assert set(OWN) < set(tables)
    readable = set()
    with log_in("DATABASE_EVALUATION_URL", committed_db) as connection:
        for table in tables:
            try:
                connection.execute(f'SELECT * FROM "{table}" LIMIT 1')
                readable.add(table)
            except psycopg.errors.InsufficientPrivilege:
                pass
        for table in OWN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"DELETE FROM {table}")
    assert readable == set(OWN)


def test_facts_carry_no_dossier_no_name_and_no_day(committed_db, owner_of_tables, people, act_as, now):
    columns = owner_of_tables.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'evaluation_episodefact'"
    ).fetchall()
    assert not {name for name, _ in columns} & {"id", "dossier_id", "case_id", "surname", "born_on"}
    with act_as(people.alma):
        case_for(people.alma, state=State.CLOSED)
    rebuild(now)
    days = [name for name, kind in columns if kind == "date"]
    assert days
    for row in facts(owner_of_tables, ", ".join(days)):
        assert {day.day for day in row if day} == {1}


def test_the_batch_log_in_sees_the_way_back(committed_db, people, act_as, now):
    with act_as(people.alma):
        case_for(people.alma, state=State.AFTERCARE)
    rebuild(now)
    with connections["batch"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evaluation_pseudonym JOIN evaluation_episodefact USING (pseudonym)")
        assert cursor.fetchone() == (1,)
