from django.db import migrations


class Migration(migrations.Migration):
    """A file has a handful of grants: without this the planner reckons with a thousand and reads whole tables."""

    dependencies = [("access", "0008_shielded")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION access_circle(bigint) ROWS 8", "ALTER FUNCTION access_circle(bigint) ROWS 1000"
        )
    ]
