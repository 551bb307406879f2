from django.db import migrations

from ina.institutions.migrations._load import load


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial"), ("reference", "0003_delivered_facts")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
