from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import BLOCKED, HOLDERS, condition, wall

FUNCTIONS = f"""
CREATE SEQUENCE access_dossier_number;

-- Enter somebody's eyes: sets the holders for this transaction, answers what was set before.
CREATE FUNCTION access_enter(holders text, user_of bigint, actor text, checking text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before text[] := ARRAY[coalesce(current_setting('ina.holders', true), ''),
                           coalesce(current_setting('ina.blocked', true), ''),
                           coalesce(current_setting('ina.actor', true), ''),
                           coalesce(current_setting('ina.check', true), '')];
    blocked text := '';
BEGIN
    IF holders <> '' AND user_of IS NOT NULL THEN
        SELECT coalesce(string_agg(dossier_id::text, ','), '') INTO blocked
        FROM public.access_block WHERE user_id = user_of AND lifted_at IS NULL;
    END IF;
    PERFORM set_config('ina.holders', holders, true), set_config('ina.blocked', blocked, true),
            set_config('ina.actor', actor, true), set_config('ina.check', checking, true);
    RETURN before;
END $$;

-- Whoever sees that there is a case may have others see it; the very first grant opens a dossier.
CREATE FUNCTION access_may_grant(dossier bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT {condition("dossier", str(int(Compartment.CASE)))}
        OR NOT EXISTS (SELECT FROM public.access_grant WHERE dossier_id = dossier)
$$;

CREATE FUNCTION access_add_grant(dossier bigint, holder bigint, bits integer, why text, starts timestamptz,
    ends timestamptz, based_on text, based_on_id bigint, in_case integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    new_id bigint;
BEGIN
    IF NOT public.access_may_grant(dossier) THEN
        RAISE insufficient_privilege USING MESSAGE = 'access: may not grant on this dossier';
    END IF;
    -- The wall asks the clock of the database; that of the application may be ahead, by a moment or by hours. What
    -- begins with the referral begins now; a deputyship or a hand-over may begin on a day to come.
    IF based_on IN ('ASSIGNMENT', 'TEAM', 'PRISON') OR starts <= clock_timestamp() + interval '1 minute' THEN
        starts := least(starts, now());
    END IF;
    INSERT INTO public.access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, basis_id, case_number)
    VALUES (dossier, holder, bits, why, tstzrange(starts, ends), based_on, based_on_id, in_case)
    RETURNING id INTO new_id;
    RETURN new_id;
END $$;

-- Ends grants at a moment: of one act, or of one holder in one dossier. Answers how many.
CREATE FUNCTION access_close_grants(dossier bigint, holder bigint, based_on text, based_on_id bigint, at timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    closed integer;
BEGIN
    IF dossier IS NOT NULL AND NOT public.access_may_grant(dossier) THEN
        RAISE insufficient_privilege USING MESSAGE = 'access: may not change grants on this dossier';
    END IF;
    -- Without a dossier only a deputyship as a whole can end: whoever ends it need not see a file.
    IF dossier IS NULL AND (based_on IS DISTINCT FROM 'DEPUTYSHIP' OR based_on_id IS NULL) THEN
        RAISE insufficient_privilege USING MESSAGE = 'access: name a dossier or a deputyship';
    END IF;
    -- A withdrawal takes effect now, even where the clock of the application is ahead.
    at := least(at, now());
    UPDATE public.access_grant g
    SET valid = CASE WHEN lower(g.valid) >= at THEN 'empty' ELSE tstzrange(lower(g.valid), at) END
    WHERE (dossier IS NULL OR g.dossier_id = dossier) AND (holder IS NULL OR g.holder_id = holder)
      AND (based_on IS NULL OR g.basis = based_on) AND (based_on_id IS NULL OR g.basis_id = based_on_id)
      AND NOT isempty(g.valid) AND (upper_inf(g.valid) OR upper(g.valid) > at);
    GET DIAGNOSTICS closed = ROW_COUNT;
    RETURN closed;
END $$;

-- A deputyship opens what the principal is accountable for now, for its period, narrower.
CREATE FUNCTION access_add_deputy_grants(principal bigint, deputy bigint, bits integer, starts timestamptz,
    ends timestamptz, deputyship bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    added integer;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.accounts_deputyship d
        JOIN public.access_holder p ON p.membership_id = d.principal_id AND p.id = principal
        JOIN public.access_holder s ON s.membership_id = d.deputy_id AND s.id = deputy
        WHERE d.id = deputyship AND d.ended_at IS NULL
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'access: there is no such deputyship';
    END IF;
    INSERT INTO public.access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, basis_id, case_number)
    SELECT g.dossier_id, deputy, g.compartments & bits, '', tstzrange(starts, ends), 'DEPUTYSHIP', deputyship,
           g.case_number
    FROM public.access_grant g
    WHERE g.holder_id = principal AND g.basis = 'ASSIGNMENT' AND g.valid @> starts;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END $$;

-- Break-glass: opens a dossier by its number for one of the caller's own holders. NULL: no such number.
CREATE FUNCTION access_open_emergency(dossier_number text, for_holder bigint, bits integer, why text,
    starts timestamptz, ends timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    found bigint; emergency bigint;
BEGIN
    IF NOT coalesce(for_holder = ANY ({HOLDERS}), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'access: not a holder of the caller';
    END IF;
    SELECT d.id INTO found FROM public.access_dossier d
    WHERE d.number = dossier_number AND d.erased_at IS NULL AND d.id <> ALL ({BLOCKED});
    IF found IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.access_emergencyaccess (dossier_id, holder_id, reason, opened_at, closes_at, review_note)
    VALUES (found, for_holder, why, starts, ends, '') RETURNING id INTO emergency;
    -- As long as asked for, and at once even where the clock of the application is ahead.
    INSERT INTO public.access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, basis_id)
    VALUES (found, for_holder, bits, why, tstzrange(least(starts, now()), least(starts, now()) + (ends - starts)), 'EMERGENCY', emergency);
    RETURN found;
END $$;

-- Who has access and why: for whoever sees that there is a case.
CREATE FUNCTION access_circle(dossier bigint) RETURNS SETOF access_grant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT * FROM public.access_grant
    WHERE dossier_id = dossier AND ({condition("dossier", str(int(Compartment.CASE)))})
$$;

-- Does every dossier belong to the demo? Answers nothing else about them.
CREATE FUNCTION access_only_demo() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT NOT EXISTS (SELECT FROM public.access_dossier WHERE NOT is_demo)
$$;

-- Each position, team and institution is a holder from the moment it exists.
CREATE FUNCTION access_make_holder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    EXECUTE format('INSERT INTO public.access_holder (kind, %I) VALUES ($1, $2)', TG_ARGV[1]) USING TG_ARGV[0], NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER make_holder AFTER INSERT ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION access_make_holder('POSITION', 'membership_id');
CREATE TRIGGER make_holder AFTER INSERT ON accounts_team
    FOR EACH ROW EXECUTE FUNCTION access_make_holder('TEAM', 'team_id');
CREATE TRIGGER make_holder AFTER INSERT ON institutions_institution
    FOR EACH ROW EXECUTE FUNCTION access_make_holder('INSTITUTION', 'institution_id');
INSERT INTO access_holder (kind, membership_id) SELECT 'POSITION', id FROM accounts_membership;
INSERT INTO access_holder (kind, team_id) SELECT 'TEAM', id FROM accounts_team;
INSERT INTO access_holder (kind, institution_id) SELECT 'INSTITUTION', id FROM institutions_institution;

REVOKE ALL ON FUNCTION access_enter(text, bigint, text, text), access_may_grant(bigint),
    access_add_grant(bigint, bigint, integer, text, timestamptz, timestamptz, text, bigint, integer),
    access_close_grants(bigint, bigint, text, bigint, timestamptz),
    access_add_deputy_grants(bigint, bigint, integer, timestamptz, timestamptz, bigint),
    access_open_emergency(text, bigint, integer, text, timestamptz, timestamptz), access_circle(bigint),
    access_only_demo() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_enter(text, bigint, text, text), access_may_grant(bigint),
    access_add_grant(bigint, bigint, integer, text, timestamptz, timestamptz, text, bigint, integer),
    access_close_grants(bigint, bigint, text, bigint, timestamptz),
    access_add_deputy_grants(bigint, bigint, integer, timestamptz, timestamptz, bigint),
    access_open_emergency(text, bigint, integer, text, timestamptz, timestamptz), access_circle(bigint),
    access_only_demo() TO ina_app;
GRANT USAGE ON SEQUENCE access_dossier_number TO ina_app;

-- One's own grants are readable (the wall reads them with the reader's rights); writing is for the functions alone.
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON access_grant FOR SELECT TO ina_app USING (holder_id = ANY ({HOLDERS}));
REVOKE INSERT, UPDATE, DELETE ON access_grant FROM ina_app;
REVOKE INSERT, UPDATE, DELETE ON access_holder FROM ina_app;
REVOKE INSERT ON access_emergencyaccess FROM ina_app;

-- The trail: the dossier's readers, or a check by the data protection officer.
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY write ON audit_entry FOR INSERT TO ina_app WITH CHECK (true);
CREATE POLICY wall ON audit_entry FOR SELECT TO ina_app USING (
    current_setting('ina.check', true) = 'on'
    OR ({condition("audit_entry.dossier_id", str(int(Compartment.CASE)))}));
ALTER TABLE audit_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON audit_history FOR SELECT TO ina_app USING
    ({condition("audit_history.dossier_id", "audit_history.compartment")});
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_initial"), ("audit", "0001_initial"), ("institutions", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        wall("access_dossier", Compartment.CASE, dossier="id", history=False),
        wall("access_consent", Compartment.CONSENT),
        wall("access_emergencyaccess", Compartment.CASE),
        wall("access_block", Compartment.CASE),
    ]
