"""Two entries for one house: the one that went names the one that stayed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0003_directory"),
    ]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
                verbose_name="aufgegangen in",
            ),
        ),
    ]
