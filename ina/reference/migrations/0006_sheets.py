"""The texts of the sheets that people sign; what an administrator wrote under the same address stays."""

from django.db import migrations

from ina.reference import seed


def load(apps, schema_editor):
    table = apps.get_model("reference", "Page")
    for slug, title, body in seed.pages():
        table.objects.get_or_create(
            slug=slug, defaults={"title": title, "body": body, "edited_at": seed.GATHERED_AT, "version": 1}
        )


class Migration(migrations.Migration):
    dependencies = [("reference", "0005_facts_of_the_case")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
