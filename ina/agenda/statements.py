"""SQL of the course of cases: each statement for as many cases as there are. Days come as parallel arrays."""

DAYS = """unnest(%(dossiers)s::bigint[], %(cases)s::integer[], %(anchors)s::text[], %(days)s::date[])
    AS day (dossier_id, case_number, anchor, "on")"""

LOCK = "SELECT id FROM access_dossier WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE"

STORE = f"""
INSERT INTO agenda_timing (dossier_id, case_number, anchor, "on")
SELECT dossier_id, case_number, anchor, "on" FROM {DAYS}
ON CONFLICT (dossier_id, case_number, anchor) DO UPDATE SET "on" = EXCLUDED."on"
    WHERE agenda_timing."on" <> EXCLUDED."on"
"""  # noqa: S608  constants

FORGET = f"""
DELETE FROM agenda_timing old USING {DAYS}
WHERE (old.dossier_id, old.case_number, old.anchor) = (day.dossier_id, day.case_number, day.anchor)
"""  # noqa: S608  constants

UNDATE = f"""
UPDATE agenda_item item
SET state = 'DROPPED', halt = 'UNDATED', because = 'Termin offen', closed_on = %(today)s, closed_at = %(now)s,
    version = item.version + 1
FROM {DAYS}
WHERE (item.dossier_id, item.case_number, item.anchor) = (day.dossier_id, day.case_number, day.anchor)
  AND item.state = 'OPEN'
"""  # noqa: S608  constants

# What an ended case was asked for does not come back by a date; what follows from its end does.
ENDED = """
    SELECT FROM agenda_timing ended
    WHERE (ended.dossier_id, ended.case_number, ended.anchor) = (day.dossier_id, day.case_number, 'CLOSING')
"""

MOVE = f"""
UPDATE agenda_item item
SET due_on = moved.due_on, shown_on = moved.due_on, snoozed_until = NULL, snooze_reason = '', state = 'OPEN', halt = '',
    because = '', closed_on = NULL, closed_at = NULL, version = item.version + 1
FROM (
    SELECT old.id, agenda_due(day."on", old.offset_count, old.offset_unit, %(holidays)s::date[])
            + old.stopped_days AS due_on
    FROM {DAYS}
    JOIN agenda_item old USING (dossier_id, case_number, anchor)
    WHERE old.state = 'OPEN'
       OR (old.halt = 'UNDATED' AND (day.anchor = 'CLOSING' OR NOT EXISTS ({ENDED})))
       OR (old.halt = 'STOPPED' AND day.anchor = 'CLOSING')
) moved
WHERE item.id = moved.id AND (item.due_on <> moved.due_on OR item.state <> 'OPEN')
"""  # noqa: S608  constants

CREATE = f"""
INSERT INTO agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_count, offset_unit, due_on,
    shown_on, stopped_days, state, halt, because, responsible_id, snooze_reason, origin, version, recorded_at)
SELECT day.dossier_id, day.case_number, day.kind, day.title, '', day.anchor, day.count, day.unit, due, due, 0,
    'OPEN', '', '', day.responsible_id, '', 'AUTOMATIC', 1, %(now)s
FROM unnest(%(dossiers)s::bigint[], %(cases)s::integer[], %(anchors)s::text[], %(days)s::date[], %(kinds)s::text[],
        %(titles)s::text[], %(counts)s::integer[], %(units)s::text[], %(responsible)s::bigint[]) WITH ORDINALITY
    AS day (dossier_id, case_number, anchor, "on", kind, title, count, unit, responsible_id, place),
    agenda_due(day."on", day.count, day.unit, %(holidays)s::date[]) AS due
WHERE NOT EXISTS (
    SELECT FROM agenda_item old
    WHERE (old.dossier_id, old.case_number, old.kind) = (day.dossier_id, day.case_number, day.kind)
) AND (day.anchor = 'CLOSING' OR NOT EXISTS ({ENDED}))
ORDER BY day.place
ON CONFLICT DO NOTHING
"""  # noqa: S608  constants

# The night (``nightly``). Items go by in the order in which they ask, each with whoever hears of it.
REMIND = """
WITH chunk AS MATERIALIZED (
    SELECT id, dossier_id, shown_on, responsible_id, deputy_id
    FROM agenda_item
    WHERE state = 'OPEN' AND shown_on <= %(today)s AND (shown_on, id) > (%(day)s, %(id)s)
    ORDER BY shown_on, id LIMIT %(limit)s
), asked AS (
    SELECT chunk.*, CASE WHEN shown_on = %(today)s THEN 'DUE' ELSE 'OVERDUE' END AS step
    FROM chunk WHERE responsible_id IS NOT NULL
    UNION ALL
    SELECT chunk.*, 'ESCALATED' FROM chunk WHERE responsible_id IS NOT NULL AND shown_on <= %(escalated)s
), untold AS (
    -- Scalar: as NOT EXISTS the planner would hash all reminders there are, for each chunk.
    SELECT * FROM asked WHERE (
        SELECT true FROM agenda_reminder told
        WHERE told.item_id = asked.id AND told.step = asked.step AND told."on" = asked.shown_on LIMIT 1
    ) IS NULL
), called AS (
    SELECT id, dossier_id, shown_on, step, coalesce((
            SELECT deputyship.deputy_id FROM accounts_deputyship deputyship
            WHERE deputyship.principal_id = untold.responsible_id AND deputyship.ended_at IS NULL
              AND %(today)s BETWEEN deputyship.starts_on AND deputyship.ends_on
            ORDER BY deputyship.deputy_id IS NOT DISTINCT FROM untold.deputy_id DESC, deputyship.id LIMIT 1
        ), responsible_id) AS membership_id
    FROM untold WHERE step <> 'ESCALATED'
    UNION ALL
    SELECT untold.id, untold.dossier_id, untold.shown_on, untold.step, lead.id
    FROM untold
    JOIN accounts_membership own ON own.id = untold.responsible_id
    JOIN accounts_membership lead ON lead.team_id = own.team_id AND lead.role = 'TEAM_LEAD'
         AND lead.starts_on <= %(today)s AND coalesce(lead.ends_on >= %(today)s, true)
    WHERE untold.step = 'ESCALATED'
), written AS (
    INSERT INTO agenda_reminder (dossier_id, item_id, step, "on", membership_id)
    SELECT dossier_id, id, step, shown_on, membership_id FROM called
    -- In one order, so that two runs at once wait for each other instead of getting stuck.
    ORDER BY id, step, membership_id
    ON CONFLICT DO NOTHING
    RETURNING step
), last AS (
    SELECT shown_on, id FROM chunk ORDER BY shown_on DESC, id DESC LIMIT 1
)
SELECT (SELECT shown_on FROM last), (SELECT id FROM last), (SELECT count(*) FROM chunk),
    (SELECT count(*) FROM chunk WHERE responsible_id IS NULL),
    count(*) FILTER (WHERE step = 'DUE'), count(*) FILTER (WHERE step = 'OVERDUE'),
    count(*) FILTER (WHERE step = 'ESCALATED')
FROM written
"""
