"""The list of occupations as it is delivered now takes the place of what came before."""

from django.db import migrations

from ina.reference.migrations._load import load_occupations


def load(apps, schema_editor):
    load_occupations(apps)


class Migration(migrations.Migration):
    dependencies = [("reference", "0013_own_occupations")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
