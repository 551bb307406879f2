from django.db import migrations, models

# Answers one yes or no past the wall: a job of somebody who sees no name must not write to the dead either.
DIED = """
CREATE FUNCTION cases_has_died(dossier bigint, in_case bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.cases_participant p
        WHERE p.died_on IS NOT NULL
          AND (p.dossier_id = dossier
               OR p.dossier_id = (SELECT c.dossier_id FROM public.cases_case c WHERE c.id = in_case))
    )
$$;
REVOKE ALL ON FUNCTION cases_has_died(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_has_died(bigint, bigint) TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_forecast")]
    operations = [
        migrations.AddField(
            model_name="specialevent",
            name="before",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="vorher"),
        ),
        migrations.RunSQL(DIED, "DROP FUNCTION cases_has_died(bigint, bigint)"),
    ]
