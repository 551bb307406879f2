"""What each instrument of support is, by period."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON reference_instrumentfact
    FOR EACH ROW EXECUTE FUNCTION reference_keep_history()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0009_facts_of_the_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="InstrumentFact",
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
                ("norm", models.TextField(verbose_name="Norm")),
                ("essentials", models.TextField(verbose_name="Das Wesentliche")),
                ("decided_by", models.TextField(verbose_name="Zuständig")),
                (
                    "apply_before",
                    models.TextField(
                        blank=True, help_text="Was sonst verloren ist, wenn man wartet.", verbose_name="Antrag vor"
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instrument_facts",
                        to="reference.code",
                        verbose_name="Listeneintrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "Angaben zu einer Förderung",
                "verbose_name_plural": "Angaben zu Förderungen",
                "ordering": ["code", "valid_period"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_period__isempty", False), ("valid_period__lower_inf", False)),
                        name="reference_instrumentfact_period_has_beginning",
                        violation_error_message="Der Zeitraum braucht einen ersten Tag, der letzte darf nicht davor liegen.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        expressions=[
                            (models.Func("code", "code", models.Value("[]"), function="int8range"), "&&"),
                            ("valid_period", "&&"),
                        ],
                        name="reference_instrumentfact_no_overlap",
                        violation_error_message="In diesem Zeitraum gilt schon ein anderer Eintrag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_because", ""), ("voided_by", "")),
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("voided_by", ""), _negated=True),
                                models.Q(("voided_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reference_instrumentfact_voided_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="reference_instrumentfact_has_source"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            TRIGGER,
            "DROP TRIGGER keep_history ON reference_instrumentfact",
        ),
    ]
