from django.db import migrations

from ina.reference.migrations._load import load_parameters


def load(apps, schema_editor):
    load_parameters(apps)


class Migration(migrations.Migration):
    """How long after its day an appointment can still be entered."""

    dependencies = [("reference", "0006_sheets")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
