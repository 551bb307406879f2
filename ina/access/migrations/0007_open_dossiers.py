from django.db import migrations

# New files with all their first grants in one call: the position that refers, its team, the prison, running deputies.
SIGNATURE = "access_open_dossiers(integer, timestamptz, boolean, bigint[], text[], integer[], bigint, integer)"
SQL = f"""
CREATE FUNCTION access_open_dossiers(how_many integer, at timestamptz, demo boolean, holders bigint[], bases text[],
    bits integer[], deputies_of bigint, deputy_bits integer) RETURNS TABLE (dossier_id bigint, dossier_number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    opened bigint[];
    on_day date := (at AT TIME ZONE 'Europe/Berlin')::date;
BEGIN
    IF coalesce(current_setting('ina.holders', true), '') = '' THEN
        RAISE insufficient_privilege USING MESSAGE = 'access: nobody opens no file';
    END IF;
    -- The wall asks the clock of the database; that of the application may be ahead.
    at := least(at, now());
    WITH new AS (
        INSERT INTO public.access_dossier (number, opened_on, is_demo)
        SELECT to_char(on_day, 'YYYY') || '-' || lpad(n::text, greatest(5, length(n::text)), '0'), on_day, demo
        FROM (SELECT nextval('public.access_dossier_number') AS n FROM generate_series(1, how_many)) numbers
        RETURNING id
    ) SELECT array_agg(id ORDER BY id) INTO opened FROM new;
    INSERT INTO public.access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, case_number)
    SELECT d.id, holder, bit, '', tstzrange(at, NULL), basis, 1
    FROM unnest(opened) d (id), unnest(holders, bases, bits) given (holder, basis, bit);
    -- A case that comes to somebody during their deputyship is opened for the deputy as well.
    INSERT INTO public.access_grant (dossier_id, holder_id, compartments, purpose, valid, basis, basis_id, case_number)
    SELECT d.id, h.id, deputy_bits, '',
           tstzrange(greatest(s.starts_on::timestamp AT TIME ZONE 'Europe/Berlin', at),
                     (s.ends_on + 1)::timestamp AT TIME ZONE 'Europe/Berlin'), 'DEPUTYSHIP', s.id, 1
    FROM unnest(opened) d (id), public.accounts_deputyship s
    JOIN public.access_holder h ON h.membership_id = s.deputy_id
    WHERE s.principal_id = deputies_of AND s.ended_at IS NULL AND s.ends_on >= on_day;
    RETURN QUERY SELECT id, number::text FROM public.access_dossier WHERE id = ANY (opened) ORDER BY id;
END $$;
REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {SIGNATURE} TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_draft_wall")]
    operations = [migrations.RunSQL(SQL, f"DROP FUNCTION {SIGNATURE}")]
