from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import HOLDERS, batch_reads, same_dossier, wall

SQL = f"""
-- Which Buchnummern of a prison belong to a running custody of somebody already proposed, visible to the caller or not.
-- Answers numbers only, and only to somebody who holds grants at all.
CREATE FUNCTION cases_known_bookings(in_prison bigint, numbers text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT booking_number::text FROM public.cases_custodyperiod
    WHERE prison_id = in_prison AND booking_number = ANY (numbers) AND ends_on IS NULL
      AND current_setting('ina.holders', true) <> ''
$$;
REVOKE ALL ON FUNCTION cases_known_bookings(bigint, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_known_bookings(bigint, text[]) TO ina_app;

-- Uploads have no dossier yet: they belong to the holder who uploaded them.
ALTER TABLE cases_prisonlistimport ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON cases_prisonlistimport TO ina_app USING (holder_id = ANY ({HOLDERS}));
ALTER TABLE cases_prisonlistrow ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON cases_prisonlistrow TO ina_app USING (holder_id = ANY ({HOLDERS}));
GRANT SELECT, DELETE ON cases_prisonlistimport, cases_prisonlistrow TO ina_batch;
CREATE POLICY batch ON cases_prisonlistimport TO ina_batch USING (true);
CREATE POLICY batch ON cases_prisonlistrow TO ina_batch USING (true);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0003_wall")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        wall("cases_participant", Compartment.IDENTITY),
        wall("cases_case", Compartment.CASE),
        wall("cases_caseact", Compartment.CASE),
        wall("cases_assignment", Compartment.CASE),
        wall("cases_controller", Compartment.CASE),
        wall("cases_custodyperiod", Compartment.CUSTODY),
        wall("cases_releasedatehypothesis", Compartment.CUSTODY),
        wall("cases_firsttalk", Compartment.CONTACTS),
        wall("cases_worklist", Compartment.CASE, history=False),
        *(
            same_dossier(child, "case_id", "cases_case")
            for child in (
                "cases_caseact",
                "cases_assignment",
                "cases_controller",
                "cases_custodyperiod",
                "cases_releasedatehypothesis",
                "cases_firsttalk",
                "cases_worklist",
            )
        ),
        batch_reads(
            "cases_case",
            "cases_caseact",
            "cases_assignment",
            "cases_custodyperiod",
            "cases_participant",
            "cases_releasedatehypothesis",
        ),
        # The nightly comparison of list rows with the facts (operations/worklist.py).
        migrations.RunSQL(
            """
GRANT SELECT ON accounts_membership TO ina_batch;
GRANT SELECT, UPDATE ON cases_worklist TO ina_batch;
CREATE POLICY batch ON cases_worklist TO ina_batch USING (true);
""",
            migrations.RunSQL.noop,
        ),
    ]
