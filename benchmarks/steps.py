"""What the six steps leave in a file: a profiling, a plan, a partner, three contacts, the outcomes that are due."""

ROWS = """
INSERT INTO profiling_profiling (id, dossier_id, case_id, kind, held_on, held_by_id, voided_because,
        corrected_because, version)
    SELECT id, id, id, 'INITIAL', referred_on + 21, membership_id, '', '', 1 FROM bench_person WHERE admitted;
INSERT INTO profiling_finding (dossier_id, profiling_id, aspect, need, severity, basis, text, source, recorded_at,
        recorded_by_id, voided_because, corrected_because, version)
    SELECT id, id, aspect, need, 'PRESENT', 'SELF_REPORT', 'als Malerhelfer gearbeitet, ohne Abschluss', '', %(now)s,
        membership_id, '', '', 1
    FROM bench_person, (VALUES ('QUALIFICATION', 'Q2'), ('CIRCUMSTANCES', 'R1')) AS f (aspect, need) WHERE admitted;
INSERT INTO planning_goal (id, dossier_id, plan_id, number, wording_person, wording_professional, key_group, priority,
        status, status_reason, recorded_at, recorded_by_id, voided_because, corrected_because, version,
        plain, part, need, indicator, position, offset_unit)
    SELECT id, id, id, 1, 'Ich will Geselle werden.', 'Abschluss nachholen', 'QUALIFICATION', 'HIGH', 'OPEN', '',
        %(now)s, membership_id, '', '', 1, '', 'CAREER', '', '', 1, ''
    FROM bench_person WHERE admitted;
INSERT INTO planning_planstep (dossier_id, goal_id, number, what, owner, due_on, status, result, voided_because,
        corrected_because, version, plain, position, owner_name, cost_bearer, instrument, decision, offset_unit)
    SELECT id, id, n, 'Zeugnisse besorgen', 'CASE_MANAGER', referred_on + 28 + 30 * n, 'OPEN', '', '', '', 1, '',
        n, '', '', '', '', ''
    FROM bench_person, generate_series(1, 2) n WHERE admitted;
INSERT INTO planning_integrationplan (id, dossier_id, case_id, plan_version, state, created_at, created_by_id, aim,
        aim_plain, changes, version)
    SELECT id, id, id, 1, 'IN_FORCE', referred_on + 28, membership_id, '', '', '', 1 FROM bench_person WHERE admitted;
INSERT INTO network_servicereferral (id, dossier_id, case_id, partner_id, number, purpose, need, result,
        voided_because, corrected_because, version)
    SELECT id, id, id, (SELECT min(id) FROM institutions_institution WHERE kind = 'AGENCY'), 1, 'Beratung', '', '',
        '', '', 1
    FROM bench_person WHERE admitted;
INSERT INTO network_servicereferralact (dossier_id, referral_id, act, happened_on, remark, recorded_at, recorded_by_id,
        voided_because, corrected_because, version)
    SELECT id, id, 'PROPOSED', referred_on + 30, '', %(now)s, membership_id, '', '', 1 FROM bench_person WHERE admitted;
INSERT INTO monitoring_contact (dossier_id, case_id, happened_on, minutes, kind, outcome, initiative, place, content,
        next_step, recorded_at, recorded_by_id, voided_because, corrected_because, version)
    SELECT id, id,
        greatest(referred_on, least(%(today)s, coalesce(released_on + 90, %(today)s)) - r %% 70 - 30 * (n - 1)),
        45, 'TALK', 'MET', 'STAFF', '', 'Bewerbung besprochen', '', %(now)s, membership_id, '', '', 1
    FROM bench_person, generate_series(1, 3) n WHERE admitted;
INSERT INTO monitoring_outcomestatus (dossier_id, case_id, months, refers_on, category, source, recorded_at,
        recorded_by_id, voided_because, corrected_because, version)
    SELECT id, id, months, (released_on + make_interval(months => months))::date,
        CASE (r + months) %% 4 WHEN 0 THEN 'INSURED_FULL_TIME' WHEN 1 THEN 'UNEMPLOYED' WHEN 2 THEN 'APPRENTICESHIP'
            ELSE 'UNKNOWN' END, 'Gespräch', %(now)s, membership_id, '', '', 1
    FROM bench_person, (VALUES (0), (3), (6)) AS m (months)
    WHERE released_on + make_interval(months => months) <= %(today)s;
"""
