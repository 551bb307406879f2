"""Walls of the new tables, and a promise: what was agreed stays as it was signed. Progress goes on."""

from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall

# Columns of progress, and of the correction and order of any entry; all else of an agreed version stands.
GOAL = ["status", "status_on", "status_reason", "corrected_because", "version"]
STEP = ["status", "done_on", "result", "applied_on", "decided_on", "decision", "corrected_because", "version"]

FUNCTION = """
CREATE FUNCTION planning_keep_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan_state text;
    free text[] := TG_ARGV[0]::text[];
BEGIN
    IF TG_TABLE_NAME = 'planning_planstep' THEN
        SELECT p.state INTO plan_state FROM planning_goal g JOIN planning_integrationplan p ON p.id = g.plan_id
            WHERE g.id = NEW.goal_id;
    ELSE
        SELECT p.state INTO plan_state FROM planning_integrationplan p WHERE p.id = NEW.plan_id;
    END IF;
    IF plan_state IN ('DRAFT', 'DISCUSSED') OR plan_state IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
        RAISE EXCEPTION 'planning: what was agreed stays as it was signed';
    END IF;
    RETURN NEW;
END $$;
"""


def keep(table: str, free: list[str]) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
CREATE TRIGGER keep_agreed BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION planning_keep_agreed('{{{",".join(free)}}}');
""",
        f"DROP TRIGGER keep_agreed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_the_plan"), ("cases", "0015_list_filters")]
    operations = [
        wall("planning_planevent", Compartment.PLAN),
        wall("planning_signature", Compartment.PLAN),
        wall("planning_planreview", Compartment.PLAN),
        same_dossier("planning_planevent", "plan_id", "planning_integrationplan"),
        same_dossier("planning_signature", "plan_id", "planning_integrationplan"),
        same_dossier("planning_planreview", "plan_id", "planning_integrationplan"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION planning_keep_agreed()"),
        keep("planning_goal", GOAL),
        keep("planning_planstep", STEP),
    ]
