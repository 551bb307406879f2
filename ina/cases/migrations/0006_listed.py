"""Prison lists: who is known already under which Buchnummer, and files that wait to be read in the background."""

from django.db import migrations, models

from ina.access.enums import Basis
from ina.access.wall import BLOCKED, HOLDERS

SQL = f"""
-- Spaces and capitals do not make another Buchnummer.
CREATE FUNCTION cases_booking_key(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(regexp_replace(number, '\\s', '', 'g'));
-- Without it a list of ten thousand is compared with ten thousand stays, pair by pair.
CREATE INDEX cases_custody_booking_key ON cases_custodyperiod (prison_id, cases_booking_key(booking_number));

DROP FUNCTION cases_known_bookings(bigint, text[]);
-- Which of these Buchnummern of a prison belong to somebody already proposed, visible to the caller or not. Answers what
-- was asked, the hash of what a list last said, whether custody still runs, and whose file it is: the stay where the
-- caller leads the case, else the house only. Nothing for anybody without holders.
CREATE FUNCTION cases_known_bookings(in_prison bigint, numbers text[])
RETURNS TABLE (number text, fingerprint text, is_running boolean, mine bigint, house text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH asked AS MATERIALIZED (
        SELECT DISTINCT number, public.cases_booking_key(number) AS key FROM unnest(numbers) number WHERE number <> ''),
    -- One by one and by the index: before the first statistics a join would compare each with each.
    known AS MATERIALIZED (
        SELECT a.number, c.* FROM asked a CROSS JOIN LATERAL (
            SELECT s.id, s.dossier_id, s.list_fingerprint, s.ends_on IS NULL AS is_running
            FROM public.cases_custodyperiod s
            WHERE s.prison_id = in_prison AND s.voided_at IS NULL AND public.cases_booking_key(s.booking_number) = a.key
            ORDER BY s.ends_on IS NULL DESC, s.id DESC LIMIT 1) c
        WHERE current_setting('ina.holders', true) <> ''),
    seen AS (
        SELECT k.*, k.dossier_id <> ALL ({BLOCKED}) AND coalesce((SELECT true FROM public.access_grant g
            WHERE g.dossier_id = k.dossier_id AND g.holder_id = ANY ({HOLDERS}) AND g.basis = '{Basis.ASSIGNMENT}'
              AND g.valid @> now() LIMIT 1), false) AS is_mine
        FROM known k)
    SELECT s.number, s.list_fingerprint::text, s.is_running, CASE WHEN s.is_mine THEN s.id END,
           CASE WHEN NOT s.is_mine THEN (SELECT w.house FROM public.cases_whom_to_ask(s.dossier_id) w) END
    FROM seen s
$$;
REVOKE ALL ON FUNCTION cases_known_bookings(bigint, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_known_bookings(bigint, text[]) TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_likeness")]
    operations = [
        migrations.AddField("prisonlistimport", "content", models.BinaryField(null=True)),
        migrations.AddField("prisonlistimport", "work", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField("prisonlistrow", "house", models.CharField(blank=True, default="", max_length=200)),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
