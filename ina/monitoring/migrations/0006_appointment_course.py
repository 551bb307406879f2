from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from ina.monitoring.enums import AppointmentHalt, AppointmentState

# Nothing wrote appointments before: the defaults are for no row.
NEVER = datetime(2026, 11, 23, tzinfo=UTC)


class Migration(migrations.Migration):
    """What the course of a case does with appointments, and their number in it."""

    dependencies = [("monitoring", "0005_appointment_wall")]

    operations = [
        migrations.AddField(
            "appointment",
            "number",
            models.PositiveSmallIntegerField("Nummer", default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            "appointment", "agreed_at", models.DateTimeField("vereinbart", default=NEVER), preserve_default=False
        ),
        migrations.AddField("appointment", "outside", models.BooleanField("außerhalb der Anstalt", default=False)),
        migrations.AddField(
            "appointment",
            "halt",
            models.CharField(
                blank=True, choices=[(halt.value, halt.label) for halt in AppointmentHalt], default="", max_length=10
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "appointment",
            "case",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            "appointment",
            "contact",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="monitoring.contact",
            ),
        ),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(fields=["case", "number"], name="monitoring_appointment_numbered"),
        ),
        migrations.RemoveConstraint("appointment", "monitoring_appointment_cancelled_with_reason"),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=(Q(state=AppointmentState.CANCELLED) & ~Q(because=""))
                | (~Q(state=AppointmentState.CANCELLED) & Q(because="", halt="")),
                name="monitoring_appointment_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=Q(state__in=[AppointmentState.KEPT, AppointmentState.MISSED], contact__isnull=False)
                | Q(state__in=[AppointmentState.PLANNED, AppointmentState.CANCELLED], contact__isnull=True),
                name="monitoring_appointment_kept_has_contact",
            ),
        ),
    ]
