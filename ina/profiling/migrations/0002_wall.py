from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import batch_reads, same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("profiling", "0001_initial"), ("cases", "0002_wall"), ("access", "0003_wall")]
    operations = [
        wall("profiling_profiling", Compartment.VOCATIONAL),
        wall("profiling_finding", Compartment.VOCATIONAL),
        same_dossier("profiling_profiling", "case_id", "cases_case"),
        same_dossier("profiling_finding", "profiling_id", "profiling_profiling"),
        batch_reads("profiling_profiling"),
    ]
