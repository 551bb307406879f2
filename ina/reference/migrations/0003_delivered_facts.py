from django.db import migrations

from ina.reference.migrations._load import load


class Migration(migrations.Migration):
    dependencies = [("reference", "0002_keep_history")]

    # Going back leaves the rows where they are: history is not deleted.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
