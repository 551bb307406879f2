from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial"), ("cases", "0002_wall"), ("access", "0003_wall")]
    operations = [
        wall("network_servicereferral", Compartment.NETWORK),
        wall("network_servicereferralact", Compartment.NETWORK),
        same_dossier("network_servicereferral", "case_id", "cases_case"),
        same_dossier("network_servicereferralact", "referral_id", "network_servicereferral"),
    ]
