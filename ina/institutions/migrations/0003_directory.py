"""The directory: how to get there, when somebody is there, who keeps the entry, the last check before a change."""

import django.db.models.deletion
from django.db import migrations, models

from ina.institutions.rules import search_key


def find_anew(apps, schema_editor):
    """Postcode, street, number and key are searched as well, in both spellings of umlauts."""
    for one in apps.get_model("institutions", "Institution").objects.order_by("pk"):
        one.search_key = search_key(one)
        one.save(update_fields=["search_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0002_delivered_institutions"),
    ]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="directions",
            field=models.CharField(
                blank=True, help_text="Haltestelle, Eingang, Stockwerk.", max_length=300, verbose_name="Anfahrt"
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="kept_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
                verbose_name="gepflegt von",
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="opening_hours",
            field=models.CharField(blank=True, max_length=300, verbose_name="Sprechzeiten"),
        ),
        migrations.AddField(
            model_name="institution",
            name="verified_before_by",
            field=models.TextField(blank=True, verbose_name="vor der Änderung geprüft von"),
        ),
        migrations.AddField(
            model_name="institution",
            name="verified_before_on",
            field=models.DateField(blank=True, null=True, verbose_name="vor der Änderung geprüft am"),
        ),
        migrations.RunPython(find_anew, migrations.RunPython.noop),
    ]
