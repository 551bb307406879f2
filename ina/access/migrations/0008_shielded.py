from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0007_open_dossiers")]
    operations = [
        migrations.AddField(
            model_name="dossier",
            name="is_shielded",
            # Files are opened by an SQL function that knows nothing of it.
            field=models.BooleanField("besonders geschützt", default=False, db_default=False),
        ),
    ]
