from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_appointments"), ("access", "0003_wall"), ("cases", "0010_desk")]
    operations = [
        wall("monitoring_appointment", Compartment.CONTACTS),
        same_dossier("monitoring_appointment", "case_id", "cases_case"),
        same_dossier("monitoring_appointment", "contact_id", "monitoring_contact"),
    ]
