from django.db import migrations, models

from ina.access.wall import same_dossier

# How far the planned day was off 30, 90 and 180 days before a confirmed release, per prison. Runs as the owner, who sees
# all files; answers counts only, nothing below the limit for small numbers (which it reads itself, so that nobody can
# ask for less), and nothing to somebody who holds no grants. Claims entered by mistake are left out: they were no
# forecast. The planned day: the earliest that counted then, and not before further custody may end (domain 9.2).
FORECAST = """
CREATE FUNCTION cases_forecast_error()
RETURNS TABLE (prison bigint, days_before integer, n bigint, middle double precision, close double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH least AS (
        SELECT greatest(p.value::integer, 1) AS people
        FROM public.reference_parameter p JOIN public.reference_parameterkey k ON k.id = p.key_id
        WHERE k.key = 'small_number_limit' AND p.voided_at IS NULL
          AND p.valid_period @> (now() AT TIME ZONE 'Europe/Berlin')::date
    ), released AS (
        SELECT a.case_id, a.dossier_id, a.happened_on AS on_day, custody.prison_id
        FROM public.cases_caseact a
        JOIN LATERAL (
            SELECT c.prison_id FROM public.cases_custodyperiod c
            WHERE c.case_id = a.case_id AND c.voided_at IS NULL ORDER BY c.id DESC LIMIT 1
        ) custody ON true
        WHERE a.act = 'RELEASE_CONFIRMED' AND a.voided_at IS NULL
          AND coalesce(current_setting('ina.holders', true), '') <> ''
    ), errors AS (
        SELECT r.prison_id, w.days, r.on_day - planned.on_day AS error
        FROM released r
        CROSS JOIN (VALUES (30), (90), (180)) w (days)
        JOIN LATERAL (
            SELECT min(h."on") FILTER (
                WHERE h.kind NOT IN ('VOLUNTARY_STAY', 'SUSPENDED') AND (h.free_from IS NULL OR h."on" >= h.free_from)
            ) AS on_day
            FROM (
                SELECT said."on", said.kind,
                    max(said."on") FILTER (WHERE said.kind = 'FURTHER_CUSTODY') OVER () AS free_from
                FROM public.cases_releasedatehypothesis said,
                    LATERAL (SELECT (r.on_day - w.days)::timestamp AT TIME ZONE 'Europe/Berlin' AS moment) then_
                WHERE said.case_id = r.case_id AND said.voided_at IS NULL AND said.recorded_at < then_.moment
                  AND (said.dropped_at IS NULL OR said.dropped_at >= then_.moment)
                  AND CASE WHEN said.status = 'DROPPED' THEN said.dropped_from ELSE said.status END
                      IN ('PLAUSIBLE', 'DECIDED')
            ) h
        ) planned ON planned.on_day IS NOT NULL
    )
    SELECT prison_id, days, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY error),
        avg((abs(error) <= 7)::integer)::double precision
    FROM errors GROUP BY prison_id, days HAVING count(*) >= (SELECT people FROM least)
$$;
REVOKE ALL ON FUNCTION cases_forecast_error() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_forecast_error() TO ina_app;
"""
# What claims counted as before they were dropped, as far as their history still says it.
REMEMBER = """
UPDATE cases_releasedatehypothesis claim SET dropped_from = before.status
FROM (
    SELECT DISTINCT ON (row_id) row_id, old ->> 'status' AS status FROM audit_history
    WHERE table_name = 'cases_releasedatehypothesis' AND old ->> 'status' <> 'DROPPED' ORDER BY row_id, at DESC
) before
WHERE claim.id = before.row_id AND claim.status = 'DROPPED';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_handovers"), ("reference", "0005_facts_of_the_case")]
    operations = [
        migrations.AddField(
            model_name="releasedatehypothesis",
            name="dropped_from",
            field=models.CharField(
                blank=True,
                choices=[
                    ("POSSIBLE", "möglich"),
                    ("PLAUSIBLE", "plausibel"),
                    ("DECIDED", "entschieden"),
                    ("DROPPED", "entfallen"),
                ],
                default="",
                editable=False,
                max_length=10,
                verbose_name="Stand davor",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
        same_dossier("cases_datenotice", "consent_id", "access_consent"),
        migrations.RunSQL(FORECAST, "DROP FUNCTION cases_forecast_error()"),
    ]
