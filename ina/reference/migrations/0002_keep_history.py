"""The database refuses to rewrite what once held: a dated fact may be ended once and voided once, nothing else."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION reference_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changeable text[] := ARRAY['valid_period', 'voided_at', 'voided_by', 'voided_because'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Dated facts are not deleted (%, id %)', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - changeable <> to_jsonb(NEW) - changeable THEN
        RAISE EXCEPTION 'Dated facts are not rewritten (%, id %)', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.valid_period <> NEW.valid_period AND NOT (
        upper_inf(OLD.valid_period) AND NOT upper_inf(NEW.valid_period) AND NOT isempty(NEW.valid_period)
        AND lower(OLD.valid_period) = lower(NEW.valid_period)
    ) THEN
        RAISE EXCEPTION 'An open period may be ended, nothing else (%, id %)', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.voided_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'A voided fact stays as it is (%, id %)', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$
"""
TRIGGER = """
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION reference_keep_history()
"""
TABLES = ("reference_parameter", "reference_term")


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION reference_keep_history()"),
        *(migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER keep_history ON {table}") for table in TABLES),
    ]
