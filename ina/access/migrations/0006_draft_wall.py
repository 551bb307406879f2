from django.db import migrations

from ina.access.wall import HOLDERS

SQL = f"""
ALTER TABLE access_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON access_draft TO ina_app USING (holder_id = ANY ({HOLDERS}));
GRANT SELECT, DELETE ON access_draft TO ina_batch;
CREATE POLICY batch ON access_draft TO ina_batch USING (true);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_corrections_and_drafts")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
