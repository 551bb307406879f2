"""The people of a measurement: N dossiers with one case each, in every state, spread over 40 prisons.

Case managers carry 50 dossiers, 40 of them running. The first prison has 25,000 dossiers (a quarter of all where there
are fewer than 100,000): its team lead and its social service are the readers at whom designs die. Dossiers of one case
manager lie scattered in the tables, as they do after years. Everything is invented.
"""

from __future__ import annotations

from datetime import date, datetime

import psycopg

from benchmarks import desk, steps
from benchmarks.bulk import set_sequences, without_indexes
from ina.access.enums import Basis
from ina.access.rules import compartments_for
from ina.base.names import sort_key
from ina.cases.rules.finding import find_keys
from ina.cases.rules.likeness import match_keys

PRISONS = 40
CASELOAD = 50
RUNNING = 40
BIG_SITE = 25_000
# Scatters ids: shares no factor with the sizes, which are powers of ten.
STRIDE = 7919

GIVEN = "Alwin Berta Cord Dorle Egon Frauke Gunnar Henrike Ingo Jette Karsten Lore Momme Nele Ortwin Petra".split()  # noqa: SIM905
STEMS = "Ahorn Buche Distel Efeu Farn Ginster Hasel Iris Kerbel Linde Mohn Nelke Öhmd Primel Quendel Rüster".split()  # noqa: SIM905
ENDINGS = ["", "mann", "hoff", "kamp", "feld", "bach", "berg", "brink", "hagen", "horst", "siek", "wald", "weg", "rode"]
SURNAMES = [stem + ending for stem in STEMS for ending in ENDINGS]

STAFF = """
CREATE TEMP TABLE bench_site AS
    SELECT row_number() OVER (ORDER BY i.id) - 1 AS site, i.id AS prison_id, h.id AS prison_holder
    FROM institutions_institution i JOIN access_holder h ON h.institution_id = i.id
    WHERE i.kind IN ('PRISON', 'YOUTH_ARREST') ORDER BY i.id LIMIT %(prisons)s;
INSERT INTO accounts_team (institution_id, name)
    SELECT c.id, 'Bench ' || site FROM bench_site,
        (SELECT id FROM institutions_institution WHERE kind = 'CARRIER' ORDER BY id LIMIT 1) c;
INSERT INTO accounts_user (password, username, display_name, email, is_active, is_demo, created_at, version)
    SELECT '!', 'fm' || m, 'Fallführung ' || m, '', true, true, %(now)s, 1
        FROM generate_series(0, %(managers)s - 1) m
    UNION ALL SELECT '!', 'tl' || site, 'Teamleitung ' || site, '', true, true, %(now)s, 1 FROM bench_site
    UNION ALL SELECT '!', 'sd' || site, 'Sozialdienst ' || site, '', true, true, %(now)s, 1 FROM bench_site
    UNION ALL SELECT '!', 'sa0', 'Systemadministration', '', true, true, %(now)s, 1
    UNION ALL SELECT '!', 'ds0', 'Datenschutz', '', true, true, %(now)s, 1;
CREATE TEMP TABLE bench_manager AS
    SELECT m, CASE WHEN m < %(big)s THEN 0
                   ELSE 1 + ((m - %(big)s) * (%(prisons)s - 1)) / (%(managers)s - %(big)s) END AS site
    FROM generate_series(0, %(managers)s - 1) m;
INSERT INTO accounts_membership (user_id, institution_id, place_id, team_id, role, starts_on, version)
    SELECT u.id, t.institution_id, s.prison_id, t.id, 'CASE_MANAGER', %(start)s, 1
        FROM bench_manager JOIN bench_site s USING (site)
        JOIN accounts_user u ON u.username = 'fm' || m JOIN accounts_team t ON t.name = 'Bench ' || site
    UNION ALL SELECT u.id, t.institution_id, s.prison_id, t.id, 'TEAM_LEAD', %(start)s, 1
        FROM bench_site s
        JOIN accounts_user u ON u.username = 'tl' || site JOIN accounts_team t ON t.name = 'Bench ' || site
    UNION ALL SELECT u.id, s.prison_id, NULL, NULL, 'PRISON_SOCIAL', %(start)s, 1
        FROM bench_site s JOIN accounts_user u ON u.username = 'sd' || site
    UNION ALL SELECT u.id, (SELECT min(id) FROM institutions_institution WHERE kind = 'MINISTRY'), NULL, NULL, role,
        %(start)s, 1
        FROM (VALUES ('sa0', 'SYSTEM_ADMIN'), ('ds0', 'DATA_PROTECTION')) o (username, role)
        JOIN accounts_user u USING (username);
"""

