"""The jobs by the clock as an operator sees them: when each ran last, what it found, and which are overdue.

When a job ran stands in the tables of the queue, what it found in the trail (``job.<name>``, numbers only). Both are
read without a file of a participant.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, connections
from procrastinate.contrib.django import app

from ina.base import clock
from ina.ops.checks import Check, State, moment

# A nightly job that did not succeed for so long is overdue; the one of every minute much sooner.
NIGHTLY, MINUTELY = timedelta(hours=26), timedelta(minutes=10)
# So long a job may wait for the worker.
SLOW, STUCK = timedelta(minutes=5), timedelta(hours=1)
# What each job is for; a test fails for a job without words.
WORDS = {
    "retry_stalled": (
        "Liegengebliebenes wieder aufnehmen",
        "Aufträge eines abgestürzten Prozesses laufen noch einmal.",
    ),
    "deliver_links": (
        "Links an Stellen zustellen",
        "Verschickt, was auf den Mailserver wartet; nichts ohne Einwilligung.",
    ),
    "make_partitions": ("Protokoll: Platz für die nächsten Monate", "Legt die Tabellen der nächsten Monate an."),
    "drop_old_log": (
        "Protokoll: Altes löschen",
        "Löscht Monate, deren Frist abgelaufen ist (§ 35 Abs. 4 JVollzDSG NRW).",
    ),
    "remind_of_items": ("An Aufgaben und Fristen erinnern", "Erinnert Zuständige, später auch die Leitung."),
    "lapse_handovers": ("Übergaben verfallen lassen", "Angebote, auf die niemand geantwortet hat."),
    "discard_lists": ("Gefangenenlisten vergessen", "Löscht hochgeladene Listen nach ihrer Frist."),
    "forget_drafts": (
        "Entwürfe vergessen",
        "Löscht nicht abgeschickte Formulare und alte Hinweise auf doppelte Akten.",
    ),
    "forget_exports": ("Auszüge löschen", "Löscht bestellte Auszüge aus Falllisten am nächsten Tag."),
    "compare_worklist": ("Falllisten vergleichen", "Prüft jede Listenzeile gegen die Fakten und stellt sie richtig."),
    "count_cooperation": (
        "Zahlen über Stellen",
        "Zählt, wie lange Antwort und Ankunft dauern; kleine Zahlen bleiben weg.",
    ),
    "rebuild_facts": ("Zahlen für die Auswertung", "Baut die Tabellen der Auswertung neu auf."),
    "clear_sessions": ("Sitzungen aufräumen", "Löscht abgelaufene Anmeldungen."),
    "drop_old_jobs": ("Alte Aufträge löschen", "Löscht Einträge erledigter Aufträge nach 30 Tagen."),
}
# Numbers of the trail in words.
FOUND = {
    "partitions": "gelöschte Monate",
    "lists": "gelöschte Listen",
    "drafts": "gelöschte Entwürfe",
    "hints": "gelöschte Hinweise",
    "mended": "richtiggestellte Zeilen",
    "exports": "gelöschte Auszüge",
}

LAST = """
SELECT wanted.name,
       (SELECT max(e.at) FROM procrastinate_events e JOIN (
            SELECT job_id FROM procrastinate_periodic_defers d WHERE d.task_name = wanted.name
            ORDER BY d.defer_timestamp DESC LIMIT 40) recent ON recent.job_id = e.job_id
        WHERE e.type = 'succeeded')
