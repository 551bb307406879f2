"""Emergencies: two people, one partner, a day."""

import django.db.models.deletion
from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("network", "0006_disclosures_wall"),
        ("accounts", "0003_secrecy"),
        ("cases", "0016_counselling"),
        ("institutions", "0003_directory"),
        ("network", "0008_replies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(verbose_name="Nummer")),
                ("compartments", models.IntegerField(verbose_name="Angaben")),
                ("danger", models.TextField(verbose_name="Gefahr")),
                ("asked_on", models.DateField(verbose_name="verlangt am")),
                ("asked_at", models.DateTimeField(verbose_name="verlangt")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="entschieden")),
                ("open_until", models.DateField(blank=True, null=True, verbose_name="gilt bis")),
                ("refused_because", models.CharField(blank=True, max_length=300, verbose_name="abgelehnt, weil")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="beendet")),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="Person unterrichtet am")),
                ("told_how", models.CharField(blank=True, max_length=300, verbose_name="wie")),
                ("version", models.IntegerField(default=1, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="overrides", to="cases.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.dossier"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                        verbose_name="Stelle",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "Notfall-Weitergabe",
                "verbose_name_plural": "Notfall-Weitergaben",
            },
        ),
        migrations.AddField(
            model_name="disclosure",
            name="override",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.override",
                verbose_name="Notfall-Weitergabe",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.UniqueConstraint(fields=("dossier", "number"), name="network_override_number"),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                ),
                name="network_override_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("open_until", None),
                    models.Q(("decided_at__isnull", False), ("refused_because", "")),
                    _connector="OR",
                ),
                name="network_override_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_on", None), ("open_until__isnull", False), _connector="OR"),
                name="network_override_told_of_something",
            ),
        ),
        wall("network_override", Compartment.NETWORK),
        same_dossier("network_override", "case_id", "cases_case"),
        same_dossier("network_disclosure", "override_id", "network_override"),
    ]
