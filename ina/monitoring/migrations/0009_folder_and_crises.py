"""The release-day folder, crises, and appointments that the Jobcenter asked for."""

import django.db.models.deletion
from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall, wall_by_row


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("accounts", "0003_secrecy"),
        ("cases", "0017_consent_scans"),
        ("monitoring", "0008_standards"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="jobcenter",
            field=models.BooleanField(db_default=False, default=False, verbose_name="Meldetermin beim Jobcenter"),
        ),
        migrations.CreateModel(
            name="Crisis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("NO_SHOW", "unentschuldigt gefehlt"),
                            ("WARNING", "Abmahnung"),
                            ("CONFLICT", "Streit im Betrieb"),
                            ("RELAPSE", "Rückfall"),
                            ("DEBT", "Schulden oder Pfändung"),
                            ("HOUSING", "Wohnung verloren oder in Gefahr"),
                            ("JOBCENTER", "Termine beim Jobcenter versäumt"),
                            ("PROBATION", "Auflage der Bewährung verletzt"),
                            ("WANTS_TO_QUIT", "will aufhören"),
                            ("OTHER", "etwas anderes"),
                        ],
                        max_length=16,
                        verbose_name="Auslöser",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("DAY", "in 24 Stunden"), ("THREE_DAYS", "in 3 Tagen"), ("WEEK", "in 7 Tagen")],
                        max_length=10,
                        verbose_name="Wie eilig?",
                    ),
                ),
                (
                    "reported_by",
                    models.CharField(
                        choices=[
                            ("STAFF", "Übergangsmanagement"),
                            ("CHAMBER", "Kammerkoordination"),
                            ("FIRM", "Betrieb"),
                            ("PERSON", "Teilnehmer/in"),
                            ("OTHER", "andere Stelle oder Person"),
                        ],
                        max_length=12,
                        verbose_name="gemeldet von",
                    ),
                ),
                ("reported_on", models.DateField(verbose_name="gemeldet am")),
                ("hypothesis", models.TextField(blank=True, verbose_name="was dahinter stecken kann")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("STABILISED", "stabilisiert"),
                            ("MOVED", "umgesetzt, es geht an anderer Stelle weiter"),
                            ("MUTUAL", "einvernehmlich beendet"),
                            ("DISMISSED", "vom Betrieb gekündigt"),
                            ("RESIGNED", "selbst gekündigt"),
                            ("AT_ONCE", "fristlos beendet"),
                        ],
                        max_length=16,
                        verbose_name="Ergebnis",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="beendet am")),
                ("lesson", models.TextField(blank=True, verbose_name="was wir daraus lernen")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crises",
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
                "verbose_name": "Krise",
                "verbose_name_plural": "Krisen",
            },
        ),
        migrations.CreateModel(
            name="CrisisAct",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("TALK_PERSON", "Gespräch mit der Person"),
                            ("TALK_FIRM", "Gespräch mit dem Betrieb"),
                            ("MEDIATION", "Vermittlung vor Ort"),
                            ("MEASURE", "Maßnahme"),
                            ("AGREEMENT", "Vereinbarung"),
                            ("FOLLOW_UP", "Nachfrage"),
                        ],
                        max_length=12,
                        verbose_name="was",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="am")),
                ("text", models.TextField(max_length=5000, verbose_name="wie es war, was vereinbart ist")),
                ("person_signed", models.BooleanField(default=False, verbose_name="Teilnehmer/in hat unterschrieben")),
                ("firm_signed", models.BooleanField(default=False, verbose_name="Betrieb hat unterschrieben")),
                (
                    "staff_signed",
                    models.BooleanField(default=False, verbose_name="Übergangsmanagement hat unterschrieben"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                (
                    "crisis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="monitoring.crisis"
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
                "verbose_name": "Schritt in einer Krise",
                "verbose_name_plural": "Schritte in Krisen",
            },
        ),
        migrations.CreateModel(
            name="FolderCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_on", models.DateField(verbose_name="geprüft am")),
                ("missing", models.JSONField(default=list, verbose_name="es fehlte")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="Bemerkung")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="folder_checks", to="cases.case"
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
                "verbose_name": "Prüfung der Entlassungsmappe",
                "verbose_name_plural": "Prüfungen der Entlassungsmappe",
            },
        ),
        migrations.CreateModel(
            name="FolderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("compartments", models.IntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PLACE", "Wo ich die erste Nacht schlafe"),
                            ("FIRST_WAY", "Wohin zuerst, wer mich abholt"),
                            ("FALLBACK", "Ersatz, wenn das Zimmer nicht frei ist"),
                            ("HOUR", "Stunde für Stunde"),
                            ("WAY", "Weg zum Termin und was mitkommt"),
                            ("PAPER", "Papier: Was ist wo?"),
                            ("MONEY", "Geld, das ich bekomme"),
                            ("PAID", "Das muss ich nicht bezahlen"),
                            ("WEEK", "Geld für eine Woche"),
                            ("NUMBER", "Nummer"),
                            ("MEDICATION", "Arztbrief und Medikamente"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Tag")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="Uhrzeit")),
                ("title", models.CharField(max_length=120, verbose_name="was")),
                ("detail", models.CharField(blank=True, max_length=300, verbose_name="mehr dazu")),
                ("must", models.BooleanField(default=False, verbose_name="Pflicht")),
                ("slot", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Fach")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="Betrag"),
                ),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="Telefon")),
                ("recorded_at", models.DateTimeField(verbose_name="eingetragen")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="herausgenommen")),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.appointment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folder_lines",
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
                (
                    "removed_by",
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
                "verbose_name": "Zeile der Entlassungsmappe",
                "verbose_name_plural": "Entlassungsmappe",
            },
        ),
        migrations.AddConstraint(
            model_name="crisis",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="monitoring_crisis_numbered"),
        ),
        migrations.AddConstraint(
            model_name="crisis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("result", "")),
                    models.Q(models.Q(("result", ""), _negated=True), ("ended_on__isnull", False)),
                    _connector="OR",
                ),
                name="monitoring_crisis_ended_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="crisis",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("reported_on")), _connector="OR"),
                name="monitoring_crisis_ends_afterwards",
                violation_error_message="Das Ende liegt vor der Meldung.",
            ),
        ),
        migrations.AddConstraint(
            model_name="folderline",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="monitoring_folder_numbered"),
        ),
        migrations.AddConstraint(
            model_name="folderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("day", None), models.Q(("day__gte", 1), ("day__lte", 3)), _connector="OR"),
                name="monitoring_folder_first_three_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="folderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("slot", None), models.Q(("slot__gte", 1), ("slot__lte", 5)), _connector="OR"),
                name="monitoring_folder_slots",
            ),
        ),
        migrations.AddConstraint(
            model_name="folderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                name="monitoring_folder_no_debts",
                violation_error_message="Der Betrag ist kleiner als null.",
            ),
        ),
        wall_by_row("monitoring_folderline"),
        same_dossier("monitoring_folderline", "case_id", "cases_case"),
        same_dossier("monitoring_folderline", "appointment_id", "monitoring_appointment"),
        wall("monitoring_foldercheck", Compartment.PLAN, history=False),
        same_dossier("monitoring_foldercheck", "case_id", "cases_case"),
        wall("monitoring_crisis", Compartment.CONTACTS),
        same_dossier("monitoring_crisis", "case_id", "cases_case"),
        wall("monitoring_crisisact", Compartment.CONTACTS),
        same_dossier("monitoring_crisisact", "crisis_id", "monitoring_crisis"),
    ]