FROM unnest(%s::text[]) wanted(name)
"""
WAITING = """
SELECT count(*), min(coalesce(j.scheduled_at, e.at))
FROM procrastinate_jobs j
LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON true
WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= %s)
"""
INSTALLED = "SELECT min(applied) FROM django_migrations"
FINDINGS = "SELECT action, at, details FROM audit_last_jobs(%s)"


@dataclass(frozen=True)
class Run:
    """A job by the clock. ``at``: its last success, None when there is none; ``found``: its numbers in words."""

    name: str
    label: str
    meaning: str
    when: str
    at: datetime | None
    overdue: bool
    found: str

    @property
    def mark(self) -> str:
        return "late" if self.overdue else "done" if self.at else "open"

    @property
    def word(self) -> str:
        return "überfällig" if self.overdue else "erledigt" if self.at else "noch nicht gelaufen"


def periodic_jobs() -> dict[str, str]:
    """All jobs by the clock, name and cron, as they are registered."""
    from ina.ops import schedule  # noqa: F401 - registers them; imports half of the house

    tasks = app.periodic_registry.periodic_tasks.values()
    return {each.task.name.removeprefix("ops."): each.cron for each in tasks}


def list_runs(now: datetime) -> list[Run]:
    """All jobs by the clock in their order, with their last success."""
    jobs = periodic_jobs()
    with connection.cursor() as cursor:
        cursor.execute(LAST, [[f"ops.{name}" for name in jobs]])
        last = {name.removeprefix("ops."): at for name, at in cursor.fetchall()}
        cursor.execute(INSTALLED)
        installed = cursor.fetchone()[0] or now
    findings = _findings(now)
    return [
        Run(
            name=name,
            label=WORDS[name][0] if name in WORDS else name,
            meaning=WORDS[name][1] if name in WORDS else "",
            when=_when(cron, now),
            at=last[name],
            # What never ran is overdue once the installation is older than a night.
            overdue=now - (last[name] or installed) > _patience(cron),
            found=_in_words(findings.get(name, {})),
        )
        for name, cron in sorted(jobs.items(), key=lambda each: _minute(each[1]))
    ]


def check_runs(now: datetime) -> Check:
    label = "Regelmäßige Arbeiten"
    runs = list_runs(now)
    late = [run.label for run in runs if run.overdue]
    if late:
        return Check(
            "runs",
            label,
            State.FAIL,
            f"überfällig: {', '.join(late)}",
            "Läuft der Hintergrundprozess (script/ina work)? Gescheitertes steht unter „Gescheiterte Aufträge“.",
        )
    waiting = sum(run.at is None for run in runs)
    found = f"{len(runs)} Arbeiten, keine überfällig"
    return Check(
        "runs", label, State.OK, f"{found}; {waiting} laufen in der Nacht zum ersten Mal" if waiting else found
    )


def check_backlog(now: datetime) -> Check:
    label = "Wartende Aufträge"
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [now])
        count, oldest = cursor.fetchone()
    if not count:
        return Check("backlog", label, State.OK, "keine")
    found = f"{count}, der älteste seit {moment(oldest)}" if oldest else str(count)
    late = now - oldest if oldest else timedelta(0)
    if late > SLOW:
        state = State.FAIL if late > STUCK else State.WARN
        advice = "Der Hintergrundprozess kommt nicht nach oder steht: script/ina work starten, notfalls einen zweiten."
        return Check("backlog", label, state, found, advice)
    return Check("backlog", label, State.OK, found)


def check_list_rows(now: datetime) -> Check:
    """The nightly comparison of list rows with the facts: none should ever be wrong."""
    label, mended = "Falllisten", _findings(now).get("compare_worklist", {}).get("mended")
    if mended is None:
        return Check("list_rows", label, State.OK, "in den letzten zwei Nächten nicht verglichen")
    if mended:
        return Check(
            "list_rows",
            label,
            State.WARN,
            f"{mended} Zeilen waren falsch und sind richtiggestellt",
            "Die Listen stimmen wieder. Geschieht das öfter, ist es ein Fehler im Programm: bitte melden.",
        )
    return Check("list_rows", label, State.OK, "verglichen, keine Zeile war falsch")


def _findings(now: datetime) -> dict[str, dict]:
    """By job: the numbers of its last run within two nights. Read where they are written: the second connection."""
    with connections["log"].cursor() as cursor:
        cursor.execute(FINDINGS, [now - 2 * NIGHTLY])
        return {action.removeprefix("job."): _numbers(details) for action, _, details in cursor.fetchall()}


def _numbers(details) -> dict:
    return json.loads(details) if isinstance(details, str) else details


def _in_words(found: dict) -> str:
    return ", ".join(f"{word}: {found[name]}" for name, word in FOUND.items() if name in found)


def _patience(cron: str) -> timedelta:
    return MINUTELY if cron.startswith("*") else NIGHTLY


def _minute(cron: str) -> int:
    minute, hour = cron.split()[:2]
    return int(hour) * 60 + int(minute) if minute.isdigit() and hour.isdigit() else -1


def _when(cron: str, now: datetime) -> str:
    if _minute(cron) < 0:
        return "jede Minute"
    hour, minute = divmod(_minute(cron), 60)
    local = now.astimezone(UTC).replace(hour=hour, minute=minute).astimezone(clock.BERLIN)
    return f"täglich {local:%H:%M} Uhr"
