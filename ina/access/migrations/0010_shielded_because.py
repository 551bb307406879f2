from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0009_circle")]
    operations = [
        migrations.AddField(
            model_name="dossier",
            name="shielded_because",
            field=models.CharField("geschützt, weil", blank=True, db_default="", default="", max_length=200),
        ),
    ]
