"""Is this installation sound? One function per question; each answers in words, with what to do.

The page for operators (``ops.status``) and ``script/ina doctor`` show the same answers. Nothing here changes anything.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import django
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

import ina
from ina.accounts.crypto import check_keys, fingerprints
from ina.base import clock
from ina.documents.uploads import scanner_state
from ina.ops import care, jobs, runs
from ina.ops.checks import Check, State, moment
from ina.ops.database_roles import OLDEST_SERVER, application_role_faults

# The trail's log-in is always the application's, also in a process that works as the owner.
APPLICATION = "log"
SLOW_CLOCK, WRONG_CLOCK = timedelta(seconds=5), timedelta(minutes=1)
LITTLE_SPACE, NO_SPACE = 2 * 1024**3, 512 * 1024**2
SILENT_WORKER = timedelta(seconds=60)


def check_all(now: datetime) -> list[Check]:
    """All answers. A check that cannot be made is a failure with its reason, and the others are still made."""
    answers: list[Check] = []
    for label, check in CHECKS.items():
        try:
            answers.append(check(now))
        except (DatabaseError, OSError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            key = check.__name__.removeprefix("check_")
            answers.append(
                Check(
                    key, label, State.FAIL, f"nicht prüfbar: {reason}", "Läuft die Datenbank, und stimmt die Adresse?"
                )
            )
    return answers


def is_sound(answers: list[Check]) -> bool:
    return all(answer.state is not State.FAIL for answer in answers)


def is_alive() -> bool:
    """The database answers."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def check_versions(now: datetime) -> Check:
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, server = cursor.fetchone()
    found = (
        f"ina {ina.__version__}, Python {platform.python_version()}, Django {django.__version__}, PostgreSQL {server}"
    )
    if number < OLDEST_SERVER:
        return Check("versions", "Versionen", State.FAIL, found, "Gebraucht wird PostgreSQL 15 oder neuer.")
    return Check("versions", "Versionen", State.OK, found)


def check_database_role(now: datetime) -> Check:
    connection = connections[APPLICATION]
    connection.ensure_connection()
    reasons = application_role_faults(connection.connection)
    label = "Anmeldung an der Datenbank"
    if reasons:
        advice = "Die Anwendung braucht ein Konto, dem nichts gehört: script/ina database_roles zeigt das SQL."
        return Check("database_role", label, State.FAIL, "; ".join(reasons), advice)
    return Check("database_role", label, State.OK, "besitzt nichts und umgeht keine Zeilenrechte")


WALLS = """
SELECT c.relname,
       CASE WHEN c.relkind = 'm' THEN 'Materialisierte Sicht: kennt keine Zeilenrechte'
            WHEN c.relispartition THEN 'Partition, unmittelbar lesbar'
            WHEN c.relkind = 'v' THEN 'Sicht ohne security_invoker'
            WHEN NOT c.relrowsecurity THEN 'Zeilenrechte ausgeschaltet'
            ELSE 'ohne Regel für die Anwendung' END
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  AND (c.relname = 'access_dossier' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'dossier_id' AND NOT a.attisdropped))
  AND (has_table_privilege(current_user, c.oid, 'SELECT') OR has_any_column_privilege(current_user, c.oid, 'SELECT'))
  AND CASE WHEN c.relkind = 'v' THEN
                NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)
           WHEN c.relkind = 'm' OR c.relispartition THEN true
           ELSE NOT c.relrowsecurity OR NOT EXISTS (
                SELECT FROM pg_policy p WHERE p.polrelid = c.oid
                  AND (p.polroles = '{0}' OR current_user::regrole::oid = ANY (p.polroles))) END
ORDER BY 1
"""
WALLED = """
SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND c.relrowsecurity AND NOT c.relispartition
"""


def check_wall(now: datetime) -> Check:
    """Every table that the application can read and that names a dossier has row-level security and a policy."""
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute(WALLS)
        holes = [f"{table} ({reason})" for table, reason in cursor.fetchall()]
        cursor.execute(WALLED)
        walled = cursor.fetchone()[0]
    if holes or not walled:
        found = "Ohne Schutz: " + ", ".join(holes) if holes else "keine einzige Tabelle hat Zeilenrechte"
        return Check(
            "wall",
            "Zeilenrechte",
            State.FAIL,
            found,
            "Anwendung anhalten und die Migrationen prüfen: script/ina migrate.",
        )
    return Check("wall", "Zeilenrechte", State.OK, f"{walled} Tabellen mit Regel, keine Lücke")


def check_migrations(now: datetime) -> Check:
    executor = MigrationExecutor(connections[APPLICATION])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _ in waiting[:5])
        found = f"{len(waiting)} noch nicht ausgeführt: {names}" + (" …" if len(waiting) > 5 else "")
        return Check("migrations", "Aufbau der Datenbank", State.FAIL, found, "script/ina migrate ausführen.")
    return Check("migrations", "Aufbau der Datenbank", State.OK, "auf dem Stand dieser Version")


def check_key_files(now: datetime) -> Check:
    shown = ", ".join(f"{name} {value[:8]}" for name, value in sorted(fingerprints().items()))
    problems = check_keys()
    if problems:
        return Check("key_files", "Schlüssel", State.FAIL, shown, " ".join(problem.message for problem in problems))
    return Check("key_files", "Schlüssel", State.OK, f"Fingerabdrücke: {shown}")


