"""Numbers about partners: the night writes them, the application only reads."""

import django.db.models.deletion
from django.db import migrations, models

RIGHTS = """
REVOKE INSERT, UPDATE, DELETE ON network_partnerfigure, network_cooperation FROM ina_app;
GRANT SELECT, INSERT, DELETE ON network_partnerfigure, network_cooperation TO ina_batch;
GRANT USAGE ON SEQUENCE network_cooperation_id_seq TO ina_batch;
-- Who was sent where, when, and what became of it; never the words about it.
GRANT SELECT (id, dossier_id, partner_id, voided_at) ON network_servicereferral TO ina_batch;
GRANT SELECT (id, referral_id, act, happened_on, recorded_by_id, voided_at) ON network_servicereferralact TO ina_batch;
CREATE POLICY batch ON network_servicereferral FOR SELECT TO ina_batch USING (true);
CREATE POLICY batch ON network_servicereferralact FOR SELECT TO ina_batch USING (true);
"""
AWAY = """
DROP POLICY batch ON network_servicereferral;
DROP POLICY batch ON network_servicereferralact;
REVOKE SELECT (id, dossier_id, partner_id, voided_at) ON network_servicereferral FROM ina_batch;
REVOKE SELECT (id, referral_id, act, happened_on, recorded_by_id, voided_at) ON network_servicereferralact FROM ina_batch;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0003_directory"),
        ("network", "0010_agreements_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerFigure",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="figure",
                        serialize=False,
                        to="institutions.institution",
                    ),
                ),
                ("counted_on", models.DateField()),
                ("referrals", models.PositiveIntegerField()),
                ("arrived", models.PositiveIntegerField(null=True)),
                ("refused", models.PositiveIntegerField(null=True)),
                ("ended", models.PositiveIntegerField(null=True)),
                ("waiting", models.PositiveIntegerField(null=True)),
                ("answer_days", models.PositiveIntegerField(null=True)),
                ("arrival_days", models.PositiveIntegerField(null=True)),
            ],
            options={
                "verbose_name": "Zahlen einer Stelle",
                "verbose_name_plural": "Zahlen der Stellen",
            },
        ),
        migrations.CreateModel(
            name="Cooperation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("referrals", models.PositiveIntegerField()),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="institutions.institution"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="institutions.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "Zusammenarbeit",
                "verbose_name_plural": "Zusammenarbeit",
                "constraints": [models.UniqueConstraint(fields=("house", "partner"), name="network_cooperation_once")],
            },
        ),
        migrations.RunSQL(RIGHTS, AWAY),
    ]
