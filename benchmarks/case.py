"""The case at work: a moved date with 120 dependent items, the phases of a site, a prison list read in."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg

from benchmarks.timing import side_by_side

ITEMS = 120
ROWS = 10_000

ADD_ITEMS = """
INSERT INTO agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_count, offset_unit, due_on,
    shown_on, state, halt, because, responsible_id, snooze_reason, origin, version, recorded_at)
SELECT %(dossier)s, 1, '', 'Probe ' || n, '', 'RELEASE', -n, 'days', %(on)s::date - n, %(on)s::date - n, 'OPEN', '', '',
    %(who)s, '', 'TYPED', 1, now()
FROM generate_series(1, %(items)s) n
"""
# What a list leaves, without wall, checks and trail of the application: the floor of G12.
STAGING = (
    "CREATE TEMP TABLE bench_list"
    " (id bigint, surname text, given_name text, born_on date, booking text, due date, found_by text[])"
)
FLOOR = """
INSERT INTO access_dossier (id, number, opened_on, is_demo) SELECT id, 'L-' || id, now()::date, true FROM bench_list;
INSERT INTO access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, case_number)
    SELECT id, %(holder)s, 8191, '', tstzrange(now(), NULL), basis, 1
    FROM bench_list, (VALUES ('ASSIGNMENT'), ('TEAM'), ('PRISON')) b (basis);
INSERT INTO cases_participant (dossier_id, surname, given_name, birth_name, sex, born_on, birth_place, nationality,
        language, needs_interpreter, residence_state, residence_postcode, residence_town, residence_district, version)
    SELECT id, surname, given_name, '', 'u', born_on, '', '', 'de', false, 'UNKNOWN', '', '', '', 1 FROM bench_list;
INSERT INTO cases_personkey (dossier_id, kind, value, of_former)
    SELECT id, kind, surname || kind, false FROM bench_list, (VALUES ('SURNAME'), ('SURNAME_SOUND'), ('OTHER'),
        ('OTHER_SOUND'), ('GIVEN'), ('GIVEN_SOUND'), ('WHOLE')) k (kind);
INSERT INTO cases_case (id, dossier_id, number, opened_on, source, version)
    SELECT id, id, 1, now()::date, 'SOCIAL_SERVICE', 1 FROM bench_list;
INSERT INTO cases_caseact (dossier_id, case_id, act, happened_on, recorded_at, recorded_by_id, reason, remark, facts,
        voided_because, corrected_because, version)
    SELECT id, id, act, now()::date, now(), %(who)s, '', '', '{}', '', '', 1
    FROM bench_list, (VALUES ('REFERRED'), ('TAKEN_UP')) a (act);
INSERT INTO cases_assignment (dossier_id, case_id, membership_id, period)
    SELECT id, id, %(who)s, daterange(now()::date, NULL) FROM bench_list;
INSERT INTO cases_controller (dossier_id, case_id, kind, institution_id, after_release, period)
    SELECT id, id, 'JUSTICE', %(prison)s, false, daterange(now()::date, NULL) FROM bench_list;
INSERT INTO cases_custodyperiod (dossier_id, case_id, prison_id, booking_number, custody_kind, enforcement_status,
        authority, authority_reference, department, list_fingerprint, voided_because, corrected_because, version)
    SELECT id, id, %(prison)s, booking, '', '', '', '', '', '', '', '', 1 FROM bench_list;
INSERT INTO cases_releasedatehypothesis (dossier_id, case_id, "on", kind, status, source, asserted_on, recorded_at,
        recorded_by_id, remark, dropped_from, dropped_because, voided_because, corrected_because, version)
    SELECT id, id, due, 'OTHER', 'PLAUSIBLE', 'Liste', now()::date, now(), %(who)s, '', '', '', '', '', 1
    FROM bench_list;
INSERT INTO agenda_timing (dossier_id, case_number, anchor, "on")
    SELECT id, 1, 'REFERRAL', now()::date FROM bench_list;
INSERT INTO agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_count, offset_unit, due_on,
        shown_on, state, halt, because, responsible_id, snooze_reason, origin, version, recorded_at)
    SELECT id, 1, kind, kind, '', 'REFERRAL', 1, 'weeks', due, due, 'OPEN', '', '', %(who)s, '', 'AUTOMATIC', 1, now()
    FROM bench_list, (VALUES ('cases.first_talk'), ('cases.decide_admission')) k (kind);
INSERT INTO cases_worklist (dossier_id, case_id, case_number, unit_id, responsible_id, state, is_open, is_released,
        planning_key, planning_kind, planning_status, due_key, step, name_key, find_keys)
    SELECT id, id, 1, %(prison)s, %(who)s, 'SCREENING', true, false, due, 'OTHER', 'PLAUSIBLE', due, 'COUNSELLING',
        surname, found_by FROM bench_list;
