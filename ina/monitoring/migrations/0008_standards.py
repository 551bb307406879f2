"""What is known of the minimum standards of a case; walled by row, because some items tell of health."""

import django.db.models.deletion
from django.db import migrations, models

import ina.monitoring.enums
from ina.access.wall import same_dossier, wall_by_row


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("accounts", "0003_secrecy"),
        ("cases", "0017_consent_scans"),
        ("monitoring", "0007_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("compartments", models.IntegerField()),
                ("item", models.PositiveSmallIntegerField(verbose_name="Mindeststandard")),
                ("catalogue", models.CharField(max_length=20, verbose_name="Vorlage")),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "offen"), ("DONE", "erfüllt"), ("LEFT_OUT", "entfällt")],
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="erfüllt am")),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="Nachweis")),
                ("because", models.CharField(blank=True, max_length=300, verbose_name="entfällt, weil")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standard_checks", to="cases.case"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.dossier"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
            ],
            options={
                "verbose_name": "Mindeststandard",
                "verbose_name_plural": "Mindeststandards",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "item"), name="monitoring_standard_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", ina.monitoring.enums.StandardState["LEFT_OUT"]), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="monitoring_standard_left_out_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", ina.monitoring.enums.StandardState["DONE"])),
                            models.Q(
                                models.Q(("state", ina.monitoring.enums.StandardState["DONE"]), _negated=True),
                                ("done_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="monitoring_standard_done_on_a_day",
                    ),
                ],
            },
        ),
        wall_by_row("monitoring_standardcheck"),
        same_dossier("monitoring_standardcheck", "case_id", "cases_case"),
    ]
