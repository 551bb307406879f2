from django.db import migrations

SQL = """
-- When something of a kind was last done by anybody; neither who nor about whom. For the page of interfaces.
CREATE FUNCTION audit_last_uses(actions text[]) RETURNS TABLE (action text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT wanted.action, (SELECT max(e.at) FROM public.audit_entry e WHERE e.action = wanted.action)
    FROM unnest(actions) wanted(action)
    WHERE wanted.action = ANY (ARRAY['cases.stage_prison_list', 'cases.stage_running_cases', 'cases.order_export',
        'reference.import_occupations', 'reference.import_places', 'network.deliver_waiting',
        'network.release_disclosure', 'network.import_offers'])
$$;
REVOKE ALL ON FUNCTION audit_last_uses(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_last_uses(text[]) TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_last_jobs")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION audit_last_uses(text[])")]