def check_mail(now: datetime) -> Check:
    if settings.DEMO:
        return Check("mail", "E-Mail", State.OK, "In der Vorführung wird nichts verschickt.")
    if not settings.EMAIL_HOST:
        return Check("mail", "E-Mail", State.OK, "kein Mailserver eingetragen; alles geht auf Papier")
    return Check("mail", "E-Mail", State.OK, f"über {settings.EMAIL_HOST}, Absender {settings.DEFAULT_FROM_EMAIL}")


def check_scanner(now: datetime) -> Check:
    label = "Virenscanner"
    if not settings.CLAMAV_SOCKET:
        found = "nicht geprüft, kein Virenscanner eingerichtet; bei jeder hochgeladenen Datei steht das dabei"
        return Check("scanner", label, State.OK, found)
    if wrong := scanner_state():
        advice = f"Läuft clamd, und stimmt CLAMAV_SOCKET ({settings.CLAMAV_SOCKET})?"
        return Check("scanner", label, State.FAIL, wrong, advice)
    return Check("scanner", label, State.OK, "erreichbar; jede hochgeladene Datei wird geprüft")


def check_worker(now: datetime) -> Check:
    label = "Hintergrundaufträge"
    heard, finished = jobs.last_signs()
    seen = f"zuletzt erledigt {moment(finished)}" if finished else "noch kein Auftrag erledigt"
    if heard is None or now - heard > SILENT_WORKER:
        since = f"letztes Lebenszeichen {moment(heard)}" if heard else "kein Lebenszeichen"
        return Check(
            "worker", label, State.FAIL, f"{since}; {seen}", "Den Hintergrundprozess starten: script/ina work."
        )
    return Check("worker", label, State.OK, f"Der Hintergrundprozess läuft; {seen}")


def check_failed_jobs(now: datetime) -> Check:
    troubled = len(jobs.list_troubled_jobs())
    if troubled:
        found = "1 Auftrag" if troubled == 1 else f"{troubled} Aufträge"
        return Check(
            "failed_jobs",
            "Gescheiterte Aufträge",
            State.WARN,
            f"{found} gescheitert oder stehen geblieben",
            "Unter Zustand › Gescheiterte Aufträge wiederholen oder verwerfen.",
        )
    return Check("failed_jobs", "Gescheiterte Aufträge", State.OK, "keine")


def check_disk(now: datetime) -> Check:
    free = shutil.disk_usage(settings.INA_HOME).free
    found = f"{free / 1024**3:.1f} GB frei".replace(".", ",")
    if free < LITTLE_SPACE:
        state = State.FAIL if free < NO_SPACE else State.WARN
        return Check("disk", "Speicherplatz", state, found, "Auf dem Datenträger der Datenablage Platz schaffen.")
    return Check("disk", "Speicherplatz", State.OK, found)


def check_clock(now: datetime) -> Check:
    before = clock.now()
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    between = before + (clock.now() - before) / 2
    apart = abs(there - between)
    found = f"Anwendung und Datenbank liegen {apart.total_seconds():.1f} s auseinander".replace(".", ",")
    if apart > SLOW_CLOCK:
        state = State.FAIL if apart > WRONG_CLOCK else State.WARN
        return Check("clock", "Uhrzeit", state, found, "Beide Rechner mit einem Zeitserver abgleichen.")
    return Check("clock", "Uhrzeit", State.OK, found)


def check_partitions(now: datetime) -> Check:
    """The trail has a place for this month and the next; otherwise lines gather where no month can be dropped."""
    missing = list(_missing_partitions(now))
    if missing:
        return Check(
            "partitions",
            "Protokoll",
            State.WARN,
            f"Monate ohne eigene Tabelle: {', '.join(missing)}",
            "Das erledigt nachts der Auftrag make_partitions: Läuft der Hintergrundprozess?",
        )
    return Check("partitions", "Protokoll", State.OK, "dieser und der nächste Monat sind angelegt")


def _missing_partitions(now: datetime) -> Iterator[str]:
    today = clock.day_of(now)
    next_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    for month in (today, next_month):
        for table in ("audit_entry", "audit_history"):
            with connections[APPLICATION].cursor() as cursor:
                cursor.execute("SELECT to_regclass(%s) IS NULL", [f"public.{table}_{month:%Y_%m}"])
                if cursor.fetchone()[0]:
                    yield f"{table} {month:%m/%Y}"


CHECKS: dict[str, Callable[[datetime], Check]] = {
    "Versionen": check_versions,
    "Anmeldung an der Datenbank": check_database_role,
    "Zeilenrechte": check_wall,
    "Aufbau der Datenbank": check_migrations,
    "Schlüssel": check_key_files,
    "Hintergrundaufträge": check_worker,
    "Gescheiterte Aufträge": check_failed_jobs,
    "Wartende Aufträge": runs.check_backlog,
    "Regelmäßige Arbeiten": runs.check_runs,
    "Falllisten": runs.check_list_rows,
    "Protokoll": check_partitions,
    "E-Mail": check_mail,
    "Virenscanner": check_scanner,
    "Speicherplatz": check_disk,
    "Uhrzeit": check_clock,
    "Sicherung": care.check_backup,
    "Texte des Betreibers": care.check_texts,
    "Ortsverzeichnis": care.check_places,
    "Verzeichnis": care.check_directory,
}
