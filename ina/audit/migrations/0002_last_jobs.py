"""What the jobs of the night found, for whoever looks after the installation: numbers, never a line about a file."""

from django.db import migrations

SQL = """
CREATE FUNCTION audit_last_jobs(since timestamptz) RETURNS TABLE (action text, at timestamptz, details jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT ON (e.action) e.action, e.at, e.details FROM public.audit_entry e
    WHERE e.at >= since AND starts_with(e.action, 'job.') AND starts_with(e.actor, 'system:') AND e.dossier_id IS NULL
    ORDER BY e.action, e.at DESC
$$;
REVOKE ALL ON FUNCTION audit_last_jobs(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_last_jobs(timestamptz) TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION audit_last_jobs(timestamptz)")]
