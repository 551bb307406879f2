from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import batch_reads, same_dossier, wall
from ina.reference.migrations._load import load_parameters

# As ``reference.rules.Duration.after`` (tests/agenda/test_due.py holds both against each other): months end on the last
# day where the day is missing (§ 188 Abs. 3 BGB), of working days the day itself does not count (§ 187 BGB).
DUE = """
CREATE FUNCTION agenda_due(anchor date, count integer, unit text, holidays date[]) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE unit
        WHEN 'days' THEN anchor + count
        WHEN 'weeks' THEN anchor + 7 * count
        WHEN 'months' THEN (anchor + make_interval(months => count))::date
        WHEN 'years' THEN (anchor + make_interval(years => count))::date
        WHEN 'working_days' THEN CASE WHEN count = 0 THEN anchor ELSE (
            -- Twice as many days and two weeks always hold enough working days, over Christmas too.
            SELECT anchor + sign(count)::integer * step
            FROM generate_series(1, 2 * abs(count) + 14) AS step
            WHERE extract(isodow FROM anchor + sign(count)::integer * step) < 6
              AND anchor + sign(count)::integer * step <> ALL (holidays)
            ORDER BY step OFFSET abs(count) - 1 LIMIT 1
        ) END
    END
$$;
REVOKE ALL ON FUNCTION agenda_due(date, integer, text, date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agenda_due(date, integer, text, date[]) TO ina_app;
"""

# The night reads items and who stands in for whom, and writes reminders.
NIGHT = """
GRANT SELECT ON accounts_membership, accounts_deputyship TO ina_batch;
GRANT SELECT, INSERT ON agenda_reminder TO ina_batch;
CREATE POLICY batch ON agenda_reminder TO ina_batch USING (true) WITH CHECK (true);
"""


def add_parameters(apps, schema_editor):
    """Installations that are older than the agenda get its parameters; nothing that is there is touched."""
    load_parameters(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0001_initial"),
        ("access", "0003_wall"),
        ("accounts", "0001_initial"),
        ("reference", "0004_page"),
    ]
    operations = [
        migrations.RunSQL(DUE, "DROP FUNCTION agenda_due(date, integer, text, date[]);"),
        wall("agenda_timing", Compartment.PLAN),
        wall("agenda_item", Compartment.PLAN),
        wall("agenda_reminder", Compartment.PLAN),
        same_dossier("agenda_reminder", "item_id", "agenda_item"),
        batch_reads("agenda_item"),
        migrations.RunSQL(NIGHT, migrations.RunSQL.noop),
        migrations.RunPython(add_parameters, migrations.RunPython.noop),
    ]
