import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("reference", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="Nummer")),
                ("name", models.TextField(verbose_name="Name")),
                (
                    "staffed_by",
                    models.TextField(
                        choices=[("justice", "Justiz selbst"), ("carrier", "beauftragter Träger")],
                        verbose_name="Fallführung durch",
                    ),
                ),
                ("source", models.TextField(verbose_name="Quelle")),
            ],
            options={
                "verbose_name": "B5-Region",
                "verbose_name_plural": "B5-Regionen",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        help_text="Bleibt für immer gleich.", max_length=80, unique=True, verbose_name="Schlüssel"
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("PRISON", "Justizvollzugsanstalt"),
                            ("YOUTH_ARREST", "Jugendarrestanstalt"),
                            ("AGENCY", "Agentur für Arbeit"),
                            ("JOBCENTER", "Jobcenter"),
                            ("CHAMBER", "Kammer"),
                            ("CARRIER", "Träger"),
                            ("AFTERCARE_OFFICE", "Nachsorgebüro"),
                            ("WHKT", "Westdeutscher Handwerkskammertag"),
                            ("KRIMD", "Kriminologischer Dienst"),
                            ("MINISTRY", "Ministerium"),
                            ("AUTHORITY", "Behörde"),
                            ("PROBATION", "Bewährungshilfe"),
                            ("FIRM", "Betrieb"),
                            ("PROVIDER", "Anbieter von Leistungen"),
                            ("OTHER", "andere Stelle"),
                        ],
                        verbose_name="Art",
                    ),
                ),
                (
                    "specialty",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("youth", "Jugendvollzug"),
                            ("social_therapy", "Sozialtherapie"),
                            ("hospital", "Justizvollzugskrankenhaus"),
                        ],
                        verbose_name="Besonderheit",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                ("short_name", models.CharField(max_length=80, verbose_name="Kurzname")),
                ("name_key", models.TextField(db_collation="C", db_index=True, editable=False)),
                ("search_key", models.TextField(db_collation="C", editable=False)),
                (
                    "neutral_name",
                    models.CharField(
                        blank=True,
                        help_text="Für Schreiben, die keinen Bezug zur Haft zeigen dürfen. Leer: keiner festgelegt.",
                        max_length=200,
                        verbose_name="neutraler Name",
                    ),
                ),
                ("official_number", models.CharField(blank=True, max_length=30, verbose_name="amtliche Nummer")),
                (
                    "legal_form",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("gE", "gemeinsame Einrichtung (gE)"),
                            ("zkT", "zugelassener kommunaler Träger (zkT)"),
                            ("justice", "Justiz des Landes NRW"),
                            ("public_body", "Körperschaft des öffentlichen Rechts"),
                            ("company", "Gesellschaft"),
                            ("association", "eingetragener Verein"),
                        ],
                        verbose_name="Trägerform",
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=200, verbose_name="Straße und Hausnummer")),
                (
                    "postcode",
                    models.CharField(
                        blank=True,
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{5}$", "Eine Postleitzahl hat fünf Ziffern.")
                        ],
                        verbose_name="Postleitzahl",
                    ),
                ),
                ("town", models.CharField(blank=True, max_length=100, verbose_name="Ort")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="Telefon")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                ("website", models.URLField(blank=True, verbose_name="Internetseite")),
                (
                    "valid_period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Offener Anfang: seit wann, ist nicht belegt.", verbose_name="besteht"
                    ),
                ),
                ("source", models.TextField(verbose_name="Quelle")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="geprüft am")),
                ("verified_by", models.TextField(blank=True, verbose_name="geprüft von")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="institutions.institution",
                        verbose_name="gehört zu",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="institutions.region",
                        verbose_name="B5-Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "Einrichtung",
                "verbose_name_plural": "Einrichtungen",
                "ordering": ["name_key", "key"],
            },
        ),
        migrations.CreateModel(
            name="RegionService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="Zeitraum")),
                ("source", models.TextField(verbose_name="Quelle")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="institutions.institution",
                        verbose_name="Träger",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="institutions.region",
                        verbose_name="Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "Beauftragung",
                "verbose_name_plural": "Beauftragungen",
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="Zeitraum")),
                ("source", models.TextField(verbose_name="Quelle")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.district",
                        verbose_name="Kreis",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverage",
                        to="institutions.institution",
                        verbose_name="Einrichtung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bezirk",
                "verbose_name_plural": "Bezirke",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_period__isempty", False)), name="institutions_coverage_not_empty"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.Func("institution", "institution", models.Value("[]"), function="int8range"), "&&"),
                            (models.Func("district", "district", models.Value("[]"), function="int8range"), "&&"),
                            ("valid_period", "&&"),
                        ],
                        name="institutions_coverage_no_overlap",
                        violation_error_message="Für diesen Kreis ist die Stelle in diesem Zeitraum schon zuständig.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["kind", "name_key"], name="institutions_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verified_by", ""), ("verified_on__isnull", True)),
                    models.Q(("verified_on__isnull", False), models.Q(("verified_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="institutions_verified_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_period__isempty", False)),
                name="institutions_exists_at_least_a_day",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("short_name", ""), _negated=True)),
                name="institutions_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="institutions_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="institutions_not_own_parent",
                violation_error_message="Eine Einrichtung kann nicht zu sich selbst gehören.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionservice",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_period__isempty", False)), name="institutions_service_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="regionservice",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.Func("institution", "institution", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("region", "region", models.Value("[]"), function="int8range"), "&&"),
                    ("valid_period", "&&"),
                ],
                name="institutions_service_no_overlap",
                violation_error_message="Der Träger arbeitet in diesem Zeitraum schon in dieser Region.",
            ),
        ),
    ]
