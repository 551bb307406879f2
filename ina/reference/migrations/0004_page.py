from django.db import migrations, models

from ina.reference import seed


def load(apps, schema_editor):
    """Add the delivered pages; what an administrator wrote stays."""
    table = apps.get_model("reference", "Page")
    for slug, title, body in seed.pages():
        table.objects.get_or_create(
            slug=slug, defaults={"title": title, "body": body, "edited_at": seed.GATHERED_AT, "version": 1}
        )


class Migration(migrations.Migration):
    dependencies = [("reference", "0003_delivered_facts")]

    operations = [
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=40, unique=True, verbose_name="Adresse")),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                (
                    "body",
                    models.TextField(
                        help_text=(
                            "## Überschrift, ### kleinere, - Liste, 1. Liste, **fett**, [Worte](Adresse); Leerzeile: "
                            "neuer Absatz."
                        ),
                        max_length=100000,
                        verbose_name="Text",
                    ),
                ),
                ("edited_at", models.DateTimeField(verbose_name="Stand")),
                ("edited_by_id", models.BigIntegerField(blank=True, null=True, verbose_name="geändert von (Konto)")),
                ("version", models.IntegerField(default=1)),
            ],
            options={"verbose_name": "Seite", "verbose_name_plural": "Seiten", "ordering": ["slug"]},
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
