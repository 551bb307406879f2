from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import batch_reads, same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("cases", "0002_wall"), ("access", "0003_wall")]
    operations = [
        wall("monitoring_contact", Compartment.CONTACTS),
        wall("monitoring_outcomestatus", Compartment.JOB),
        same_dossier("monitoring_contact", "case_id", "cases_case"),
        same_dossier("monitoring_outcomestatus", "case_id", "cases_case"),
        batch_reads("monitoring_outcomestatus"),
    ]
