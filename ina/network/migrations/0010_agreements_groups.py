"""Contact persons, agreements with partners, working groups and their sittings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0003_directory"),
        ("network", "0009_overrides"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="Sitzung")),
                ("held_on", models.DateField(verbose_name="am")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Ort")),
                ("topics", models.TextField(max_length=4000, verbose_name="Themen")),
                ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="Protokoll")),
                ("people", models.TextField(blank=True, max_length=4000, verbose_name="wer dabei war")),
                ("version", models.PositiveIntegerField(default=1)),
                ("present", models.ManyToManyField(blank=True, related_name="+", to="institutions.institution")),
            ],
            options={
                "verbose_name": "Sitzung",
                "verbose_name_plural": "Sitzungen",
                "ordering": ["-held_on", "-number"],
            },
        ),
        migrations.CreateModel(
            name="MeetingTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="Verabredung")),
                ("who", models.CharField(max_length=200, verbose_name="wer")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="bis")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="erledigt am")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="network.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "Verabredung",
                "verbose_name_plural": "Verabredungen",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("role", models.CharField(blank=True, max_length=120, verbose_name="Funktion")),
                ("concern", models.CharField(blank=True, max_length=200, verbose_name="zuständig für")),
                ("phone", models.CharField(blank=True, help_text="dienstlich", max_length=60, verbose_name="Telefon")),
                ("email", models.EmailField(blank=True, help_text="dienstlich", max_length=200, verbose_name="E-Mail")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="letzter Tag")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="institutions.institution",
                        verbose_name="Stelle",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ansprechperson",
                "verbose_name_plural": "Ansprechpersonen",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(editable=False, unique=True, verbose_name="Nummer")),
                ("subject", models.CharField(max_length=200, verbose_name="Gegenstand")),
                ("target_group", models.CharField(blank=True, max_length=500, verbose_name="Zielgruppe")),
                ("services", models.TextField(blank=True, max_length=4000, verbose_name="Leistungen")),
                (
                    "referral_route",
                    models.CharField(blank=True, max_length=500, verbose_name="Weg der Vermittlung und Bogen"),
                ),
                ("costs", models.CharField(blank=True, max_length=300, verbose_name="Kosten")),
                (
                    "data_rules",
                    models.TextField(
                        blank=True,
                        help_text="Eine Vereinbarung ersetzt keine Einwilligung.",
                        max_length=4000,
                        verbose_name="Regeln zum Datenaustausch",
                    ),
                ),
                ("reporting", models.CharField(blank=True, max_length=500, verbose_name="Berichte")),
                ("evaluation", models.CharField(blank=True, max_length=300, verbose_name="Auswertungsgespräch")),
                ("starts_on", models.DateField(verbose_name="gilt ab")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="gilt bis")),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Kündigungsfrist in Monaten"),
                ),
                (
                    "renews_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="verlängert sich um Monate"),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="unterschrieben am")),
                ("terminated_to", models.DateField(blank=True, null=True, verbose_name="gekündigt zum")),
                ("terminated_because", models.CharField(blank=True, max_length=300, verbose_name="gekündigt, weil")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "house",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                        verbose_name="unsere Seite",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="institutions.institution",
                        verbose_name="Stelle",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.partnercontact",
                        verbose_name="Ansprechperson",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vereinbarung",
                "verbose_name_plural": "Vereinbarungen",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(editable=False, unique=True, verbose_name="Nummer")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("GROUP", "Arbeitskreis"),
                            ("CONFERENCE", "Netzwerkkonferenz"),
                            ("ROUND_TABLE", "Runder Tisch"),
                        ],
                        max_length=12,
                        verbose_name="Art",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=200, verbose_name="Region")),
                ("aim", models.CharField(blank=True, max_length=500, verbose_name="Ziel")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="letzter Tag")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                        verbose_name="Leitung",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(blank=True, related_name="working_groups", to="institutions.institution"),
                ),
            ],
            options={
                "verbose_name": "Arbeitskreis",
                "verbose_name_plural": "Arbeitskreise",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="network.workinggroup"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnercontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("institution", "name"),
                name="network_contact_named_once",
                violation_error_message="Diese Person steht bei der Stelle schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="network_agreement_term",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("renews_months", None),
                    models.Q(("renews_months__gt", 0), ("ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="network_agreement_renews_a_term",
                violation_error_message="Verlängern kann sich nur, was ein Ende hat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("group", "number"), name="network_meeting_number"),
        ),
    ]
