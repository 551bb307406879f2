"""Occupations as delivered: trades, usual training occupations, helper and entry occupations, with search words."""

from django.db import migrations

from ina.reference.migrations._load import load_occupations


def load(apps, schema_editor):
    load_occupations(apps)


class Migration(migrations.Migration):
    dependencies = [("reference", "0012_occupations")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
