"""The checks of an installation, each sound and each with its fault."""

import json
from collections import namedtuple
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader

from ina.accounts.crypto import KeyProblem
from ina.base.clock import now
from ina.ops import health
from ina.ops.health import State

SPACE = namedtuple("usage", "total used free")


@pytest.mark.django_db
def test_a_sound_installation_has_no_failure_but_the_missing_worker(now):
    answers = {answer.key: answer for answer in health.check_all(now)}
    assert len(answers) == len(health.CHECKS)
    failed = {key for key, answer in answers.items() if answer.state is State.FAIL}
    assert failed <= {"worker"}
    assert answers["wall"].found.endswith("keine Lücke")


@pytest.mark.parametrize(
    ("sql", "hole"),
    [
        ("CREATE TABLE leak (id int, dossier_id bigint)", "leak (Zeilenrechte ausgeschaltet)"),
        (
            "CREATE TABLE leak (dossier_id bigint); ALTER TABLE leak ENABLE ROW LEVEL SECURITY",
            "leak (ohne Regel für die Anwendung)",
        ),
        ("CREATE VIEW leak AS SELECT id AS dossier_id FROM access_dossier", "leak (Sicht ohne security_invoker)"),
        (
            "CREATE MATERIALIZED VIEW leak AS SELECT 1 AS dossier_id",
            "leak (Materialisierte Sicht: kennt keine Zeilenrechte)",
        ),
        ("GRANT SELECT ON audit_entry_default TO ina_app", "audit_entry_default (Partition, unmittelbar lesbar)"),
        ("ALTER TABLE access_dossier DISABLE ROW LEVEL SECURITY", "access_dossier (Zeilenrechte ausgeschaltet)"),
    ],
)
def test_every_hole_in_the_wall_is_named(committed_db, owner_of_tables, now, sql, hole):
    assert health.check_wall(now).state is State.OK
    owner_of_tables.execute(sql)
    owner_of_tables.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO ina_app") if "TABLE leak" in sql else None
    answer = health.check_wall(now)
    assert answer.state is State.FAIL
    assert hole in answer.found
    assert answer.advice


def test_a_view_with_the_readers_rights_is_no_hole(committed_db, owner_of_tables, now):
    owner_of_tables.execute(
        "CREATE VIEW fine WITH (security_invoker = true) AS SELECT id AS dossier_id FROM access_dossier"
    )
    assert health.check_wall(now).state is State.OK


def test_a_missing_migration_is_named(committed_db, owner_of_tables, now):
    assert health.check_migrations(now).state is State.OK
    ((_, newest),) = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes("reference")
    owner_of_tables.execute("DELETE FROM django_migrations WHERE app = 'reference' AND name = %s", [newest])
    answer = health.check_migrations(now)
    assert (answer.state, f"reference.{newest}" in answer.found) == (State.FAIL, True)


def test_a_missing_month_of_the_trail_is_named(committed_db, owner_of_tables, now):
    assert "09/2030" in health.check_partitions(now.replace(year=2030, month=8, day=31)).found
    owner_of_tables.execute("SELECT audit_make_partitions('2030-08-01', 2)")
    assert health.check_partitions(now.replace(year=2030, month=8, day=31)).state is State.OK


def test_an_owner_may_not_serve_the_application(committed_db, owner_of_tables):
    assert health.application_role_faults(owner_of_tables)


@pytest.mark.django_db
def test_a_foreign_key_file_is_a_failure(now, monkeypatch):
    monkeypatch.setattr(health, "check_keys", lambda: [KeyProblem("field", "Die Schlüsseldatei fehlt.")])
    answer = health.check_key_files(now)
    assert (answer.state, answer.advice) == (State.FAIL, "Die Schlüsseldatei fehlt.")


@pytest.mark.parametrize(
    ("free", "state"), [(3 * 1024**3, State.OK), (1024**3, State.WARN), (100 * 1024**2, State.FAIL)]
)
def test_little_space_is_said_in_time(now, monkeypatch, free, state):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SPACE(10, 0, free))
    assert health.check_disk(now).state is state


