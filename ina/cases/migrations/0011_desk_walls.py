from django.db import migrations

from ina.access.wall import holder_wall


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_desk"), ("access", "0008_shielded")]
    operations = [holder_wall("cases_savedview"), holder_wall("cases_listexport")]
