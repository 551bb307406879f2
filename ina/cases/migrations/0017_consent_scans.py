"""The signed sheet of a consent: which document it is."""

import django.db.models.deletion
from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("accounts", "0003_secrecy"),
        ("cases", "0016_counselling"),
        ("documents", "0003_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(verbose_name="abgelegt")),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="access.consent"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
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
                "verbose_name": "unterschriebenes Blatt einer Einwilligung",
                "verbose_name_plural": "unterschriebene Blätter von Einwilligungen",
            },
        ),
        wall("cases_consentscan", Compartment.CONSENT),
        same_dossier("cases_consentscan", "consent_id", "access_consent"),
        same_dossier("cases_consentscan", "document_id", "documents_document"),
    ]
