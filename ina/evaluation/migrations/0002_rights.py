from django.db import migrations

SQL = """
-- The only way back from a pseudonym to a case. When the case is deleted, this line goes with it and the fact stays.
CREATE TABLE evaluation_pseudonym (
    case_id bigint PRIMARY KEY REFERENCES cases_case ON DELETE CASCADE,
    pseudonym uuid NOT NULL UNIQUE
);
REVOKE ALL ON evaluation_pseudonym, evaluation_episodefact, evaluation_factbuild FROM ina_app;
REVOKE ALL ON SEQUENCE evaluation_factbuild_id_seq FROM ina_app;
GRANT SELECT, INSERT ON evaluation_pseudonym, evaluation_factbuild TO ina_batch;
GRANT SELECT, INSERT, DELETE ON evaluation_episodefact TO ina_batch;
GRANT SELECT ON institutions_institution, reference_code, reference_codelist TO ina_batch;
GRANT SELECT ON evaluation_episodefact, evaluation_factbuild TO ina_eval;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0001_initial"),
        ("cases", "0002_wall"),
        ("monitoring", "0002_wall"),
        ("institutions", "0001_initial"),
        ("reference", "0001_initial"),
    ]
    operations = [migrations.RunSQL(SQL, "DROP TABLE evaluation_pseudonym")]
