"""Applications for papers, money and a roof, with what became of them."""

import django.db.models.deletion
from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("accounts", "0003_secrecy"),
        ("cases", "0017_consent_scans"),
        ("monitoring", "0012_own_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="BenefitApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ID_CARD", "Personalausweis"),
                            ("BANK_ACCOUNT", "Basiskonto"),
                            ("HEALTH_INSURANCE", "Krankenversicherung"),
                            ("BASIC_INCOME", "Grundsicherung für Arbeitsuchende (SGB II)"),
                            ("UNEMPLOYMENT", "Arbeitslosengeld (SGB III)"),
                            ("SOCIAL_AID", "Sozialhilfe (SGB XII)"),
                            ("HOUSING", "Wohnung, Wohnheim, Wohnberechtigungsschein"),
                            ("RENT_AND_DEPOSIT", "Miete, Kaution, Erstausstattung"),
                            ("TRAINING", "Förderung einer Ausbildung oder Maßnahme"),
                            ("RESIDENCE", "Aufenthalt, Arbeitserlaubnis"),
                            ("OTHER", "etwas anderes"),
                        ],
                        max_length=20,
                        verbose_name="Antrag auf",
                    ),
                ),
                ("office", models.CharField(max_length=120, verbose_name="bei")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="Zeichen des Amtes")),
                ("prepared_on", models.DateField(verbose_name="vorbereitet am")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="cases.case",
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
                "verbose_name": "Antrag",
                "verbose_name_plural": "Anträge",
            },
        ),
        migrations.CreateModel(
            name="ApplicationMove",
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
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("PREPARED", "vorbereitet"),
                            ("FILED", "gestellt, beim Amt eingegangen"),
                            ("MISSING_DOCS", "Unterlagen fehlen"),
                            ("GRANTED", "bewilligt"),
                            ("PROVISIONAL", "vorläufig bewilligt"),
                            ("DENIED", "abgelehnt"),
                            ("OBJECTION", "Widerspruch eingelegt"),
                            ("WITHDRAWN", "zurückgenommen"),
                        ],
                        max_length=12,
                        verbose_name="was",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="am")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="Unterlagen bis")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="Bemerkung")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="monitoring.benefitapplication",
                    ),
                ),
            ],
            options={
                "verbose_name": "Stand eines Antrags",
                "verbose_name_plural": "Stände von Anträgen",
            },
        ),
        migrations.AddConstraint(
            model_name="benefitapplication",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="monitoring_application_numbered"),
        ),
        migrations.AddConstraint(
            model_name="applicationmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on", None),
                    models.Q(("step", "MISSING_DOCS"), ("due_on__gte", models.F("happened_on"))),
                    _connector="OR",
                ),
                name="monitoring_application_due_of_missing_papers",
                violation_error_message="Eine Frist gibt es für fehlende Unterlagen, und sie liegt nach deren Tag.",
            ),
        ),
        wall("monitoring_benefitapplication", Compartment.PLAN),
        same_dossier("monitoring_benefitapplication", "case_id", "cases_case"),
        wall("monitoring_applicationmove", Compartment.PLAN),
        same_dossier("monitoring_applicationmove", "application_id", "monitoring_benefitapplication"),
    ]
