from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall

VOCATIONAL = (
    "profiling_assessment",
    "profiling_biographyentry",
    "profiling_targetoccupation",
    "profiling_languageskill",
    "profiling_mobility",
    "profiling_restriction",
    "profiling_competence",
)


class Migration(migrations.Migration):
    dependencies = [("profiling", "0004_assessments_and_facts"), ("access", "0003_wall")]
    operations = [
        *[wall(table, Compartment.VOCATIONAL) for table in VOCATIONAL],
        wall("profiling_healthfinding", Compartment.HEALTH),
        same_dossier("profiling_assessment", "profiling_id", "profiling_profiling"),
        same_dossier("profiling_healthfinding", "profiling_id", "profiling_profiling"),
    ]