PEOPLE = """
CREATE TEMP TABLE bench_person AS
WITH spread AS (
    SELECT i, (i * %(stride)s) %% %(size)s AS p, mod(i * 2654435761, 997)::integer AS r
    FROM generate_series(0::bigint, %(size)s - 1) i
), placed AS (
    SELECT i + 1 AS id, p / %(caseload)s AS m, r, p %% %(caseload)s AS place,
        CASE WHEN p %% %(caseload)s < %(running)s THEN
                CASE (p %% %(caseload)s) %% 10 WHEN 0 THEN 'SCREENING' WHEN 1 THEN 'WAITING' WHEN 7 THEN 'AFTERCARE'
                    WHEN 8 THEN 'AFTERCARE' WHEN 9 THEN 'PAUSED' ELSE 'ADMITTED' END
             ELSE CASE p %% 5 WHEN 0 THEN 'DECLINED' WHEN 1 THEN 'REJECTED' ELSE 'CLOSED' END END AS state
    FROM spread
), dated AS (
    SELECT *,
        CASE WHEN state IN ('AFTERCARE', 'PAUSED') THEN %(today)s - 1 - r %% 180
             WHEN state = 'CLOSED' THEN %(today)s - 190 - r * 2 END AS released_on
    FROM placed
)
SELECT d.*, b.site, x.id AS membership_id, h.id AS holder_id, x.team_id, th.id AS team_holder,
    s.prison_id, s.prison_holder,
    (%(surnames)s::text[])[1 + (d.id * 31 + r) %% %(n_surnames)s] AS surname,
    (%(surname_keys)s::text[])[1 + (d.id * 31 + r) %% %(n_surnames)s] AS surname_key,
    (%(given)s::text[])[1 + r %% %(n_given)s] AS given_name,
    (%(given_keys)s::text[])[1 + r %% %(n_given)s] AS given_key,
    CASE WHEN released_on IS NOT NULL THEN released_on - 200 - r %% 300
         WHEN state = 'ADMITTED' THEN %(today)s - 30 - r %% 370
         WHEN state IN ('DECLINED', 'REJECTED') THEN %(today)s - 60 - r
         ELSE %(today)s - r %% 20 END AS referred_on,
    coalesce(released_on, %(today)s + 1 + r %% 720) AS planned_on,
    state IN ('ADMITTED', 'AFTERCARE', 'PAUSED', 'CLOSED') AS admitted,
    state NOT IN ('CLOSED', 'DECLINED', 'REJECTED') AS is_open
FROM dated d JOIN bench_manager b USING (m) JOIN bench_site s USING (site)
    JOIN accounts_user u ON u.username = 'fm' || m
    JOIN accounts_membership x ON x.user_id = u.id JOIN access_holder h ON h.membership_id = x.id
    JOIN access_holder th ON th.team_id = x.team_id
ORDER BY d.id;
ANALYZE bench_person;
"""

