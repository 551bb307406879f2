from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("planning", "0006_measures")]
    operations = [
        wall("planning_prisonmeasure", Compartment.PLAN),
        same_dossier("planning_prisonmeasure", "case_id", "cases_case"),
    ]
