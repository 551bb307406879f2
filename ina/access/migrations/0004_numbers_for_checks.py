from django.db import migrations

# The data protection officer sees no dossier; a check names it by its public number all the same. Both functions answer
# nothing but ids and numbers, and nothing at all unless the transaction runs as a check (access.context).
SQL = """
CREATE FUNCTION access_dossier_numbers(ids bigint[]) RETURNS TABLE (dossier_id bigint, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT d.id, d.number::text FROM public.access_dossier d
    WHERE current_setting('ina.check', true) = 'on' AND d.id = ANY (ids)
$$;
CREATE FUNCTION access_dossier_numbered(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT d.id FROM public.access_dossier d
    WHERE current_setting('ina.check', true) = 'on' AND d.number = wanted
$$;
REVOKE ALL ON FUNCTION access_dossier_numbers(bigint[]), access_dossier_numbered(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_dossier_numbers(bigint[]), access_dossier_numbered(text) TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_wall")]
    operations = [
        migrations.RunSQL(
            SQL, "DROP FUNCTION access_dossier_numbers(bigint[]); DROP FUNCTION access_dossier_numbered(text)"
        ),
    ]
