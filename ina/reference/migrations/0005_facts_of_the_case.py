from django.db import migrations

from ina.reference.migrations._load import load


class Migration(migrations.Migration):
    dependencies = [("reference", "0004_page")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
