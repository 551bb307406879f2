from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import HOLDERS, batch_reads, same_dossier, wall

# Names that stood in one column get rows of their own. What was one kind of pardon is one of two.
MOVE = """
INSERT INTO cases_alias (dossier_id, kind, name, recorded_at, recorded_by_id, voided_because, corrected_because, version)
SELECT p.dossier_id, 'ALIAS', left(trim(part), 160), a.recorded_at, a.recorded_by_id, '', '', 1
FROM cases_participant p
CROSS JOIN LATERAL (SELECT DISTINCT trim(part) AS part FROM regexp_split_to_table(p.aliases, ';') part) names
JOIN LATERAL (SELECT recorded_at, recorded_by_id FROM cases_caseact WHERE dossier_id = p.dossier_id ORDER BY id LIMIT 1) a
  ON true
WHERE trim(part) <> '';
UPDATE cases_worklist SET is_released = true WHERE case_id IN
    (SELECT case_id FROM cases_caseact WHERE act = 'RELEASE_CONFIRMED' AND voided_at IS NULL);
UPDATE cases_releasedatehypothesis SET kind = 'OTHER_PARDON' WHERE kind = 'PARDON';

-- Screening is an act of its own now: it goes between the referral and the decision, in the order of entry too.
DO $$
DECLARE
    decided record; later record;
BEGIN
    FOR decided IN SELECT DISTINCT ON (case_id) * FROM cases_caseact WHERE act <> 'REFERRED' ORDER BY case_id, happened_on, id
    LOOP
        INSERT INTO cases_caseact (dossier_id, case_id, act, happened_on, recorded_at, recorded_by_id, reason, remark,
            facts, voided_because, corrected_because, version)
        VALUES (decided.dossier_id, decided.case_id, 'TAKEN_UP', decided.happened_on, decided.recorded_at,
            decided.recorded_by_id, '', '', '{}', '', '', 1);
        FOR later IN SELECT id FROM cases_caseact WHERE case_id = decided.case_id AND act NOT IN ('REFERRED', 'TAKEN_UP')
            ORDER BY happened_on, id
        LOOP
            UPDATE cases_caseact SET id = nextval(pg_get_serial_sequence('cases_caseact', 'id')) WHERE id = later.id;
        END LOOP;
    END LOOP;
END $$;
"""

OWN = f"""
-- What somebody asked for belongs to them; whom the hint is about is read by functions only.
ALTER TABLE cases_likenesshint ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON cases_likenesshint FOR SELECT TO ina_app USING (holder_id = ANY ({HOLDERS}));
REVOKE ALL ON cases_likenesshint FROM ina_app;
GRANT SELECT (id, handle, holder_id, score, given_at) ON cases_likenesshint TO ina_app;
"""

NEW_TABLES = {
    "cases_alias": Compartment.IDENTITY,
    "cases_formername": Compartment.CONFIDENTIAL,
    "cases_guardian": Compartment.IDENTITY,
    "cases_sameperson": Compartment.CASE,
    "cases_specialevent": Compartment.CUSTODY,
    "cases_handover": Compartment.CASE,
    "cases_enforcement": Compartment.CUSTODY,
    "cases_datenotice": Compartment.NETWORK,
    "cases_referralsheet": Compartment.CONTACTS,
    "cases_informationgiven": Compartment.CONSENT,
    "cases_entrysituation": Compartment.VOCATIONAL,
    "cases_benefitsituation": Compartment.BENEFITS,
    "cases_healthsituation": Compartment.HEALTH,
    "cases_esfentry": Compartment.ESF,
}
OF_A_PERSON = {"cases_alias", "cases_formername", "cases_guardian", "cases_sameperson"}


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_the_case"), ("access", "0007_open_dossiers")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="participant", name="aliases"),
        migrations.RunSQL(OWN, migrations.RunSQL.noop),
        # Keys are written by functions, and their history would tell what they are there to hide.
        wall("cases_personkey", Compartment.CONFIDENTIAL, history=False),
        *(wall(table, bit) for table, bit in NEW_TABLES.items()),
        same_dossier("cases_case", "follows_id", "cases_case"),
        *(same_dossier(table, "case_id", "cases_case") for table in NEW_TABLES if table not in OF_A_PERSON),
        migrations.RunSQL("REVOKE INSERT, UPDATE, DELETE ON cases_personkey FROM ina_app", migrations.RunSQL.noop),
        batch_reads("cases_handover", "cases_specialevent"),
    ]
