from django.db import migrations

from ina.access.wall import BLOCKED, HOLDERS

SQL = f"""
-- What was offered to the caller, or to somebody for whom they answer: a team lead for the positions of the team, a
-- deputy for whoever they stand in for today. Numbers and days only, nothing of the person; answered ones for a month,
-- so that whoever comes too late is told so instead of finding nothing.
CREATE FUNCTION cases_offers() RETURNS TABLE (handover_id bigint, offered_dossier_id bigint, number text,
    receiver_id bigint, giver_id bigint, is_own boolean, state text, offered_on date, answer_by date,
    answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH me AS (
        SELECT m.id, m.role, m.team_id
        FROM public.access_holder h JOIN public.accounts_membership m ON m.id = h.membership_id
        WHERE h.id = ANY ({HOLDERS})
    ), answers_for AS (
        SELECT me.id, true AS is_own FROM me
        UNION ALL
        SELECT other.id, false FROM me JOIN public.accounts_membership other ON other.team_id = me.team_id
        WHERE me.role = 'TEAM_LEAD' AND other.id <> me.id
        UNION ALL
        SELECT d.principal_id, false FROM me JOIN public.accounts_deputyship d ON d.deputy_id = me.id
        WHERE d.ended_at IS NULL
          AND (now() AT TIME ZONE 'Europe/Berlin')::date BETWEEN d.starts_on AND d.ends_on
    )
    SELECT DISTINCT ON (h.id) h.id, h.dossier_id, d.number::text, h.receiver_id, h.giver_id, a.is_own, h.state::text,
        h.offered_on, h.answer_by, h.answered_at
    FROM public.cases_handover h
    JOIN answers_for a ON a.id = h.receiver_id
    JOIN public.access_dossier d ON d.id = h.dossier_id
    WHERE h.kind <> 'ALLOCATED' AND h.dossier_id <> ALL ({BLOCKED}) AND d.erased_at IS NULL
      AND (h.state = 'OFFERED' OR h.answered_at > now() - interval '31 days')
    ORDER BY h.id, a.is_own DESC
$$;

-- Whoever answers for somebody sees as much of an open offer as the one it was made to, until it is answered.
-- True: the caller sees the offer now.
CREATE FUNCTION cases_look_at_offer(wanted bigint, for_holder bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    seen public.access_grant;
BEGIN
    SELECT g.* INTO seen
    FROM public.cases_offers() o
    JOIN public.access_holder r ON r.membership_id = o.receiver_id
    JOIN public.access_grant g ON g.dossier_id = o.offered_dossier_id AND g.holder_id = r.id
        AND g.basis = 'HANDOVER' AND g.basis_id = o.handover_id
    WHERE o.handover_id = wanted AND o.state = 'OFFERED' AND g.valid @> now() LIMIT 1;
    IF NOT FOUND OR NOT coalesce(for_holder = ANY ({HOLDERS}), false) THEN
        RETURN false;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.access_grant g WHERE g.dossier_id = seen.dossier_id AND g.holder_id = for_holder
          AND g.basis = 'HANDOVER' AND g.basis_id = wanted AND g.valid @> now()
    ) THEN
        INSERT INTO public.access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, basis_id, case_number)
        VALUES (seen.dossier_id, for_holder, seen.compartments, '', tstzrange(now(), upper(seen.valid)), 'HANDOVER',
            wanted, seen.case_number);
    END IF;
    RETURN true;
END $$;

-- Whether a conflict of interest keeps the account of this position out of a file: asked by who sees that there is a
-- case, before it is offered. Answers nothing else.
CREATE FUNCTION cases_may_receive(dossier bigint, receiving bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT public.access_may_grant(dossier) AND NOT EXISTS (
        SELECT FROM public.access_block b JOIN public.accounts_membership m ON m.user_id = b.user_id
        WHERE b.dossier_id = dossier AND m.id = receiving AND b.lifted_at IS NULL)
$$;

-- An offer came to nothing: the giver is asked for another way, whoever it was that said no or nothing. Answers the item.
CREATE FUNCTION cases_ask_giver(wanted bigint, today date, at timestamptz, title text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    offer record; item bigint;
BEGIN
    SELECT h.dossier_id, h.case_id, k.number AS case_number,
           CASE WHEN g.ends_on IS NULL OR g.ends_on >= today THEN h.giver_id END AS responsible_id INTO offer
    FROM public.cases_handover h JOIN public.cases_case k ON k.id = h.case_id
    LEFT JOIN public.accounts_membership g ON g.id = h.giver_id
    WHERE h.id = wanted AND (h.state = 'LAPSED' OR (h.state = 'REFUSED' AND EXISTS (
        SELECT FROM public.access_holder me WHERE me.membership_id = h.answered_by_id AND me.id = ANY ({HOLDERS}))));
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: this offer is not one that came to nothing';
    END IF;
    -- The case may have ended meanwhile: then nothing asks any more.
    IF NOT EXISTS (SELECT FROM public.cases_worklist w WHERE w.case_id = offer.case_id AND w.is_open) THEN
        RETURN NULL;
    END IF;
    SELECT id INTO item FROM public.agenda_item
    WHERE dossier_id = offer.dossier_id AND case_number = offer.case_number AND kind = 'cases.hand_over_again'
      AND state = 'OPEN';
    IF item IS NULL THEN
        INSERT INTO public.agenda_item (dossier_id, case_number, kind, title, detail, anchor, offset_unit, due_on,
            shown_on, state, halt, because, responsible_id, snooze_reason, origin, version, recorded_at)
        VALUES (offer.dossier_id, offer.case_number, 'cases.hand_over_again', title, '', 'FIXED', '', today, today,
            'OPEN', '', '', offer.responsible_id, '', 'AUTOMATIC', 1, at)
        RETURNING id INTO item;
    END IF;
    UPDATE public.cases_worklist SET due_key = least(due_key, today) WHERE case_id = offer.case_id;
    RETURN item;
END $$;

-- The night: up to so many offers that nobody answered in time lapse. The giver gets an item for today, the lead of the
-- team hears of it, the narrow look at the file ends. One call is one transaction; whoever is answering is left alone.
CREATE FUNCTION cases_lapse_offers(today date, at timestamptz, title text, chunk integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    lapsed integer := 0; offer record;
BEGIN
    FOR offer IN
        SELECT h.id, h.dossier_id, coalesce(g.team_id, k.team_id) AS team_id
        FROM public.cases_handover h JOIN public.cases_case k ON k.id = h.case_id
        LEFT JOIN public.accounts_membership g ON g.id = h.giver_id
        WHERE h.state = 'OFFERED' AND h.answer_by < today
        ORDER BY h.answer_by, h.id LIMIT chunk FOR UPDATE OF h SKIP LOCKED
    LOOP
        UPDATE public.cases_handover SET state = 'LAPSED', answered_at = at, version = version + 1 WHERE id = offer.id;
        UPDATE public.access_grant
        SET valid = CASE WHEN lower(valid) >= least(at, now()) THEN 'empty' ELSE tstzrange(lower(valid), least(at, now())) END
        WHERE dossier_id = offer.dossier_id AND basis = 'HANDOVER' AND basis_id = offer.id AND NOT isempty(valid)
          AND (upper_inf(valid) OR upper(valid) > least(at, now()));
        INSERT INTO public.agenda_reminder (dossier_id, item_id, step, "on", membership_id)
        SELECT offer.dossier_id, asked.item, 'ESCALATED', today, lead.id
        FROM public.cases_ask_giver(offer.id, today, at, title) asked (item)
        JOIN public.accounts_membership lead ON lead.team_id = offer.team_id AND lead.role = 'TEAM_LEAD'
             AND lead.starts_on <= today AND coalesce(lead.ends_on >= today, true)
        WHERE asked.item IS NOT NULL
        ORDER BY lead.id ON CONFLICT DO NOTHING;
        INSERT INTO public.audit_entry (at, action, actor, dossier_id, subject, reason, details)
        VALUES (at, 'job.lapse_handovers', 'system:lapse_handovers', offer.dossier_id,
            'cases.handover:' || offer.id, '', '{{}}');
        lapsed := lapsed + 1;
    END LOOP;
    RETURN lapsed;
END $$;

REVOKE ALL ON FUNCTION cases_offers(), cases_look_at_offer(bigint, bigint), cases_may_receive(bigint, bigint),
    cases_ask_giver(bigint, date, timestamptz, text), cases_lapse_offers(date, timestamptz, text, integer) FROM PUBLIC;
-- Functions are granted to the application by default (ops.database_roles): the night's is taken back.
REVOKE ALL ON FUNCTION cases_lapse_offers(date, timestamptz, text, integer) FROM ina_app;
GRANT EXECUTE ON FUNCTION cases_offers(), cases_look_at_offer(bigint, bigint), cases_may_receive(bigint, bigint),
    cases_ask_giver(bigint, date, timestamptz, text) TO ina_app;
GRANT EXECUTE ON FUNCTION cases_lapse_offers(date, timestamptz, text, integer) TO ina_batch;
"""
UNDO = """
DROP FUNCTION cases_lapse_offers(date, timestamptz, text, integer);
DROP FUNCTION cases_ask_giver(bigint, date, timestamptz, text);
DROP FUNCTION cases_look_at_offer(bigint, bigint);
DROP FUNCTION cases_may_receive(bigint, bigint);
DROP FUNCTION cases_offers();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_listed"), ("agenda", "0002_wall"), ("accounts", "0002_cache")]
    operations = [migrations.RunSQL(SQL, UNDO)]