INSERT INTO audit_entry (at, action, actor, dossier_id, subject, reason, details)
    SELECT now(), 'bench', 'bench', id, '', '', '{}' FROM bench_list;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def measure(rounds: int, *, long: bool) -> dict:
    """Timings by name, and the seconds of a list with the seconds of its floor."""
    figures: dict = dict(_moved_date(max(10, rounds // 4)))
    figures |= _phases(max(5, rounds // 10))
    figures["import"] = _import(ROWS if long else ROWS // 10)
    return figures


@contextmanager
def acting(username: str, *, keep: bool = False):
    """A transaction with somebody's eyes; whatever happens in it is undone unless it shall be kept."""
    from django.db import transaction

    from ina.access.context import acting_as
    from ina.access.queries import actor_for
    from ina.accounts.models import User
    from ina.accounts.queries import active_membership
    from ina.base import clock

    user = User.objects.get(username=username)
    position = active_membership(user, None, clock.today())
    assert position is not None
    actor = actor_for(position)
    with transaction.atomic(), acting_as(actor):
        yield actor
        transaction.set_rollback(not keep)


def _moved_date(rounds: int) -> dict:
    from ina.base import clock
    from ina.cases.enums import HypothesisKind, HypothesisStatus
    from ina.cases.operations.release_dates import state_release_date
    from ina.cases.queries import get_file, list_cases
    from ina.cases.queries.release_dates import Change, preview_change
    from ina.cases.rules.release import DateClaim

    today = clock.today()
    with acting("fm0") as actor:
        rows = list_cases(actor, today=today).rows
        line = next(
            row for row in rows
            if row.state == "ADMITTED" and row.planning_date and row.planning_date > today + timedelta(days=40)
        )  # fmt: skip
        file = get_file(actor, line.number, today=today)
    on = file.planning_date - timedelta(days=20)
    claim = DateClaim(on, HypothesisStatus.DECIDED, HypothesisKind.COURT_DECISION)
    who = actor.membership_id
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(ADD_ITEMS, {"dossier": file.dossier.pk, "on": file.planning_date, "who": who, "items": ITEMS})

    def preview() -> None:
        with acting("fm0") as eyes:
            preview_change(eyes, get_file(eyes, line.number, today=today), Change(claim, today), today)

    def apply() -> None:
        with acting("fm0") as eyes:
            state_release_date(
                actor=eyes,
                now=clock.now(),
                case_id=file.case.pk,
                on=on,
                kind=claim.kind,
                status=claim.status,
                source="Beschluss",
                asserted_on=today,
            )

    def floor() -> None:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
            owner.execute(
                "UPDATE agenda_item SET due_on = due_on - 20, shown_on = shown_on - 20"
                " WHERE dossier_id = %s AND anchor = 'RELEASE' AND state = 'OPEN'",
                [file.dossier.pk],
            )
            owner.rollback()

    def eyes_only() -> None:
        with acting("fm0"):
            pass

    return side_by_side(
        {"eyes": eyes_only, "preview 120": preview, "apply 120": apply, "floor: one update": floor}, rounds
    )


def _phases(rounds: int) -> dict:
    from ina.base import clock
    from ina.cases.queries import count_phases

    def phases() -> None:
        with acting("tl0") as actor:
            count_phases(actor, today=clock.today())

    def floor() -> None:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
            owner.execute(
                "SELECT state, is_released, planning_key, count(*) FROM cases_worklist w"
                " WHERE is_open AND team_id = (SELECT m.team_id FROM accounts_membership m"
                " JOIN accounts_user u ON u.id = m.user_id WHERE u.username = 'tl0') GROUP BY 1, 2, 3"
            ).fetchall()

    return side_by_side({"phases of a site": phases, "floor: phases": floor}, rounds, warm_up=1)


def _import(rows: int) -> dict:
    """Seconds for a whole list by the command (read, checked, referred, committed), for the same list again, and for
    COPY and INSERT … SELECT of the same rows without wall."""
    from django.core.management import call_command

    from ina.accounts.models import Membership

    position = Membership.objects.select_related("place", "holder").get(user__username="fm0")
    lines = ["Familienname;Vorname;Geburtsdatum;Buchnummer;voraussichtliche Entlassung"]
    lines += [f"Probe-{n};Robin;{1 + n % 28:02d}.{1 + n % 12:02d}.19{60 + n % 40};L{n};01.03.2031" for n in range(rows)]

    def command(path: Path) -> float:
        begin = time.perf_counter()
        with redirect_stdout(StringIO()):
            call_command("import_prison_list", str(path), "--prison", position.place.key, "--as", "fm0", "--json")
        return time.perf_counter() - begin

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liste.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        floor = _import_floor(rows, position)
        return {"rows": rows, "seconds": command(path), "again": command(path), "floor": floor}


def _import_floor(rows: int, position) -> float:
    from ina.cases.rules.finding import find_keys

    found_by = [find_keys(f"Probe-{n}", "Robin") for n in range(rows)]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, psycopg.ClientCursor(owner) as cursor:
        begin = time.perf_counter()
        cursor.execute(STAGING)
        with cursor.copy("COPY bench_list FROM STDIN") as copy:
            for n in range(rows):
                copy.write_row((10**9 + n, f"Probe-{n}", "Robin", "1980-01-01", f"F{n}", "2031-03-01", found_by[n]))
        cursor.execute(
            FLOOR.encode(),
            {"holder": position.holder.pk, "who": position.pk, "prison": position.place_id},
        )
        taken = time.perf_counter() - begin
        owner.rollback()
    return taken
