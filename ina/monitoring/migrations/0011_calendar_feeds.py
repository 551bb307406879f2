"""Addresses under which a calendar outside learns when, and nothing else."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_secrecy"),
        ("monitoring", "0010_aftercare_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64, unique=True)),
                ("opened_at", models.DateTimeField(verbose_name="eingerichtet")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="geschlossen")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                        verbose_name="Stelle",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kalender-Adresse",
                "verbose_name_plural": "Kalender-Adressen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("membership",), name="monitoring_feed_one_open"
                    )
                ],
            },
        ),
    ]
