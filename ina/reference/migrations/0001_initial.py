import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField(unique=True, verbose_name="Schlüssel")),
                ("label", models.TextField(verbose_name="Bezeichnung")),
            ],
            options={
                "verbose_name": "Liste",
                "verbose_name_plural": "Listen",
                "ordering": ["label"],
            },
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ags", models.CharField(max_length=5, unique=True, verbose_name="Gemeindeschlüssel (5 Stellen)")),
                ("name", models.TextField(verbose_name="Name")),
                ("name_key", models.TextField(db_collation="C", db_index=True, editable=False)),
                (
                    "kind",
                    models.TextField(choices=[("city", "kreisfreie Stadt"), ("county", "Kreis")], verbose_name="Art"),
                ),
                ("source", models.TextField(verbose_name="Quelle")),
            ],
            options={
                "verbose_name": "Kreis oder kreisfreie Stadt",
                "verbose_name_plural": "Kreise und kreisfreie Städte",
                "ordering": ["name_key"],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ags", models.CharField(max_length=8, unique=True, verbose_name="Gemeindeschlüssel (8 Stellen)")),
                ("name", models.TextField(verbose_name="Name")),
                ("name_key", models.TextField(db_collation="C", db_index=True, editable=False)),
            ],
            options={
                "verbose_name": "Gemeinde",
                "verbose_name_plural": "Gemeinden",
                "ordering": ["name_key"],
            },
        ),
        migrations.CreateModel(
            name="ParameterKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField(unique=True, verbose_name="Schlüssel")),
                ("label", models.TextField(verbose_name="Bezeichnung")),
                ("group", models.TextField(verbose_name="Gruppe")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("duration", "Dauer"),
                            ("durations", "mehrere Zeitpunkte"),
                            ("integer", "ganze Zahl"),
                            ("decimal", "Zahl mit Nachkommastellen"),
                            ("weights", "Gewichte"),
                            ("window", "Zeitraum"),
                            ("yearly_window", "jährlicher Zeitraum"),
                        ],
                        verbose_name="Art",
                    ),
                ),
                (
                    "unit",
                    models.TextField(
                        blank=True,
                        help_text="Nur bei Zahlen; Dauern tragen ihre Einheit selbst.",
                        verbose_name="Einheit",
                    ),
                ),
                ("position", models.IntegerField(default=0, verbose_name="Reihenfolge")),
            ],
            options={
                "verbose_name": "Parameter",
                "verbose_name_plural": "Parameter",
                "ordering": ["position", "key"],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(verbose_name="Code")),
                (
                    "group",
                    models.TextField(
                        blank=True, help_text="Wozu der Eintrag in Auswertungen zählt.", verbose_name="Gruppe"
                    ),
                ),
                ("position", models.IntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="reference.codelist",
                        verbose_name="Liste",
                    ),
                ),
            ],
            options={
                "verbose_name": "Listeneintrag",
                "verbose_name_plural": "Listeneinträge",
                "ordering": ["list", "position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="Geltungszeitraum")),
                (
                    "source",
                    models.TextField(
                        help_text="Gesetz, Erlass oder Beschluss; „unbelegt“, wenn es keine gibt.",
                        verbose_name="Quelle",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Anmerkung")),
                ("entered_by", models.TextField(verbose_name="eingetragen von")),
                ("entered_at", models.DateTimeField(verbose_name="eingetragen am")),
                ("voided_by", models.TextField(blank=True, verbose_name="berichtigt von")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="berichtigt am")),
                ("voided_because", models.TextField(blank=True, verbose_name="Grund der Berichtigung")),
                ("value", models.TextField(verbose_name="Wert")),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="reference.parameterkey",
                        verbose_name="Parameter",
                    ),
                ),
            ],
            options={
                "verbose_name": "Parameterwert",
                "verbose_name_plural": "Parameterwerte",
                "ordering": ["key", "valid_period"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("postcode", models.CharField(max_length=5, verbose_name="Postleitzahl")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="reference.municipality",
                        verbose_name="Gemeinde",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ort",
                "verbose_name_plural": "Orte",
                "ordering": ["postcode"],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="Geltungszeitraum")),
                (
                    "source",
                    models.TextField(
                        help_text="Gesetz, Erlass oder Beschluss; „unbelegt“, wenn es keine gibt.",
                        verbose_name="Quelle",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Anmerkung")),
                ("entered_by", models.TextField(verbose_name="eingetragen von")),
                ("entered_at", models.DateTimeField(verbose_name="eingetragen am")),
                ("voided_by", models.TextField(blank=True, verbose_name="berichtigt von")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="berichtigt am")),
                ("voided_because", models.TextField(blank=True, verbose_name="Grund der Berichtigung")),
                ("label", models.TextField(verbose_name="Bezeichnung")),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="reference.code",
                        verbose_name="Listeneintrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bezeichnung",
                "verbose_name_plural": "Bezeichnungen",
                "ordering": ["code", "valid_period"],
            },
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("list", "code"), name="reference_code_once"),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_period__isempty", False), ("valid_period__lower_inf", False)),
                name="reference_parameter_period_has_beginning",
                violation_error_message="Der Zeitraum braucht einen ersten Tag, der letzte darf nicht davor liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                expressions=[
                    (models.Func("key", "key", models.Value("[]"), function="int8range"), "&&"),
                    ("valid_period", "&&"),
                ],
                name="reference_parameter_no_overlap",
                violation_error_message="In diesem Zeitraum gilt schon ein anderer Eintrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("voided_at__isnull", True), ("voided_because", ""), ("voided_by", "")),
                    models.Q(
                        ("voided_at__isnull", False),
                        models.Q(("voided_by", ""), _negated=True),
                        models.Q(("voided_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reference_parameter_voided_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="reference_parameter_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("postcode", "municipality"), name="reference_place_once"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_period__isempty", False), ("valid_period__lower_inf", False)),
                name="reference_term_period_has_beginning",
                violation_error_message="Der Zeitraum braucht einen ersten Tag, der letzte darf nicht davor liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                expressions=[
                    (models.Func("code", "code", models.Value("[]"), function="int8range"), "&&"),
                    ("valid_period", "&&"),
                ],
                name="reference_term_no_overlap",
                violation_error_message="In diesem Zeitraum gilt schon ein anderer Eintrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("voided_at__isnull", True), ("voided_because", ""), ("voided_by", "")),
                    models.Q(
                        ("voided_at__isnull", False),
                        models.Q(("voided_by", ""), _negated=True),
                        models.Q(("voided_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reference_term_voided_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="reference_term_has_source"
            ),
        ),
    ]
