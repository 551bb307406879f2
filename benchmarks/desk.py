"""What the desk shows beyond the single file: tasks that ask today, appointments, hand-overs, the trail, list rows.

Comes last: the list rows are derived from the items and contacts that stand there by then.
"""

ROWS = """
INSERT INTO agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_unit, due_on, shown_on, state,
        halt, because, responsible_id, snooze_reason, origin, version, recorded_at)
    SELECT id, 1, '', 'Bewerbungsunterlagen durchsehen', '', 'FIXED', '', %(today)s - 5 + r %% 25,
        %(today)s - 5 + r %% 25, 'OPEN', '', '', membership_id, '', 'TYPED', 1, %(now)s
    FROM bench_person WHERE is_open AND admitted AND r %% 3 = 0;
INSERT INTO monitoring_appointment (dossier_id, case_id, number, membership_id, "on", at, minutes, title, place, others,
        outside, state, because, halt, version, agreed_at, recorded_at, recorded_by_id)
    SELECT id, id, 1, membership_id, %(today)s - 3 + r %% 17, make_time(8 + r %% 8, 0, 0), 45, 'Beratungsgespräch',
        'Haus 2', '', false, 'PLANNED', '', '', 1, %(now)s, %(now)s, membership_id
    FROM bench_person WHERE is_open AND admitted AND r %% 4 = 1;
INSERT INTO cases_handover (dossier_id, case_id, kind, giver_id, receiver_id, state, reason, message, with_confidential,
        offered_on, offered_at, offered_by_id, answer_by, answer, version)
    SELECT p.id, p.id, 'PERSON', p.membership_id, x.id, 'OFFERED', 'Wechsel der Zuständigkeit', '', false,
        %(today)s - 3, %(now)s, p.membership_id, %(today)s + 11, '', 1
    FROM bench_person p JOIN accounts_user u ON u.username = 'fm' || (p.m + 1) %% %(managers)s
        JOIN accounts_membership x ON x.user_id = u.id
    WHERE p.place = 5;
INSERT INTO cases_worklist (id, dossier_id, case_id, case_number, unit_id, responsible_id, team_id, state, is_open,
        is_released, planning_key, planning_kind, planning_status, due_key, step, last_contact_on, name_key, find_keys)
    SELECT p.id, p.id, p.id, 1, prison_id, membership_id, team_id, p.state, is_open,
        released_on IS NOT NULL, planned_on,
        CASE WHEN released_on IS NULL THEN 'TWO_THIRDS' ELSE '' END,
        CASE WHEN released_on IS NULL THEN 'PLAUSIBLE' ELSE '' END,
        coalesce(d.shown_on, '9999-12-31'),
        coalesce(d.step,
            CASE WHEN NOT is_open THEN 'EVALUATION' WHEN admitted THEN 'MONITORING' ELSE 'COUNSELLING' END),
        c.last_on, surname_key || ' ' || given_key, f.find_keys
    FROM bench_person p JOIN bench_found_by f USING (surname, given_name)
    LEFT JOIN (SELECT DISTINCT ON (dossier_id) dossier_id, shown_on,
                   CASE kind WHEN 'cases.decide_admission' THEN 'COUNSELLING' WHEN 'profiling.again' THEN 'PROFILING'
                             WHEN 'cases.confirm_release' THEN 'MONITORING' WHEN 'cases.close' THEN 'EVALUATION'
                   END AS step
               FROM agenda_item WHERE state = 'OPEN' ORDER BY dossier_id, shown_on, id) d ON d.dossier_id = p.id
    LEFT JOIN (SELECT dossier_id, max(happened_on) AS last_on FROM monitoring_contact GROUP BY dossier_id) c
        ON c.dossier_id = p.id;
INSERT INTO audit_entry (at, action, actor, user_id, membership_id, dossier_id, subject, reason, details)
    SELECT %(now)s - make_interval(mins => 7 + (r * 43 + n * 9973 + p.id * 13)::integer %% 20000), action,
        'user:' || x.user_id, x.user_id, membership_id, p.id, '', reason, '{}'
    FROM bench_person p JOIN accounts_membership x ON x.id = membership_id,
        (VALUES (1, 'read.file', 'ASSIGNMENT'), (2, 'read.file', 'ASSIGNMENT'),
                (3, 'monitoring.record_contact', 'ASSIGNMENT')) AS e (n, action, reason)
    WHERE is_open;
"""
