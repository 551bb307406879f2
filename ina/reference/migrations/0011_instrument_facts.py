"""The catalogue of instruments as delivered; a database may have loaded the other lists before it had this one."""

from django.db import migrations

from ina.reference.migrations._load import load_codes, load_instruments


def load(apps, schema_editor):
    load_codes(apps)
    load_instruments(apps)


class Migration(migrations.Migration):
    dependencies = [("reference", "0010_instruments")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