@pytest.mark.django_db
@pytest.mark.parametrize(("off", "state"), [(0, State.OK), (30, State.WARN), (7200, State.FAIL)])
def test_a_wrong_clock_is_noticed(now, monkeypatch, off, state):
    real = health.clock.now
    monkeypatch.setattr(health.clock, "now", lambda: real() + timedelta(seconds=off))
    assert health.check_clock(now).state is state


@pytest.mark.parametrize(("silent", "state"), [(10, State.OK), (600, State.FAIL), (None, State.FAIL)])
def test_a_silent_worker_is_a_failure(now, monkeypatch, silent, state):
    heard = now - timedelta(seconds=silent) if silent is not None else None
    monkeypatch.setattr(health.jobs, "last_signs", lambda: (heard, now))
    answer = health.check_worker(now)
    assert answer.state is state
    assert "zuletzt erledigt 23.11.2026, 12:00" in answer.found


def test_without_mail_people_are_told_that_it_works_on_paper(now, settings):
    settings.EMAIL_HOST = ""
    assert "Papier" in health.check_mail(now).found
    settings.EMAIL_HOST = "mail.example"
    assert "mail.example" in health.check_mail(now).found


def test_a_check_that_cannot_be_made_does_not_hide_the_others(now, monkeypatch):
    def away(now):
        raise DatabaseError("connection refused\nmore")

    monkeypatch.setattr(health, "CHECKS", {"Erste": away, "Zweite": health.check_mail})
    first, second = health.check_all(now)
    assert (first.label, first.state, first.found) == ("Erste", State.FAIL, "nicht prüfbar: connection refused")
    assert second.key == "mail"


@pytest.mark.django_db
def test_doctor_prints_the_same_answers(monkeypatch):
    out = StringIO()
    sound = [health.Check("mail", "E-Mail", State.WARN, "keiner", "Eintragen.")]
    monkeypatch.setattr(health, "check_all", lambda now: sound)
    call_command("doctor", "--json", stdout=out)
    document = json.loads(out.getvalue())
    assert document == {
        "sound": True,
        "checks": [{"key": "mail", "label": "E-Mail", "state": "warn", "found": "keiner", "advice": "Eintragen."}],
    }
    out = StringIO()
    monkeypatch.setattr(health, "check_all", lambda now: [*sound, health.Check("wall", "Wand", State.FAIL, "Loch")])
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "→ Eintragen." in out.getvalue() and "Loch" in out.getvalue()


@pytest.mark.django_db
def test_liveness_needs_no_log_in_and_tells_nothing(client, monkeypatch):
    response = client.get("/gesund/")
    assert (response.status_code, response.content) == (200, b"ok")
    monkeypatch.setattr("ina.ops.liveness.is_alive", lambda: False)
    assert client.get("/gesund/").status_code == 503


def test_a_database_that_is_away_is_not_alive(monkeypatch):
    class Away:
        def cursor(self):
            raise DatabaseError("away")

    monkeypatch.setattr(health, "connections", {"default": Away()})
    assert health.is_alive() is False


def test_that_there_is_no_scanner_is_said_plainly(settings):
    settings.CLAMAV_SOCKET = ""
    found = health.check_scanner(now())
    assert found.state is State.OK and "nicht geprüft, kein Virenscanner eingerichtet" in found.found


def test_a_scanner_that_is_silent_is_a_fault(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody.sock")
    found = health.check_scanner(now())
    assert found.state is State.FAIL and "antwortet nicht" in found.found and "CLAMAV_SOCKET" in found.advice


def test_a_scanner_that_answers_is_in_order(settings, monkeypatch):
    settings.CLAMAV_SOCKET = "/run/clamd.sock"
    monkeypatch.setattr("ina.documents.uploads._ask", lambda request: "PONG")
    assert health.check_scanner(now()).state is State.OK
