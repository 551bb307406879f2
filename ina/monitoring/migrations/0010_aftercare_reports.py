"""Reports of aftercare at their points, and the closing report."""

import django.db.models.deletion
from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("accounts", "0003_secrecy"),
        ("cases", "0017_consent_scans"),
        ("monitoring", "0009_folder_and_crises"),
    ]

    operations = [
        migrations.CreateModel(
            name="AftercareReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="storniert")),
                (
                    "voided_because",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="storniert, weil"),
                ),
                (
                    "corrected_because",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="berichtigt, weil"),
                ),
                ("version", models.IntegerField(default=1, editable=False)),
                ("months", models.PositiveSmallIntegerField(verbose_name="Monate nach der Entlassung")),
                ("written_on", models.DateField(verbose_name="geschrieben am")),
                ("housing", models.TextField(blank=True, verbose_name="Wohnen")),
                ("income", models.TextField(blank=True, verbose_name="Geld und Leistungen")),
                ("work", models.TextField(verbose_name="Arbeit und Ausbildung")),
                ("employer", models.TextField(blank=True, verbose_name="Kontakt mit dem Betrieb")),
                (
                    "supervision",
                    models.TextField(
                        blank=True, verbose_name="Bewährungshilfe, Führungsaufsicht: Termine eingehalten?"
                    ),
                ),
                ("debts", models.TextField(blank=True, verbose_name="Schulden")),
                ("family", models.TextField(blank=True, verbose_name="Familie und Umfeld")),
                ("support", models.TextField(blank=True, verbose_name="geleistete Unterstützung")),
                ("plan", models.TextField(blank=True, verbose_name="Plan für die nächste Zeit")),
                ("reprofiling", models.BooleanField(default=False, verbose_name="neues Profiling ist nötig")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aftercare_reports", to="cases.case"
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
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "Nachsorgebericht",
                "verbose_name_plural": "Nachsorgeberichte",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("case", "months"),
                        name="monitoring_report_once_per_point",
                        violation_error_message="Zu diesem Zeitpunkt gibt es schon einen Bericht.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="storniert")),
                (
                    "voided_because",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="storniert, weil"),
                ),
                (
                    "corrected_because",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="berichtigt, weil"),
                ),
                ("version", models.IntegerField(default=1, editable=False)),
                ("written_on", models.DateField(verbose_name="geschrieben am")),
                ("summary", models.TextField(verbose_name="Maßnahmen und was sie gebracht haben")),
                ("remaining_need", models.TextField(blank=True, verbose_name="was weiter gebraucht wird")),
                ("handed_to", models.CharField(blank=True, max_length=300, verbose_name="übergeben an")),
                ("feedback", models.TextField(blank=True, verbose_name="Was die Person dazu sagt")),
                ("recommendation", models.TextField(blank=True, verbose_name="Empfehlung")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closing_reports", to="cases.case"
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
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abschlussbericht",
                "verbose_name_plural": "Abschlussberichte",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("case",),
                        name="monitoring_closing_report_once",
                        violation_error_message="Es gibt schon einen Abschlussbericht.",
                    )
                ],
            },
        ),
        wall("monitoring_aftercarereport", Compartment.CONTACTS),
        same_dossier("monitoring_aftercarereport", "case_id", "cases_case"),
        wall("monitoring_closingreport", Compartment.CONTACTS),
        same_dossier("monitoring_closingreport", "case_id", "cases_case"),
    ]