ROWS = """
INSERT INTO access_dossier (id, number, opened_on, is_demo)
    SELECT id, to_char(referred_on, 'YYYY') || '-' || lpad(id::text, greatest(5, length(id::text)), '0'), referred_on,
        true FROM bench_person;
INSERT INTO access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, case_number)
    SELECT id, holder_id, %(assignment)s, '', tstzrange(referred_on, NULL), 'ASSIGNMENT', 1 FROM bench_person
    UNION ALL SELECT id, team_holder, %(team)s, '', tstzrange(referred_on, NULL), 'TEAM', 1 FROM bench_person
    UNION ALL SELECT id, prison_holder, %(prison)s, '', tstzrange(referred_on, NULL), 'PRISON', 1 FROM bench_person;
INSERT INTO access_consent (dossier_id, purpose, given_on, text_version, language, interpreter, guardian, on_paper,
        recorded_at, recorded_by_id, withdrawn_by_channel, voided_because, corrected_because, version)
    SELECT id, purpose, referred_on + 14, '2026-01', 'de', '', '', true, %(now)s, membership_id, '', '', '', 1
    FROM bench_person, (VALUES ('PARTICIPATION'), ('DATA_USE')) AS p (purpose) WHERE admitted;
INSERT INTO cases_participant (id, dossier_id, surname, given_name, birth_name, sex, born_on, birth_place,
        nationality, language, needs_interpreter, residence_state, residence_postcode, residence_town,
        residence_district, version)
    SELECT id, id, surname, given_name, '', CASE WHEN r %% 10 = 0 THEN 'w' ELSE 'm' END,
        %(today)s - 18 * 365 - (r * 17) %% 14000, '', 'deutsch', 'de', false, 'CANDIDATE', '42103', 'Wuppertal',
        '05124', 1
    FROM bench_person;
INSERT INTO cases_personkey (dossier_id, kind, value, of_former)
    SELECT p.id, k.kind, k.value, false FROM bench_person p JOIN bench_key k USING (surname, given_name);
INSERT INTO cases_case (id, dossier_id, number, opened_on, source, team_id, version)
    SELECT id, id, 1, referred_on, 'SOCIAL_SERVICE', team_id, 3 FROM bench_person;
INSERT INTO cases_caseact (dossier_id, case_id, act, happened_on, recorded_at, recorded_by_id, reason, remark,
        facts, voided_because, corrected_because, version)
    SELECT id, id, act, happened_on, happened_on + time '10:00', membership_id, reason, '', '{}', '', '', 1 FROM (
        SELECT *, 1 AS n, 'REFERRED' AS act, referred_on AS happened_on, 'SOCIAL_SERVICE' AS reason FROM bench_person
        UNION ALL SELECT *, 2, 'TAKEN_UP', referred_on, '' FROM bench_person
        UNION ALL SELECT *, 3, 'ADMITTED', referred_on + 14, '' FROM bench_person WHERE admitted
        UNION ALL SELECT *, 3, 'WAITLISTED', referred_on, 'NO_CAPACITY' FROM bench_person WHERE state = 'WAITING'
        UNION ALL SELECT *, 3, state, referred_on + 20, CASE state WHEN 'REJECTED' THEN 'OTHER' ELSE '' END
            FROM bench_person WHERE state IN ('DECLINED', 'REJECTED')
        UNION ALL SELECT *, 4, 'RELEASE_CONFIRMED', released_on, '' FROM bench_person WHERE released_on IS NOT NULL
        UNION ALL SELECT *, 5, 'PAUSED', %(today)s - 1, 'THERAPY' FROM bench_person WHERE state = 'PAUSED'
        UNION ALL SELECT *, 5, 'CLOSED', released_on + 184, 'REGULAR_6M_IN_WORK' FROM bench_person
            WHERE state = 'CLOSED') acts
    ORDER BY id, n;
INSERT INTO cases_assignment (id, dossier_id, case_id, membership_id, period)
    SELECT id, id, id, membership_id, daterange(referred_on, NULL) FROM bench_person;
INSERT INTO cases_controller (dossier_id, case_id, kind, institution_id, after_release, period)
    SELECT id, id, 'JUSTICE', prison_id, false, daterange(referred_on, released_on) FROM bench_person;
INSERT INTO cases_custodyperiod (id, dossier_id, case_id, prison_id, booking_number, custody_kind, enforcement_status,
        authority, authority_reference, department, list_fingerprint, starts_on, ends_on, voided_because,
        corrected_because, version)
    SELECT id, id, id, prison_id, 'B' || id, 'Strafhaft', '', '', '', '', '', referred_on - 100, released_on, '', '', 1
    FROM bench_person;
INSERT INTO cases_releasedatehypothesis (dossier_id, case_id, "on", kind, status, source, asserted_on, recorded_at,
        recorded_by_id, remark, dropped_from, dropped_because, voided_because, corrected_because, version)
    SELECT id, id, planned_on + extra, kind, status, 'Gefangenenliste', referred_on, %(now)s, membership_id, '', '', '',
        '', '', 1
    FROM bench_person,
        (VALUES (0, 'TWO_THIRDS', 'PLAUSIBLE'), (300, 'SENTENCE_END', 'POSSIBLE')) AS k (extra, kind, status);
INSERT INTO cases_firsttalk (dossier_id, case_id, held_on, held_by_id, place, informed, told_voluntary, own_wishes,
        recorded_at, voided_because, corrected_because, version)
    SELECT id, id, referred_on + 7, membership_id, '', true, true, 'Möchte wieder in der Werkstatt arbeiten.', %(now)s,
        '', '', 1 FROM bench_person WHERE admitted;
INSERT INTO cases_informationgiven (dossier_id, case_id, given_on, sheet_version, language, interpreter, given_by_id,
        recorded_at, voided_because, corrected_because, version)
    SELECT id, id, referred_on + 7, '2026-1', 'de', '', membership_id, %(now)s, '', '', 1
    FROM bench_person WHERE admitted;
INSERT INTO agenda_timing (dossier_id, case_number, anchor, "on")
    SELECT id, 1, 'REFERRAL', referred_on FROM bench_person WHERE is_open
    UNION ALL SELECT id, 1, 'RELEASE', planned_on FROM bench_person WHERE is_open AND admitted;
INSERT INTO agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_count, offset_unit, due_on,
        shown_on, state, halt, because, responsible_id, snooze_reason, origin, version, recorded_at)
    SELECT id, 1, kind, title, '', anchor, count, unit, due, due, 'OPEN', '', '', membership_id, '', 'AUTOMATIC', 1,
        %(now)s
    FROM bench_person, LATERAL (VALUES
        ('cases.decide_admission', 'Über die Aufnahme entscheiden', 'REFERRAL', 4, 'weeks', referred_on + 28,
            NOT admitted),
        ('profiling.again', 'Erneutes Profiling', 'RELEASE', -3, 'months',
            (planned_on - interval '3 months')::date, admitted AND released_on IS NULL),
        ('cases.confirm_release', 'Entlassung bestätigen', 'RELEASE', 0, 'days', planned_on,
            admitted AND released_on IS NULL),
        ('cases.close', 'Fall abschließen', 'RELEASE', 6, 'months', (planned_on + interval '6 months')::date, admitted)
    ) AS k (kind, title, anchor, count, unit, due, asked)
    WHERE is_open AND asked;
"""


