"""Help as delivered now takes the place of the first one, where nobody wrote their own."""

from django.db import migrations

from ina.reference import seed


def load(apps, schema_editor):
    untouched = apps.get_model("reference", "Page").objects.filter(slug="hilfe", version=1, edited_by_id=None)
    for slug, title, body in seed.pages():
        if slug == "hilfe":
            untouched.update(title=title, body=body, edited_at=seed.GATHERED_AT)


class Migration(migrations.Migration):
    dependencies = [("reference", "0007_late_entry")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
