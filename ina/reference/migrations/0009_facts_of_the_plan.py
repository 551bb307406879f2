"""What counselling, profiling and planning look up: one loading for all rows that the files gained for them."""

from django.db import migrations

from ina.reference.migrations._load import load


class Migration(migrations.Migration):
    dependencies = [("reference", "0008_help")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