def populate(owner: psycopg.Connection, size: int, now: datetime) -> None:
    """Fill an empty, migrated database. Commits at the end."""
    today = now.date()
    big_site = min(BIG_SITE, size // 4)
    values = {
        "size": size,
        "prisons": PRISONS,
        "managers": size // CASELOAD,
        "caseload": CASELOAD,
        "running": RUNNING,
        "big": big_site // CASELOAD,
        "stride": STRIDE,
        "now": now,
        "today": today,
        "start": date(2009, 7, 1),
        "surnames": SURNAMES,
        "surname_keys": [sort_key(name) for name in SURNAMES],
        "n_surnames": len(SURNAMES),
        "given": GIVEN,
        "given_keys": [sort_key(name) for name in GIVEN],
        "n_given": len(GIVEN),
        "assignment": int(compartments_for(Basis.ASSIGNMENT)),
        "team": int(compartments_for(Basis.TEAM)),
        "prison": int(compartments_for(Basis.PRISON)),
    }
    with owner.transaction(), psycopg.ClientCursor(owner) as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL statement_timeout = 0")
        cursor.execute(STAFF, values)
        _keys(cursor)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with without_indexes(owner) as tables:
            cursor.execute(PEOPLE, values)
            cursor.execute(ROWS, values)
            cursor.execute(steps.ROWS, values)
            cursor.execute(desk.ROWS, values)
            set_sequences(owner, tables)
            cursor.execute("SELECT setval('access_dossier_number', %s)", [size])
    # As after a quiet night: statistics and visibility maps are fresh.
    owner.execute("VACUUM (ANALYZE)")


def _keys(cursor) -> None:
    """How each pair of names is recognised, as the application would write it."""
    cursor.execute("CREATE TEMP TABLE bench_key (surname text, given_name text, kind text, value text)")
    with cursor.copy("COPY bench_key FROM STDIN") as copy:
        for surname in SURNAMES:
            for given in GIVEN:
                for key in match_keys(surname, given, "", [], []):
                    copy.write_row((surname, given, str(key.kind), key.value))
    cursor.execute("CREATE TEMP TABLE bench_found_by (surname text, given_name text, find_keys text[])")
    with cursor.copy("COPY bench_found_by FROM STDIN") as copy:
        for surname in SURNAMES:
            for given in GIVEN:
                copy.write_row((surname, given, find_keys(surname, given)))
