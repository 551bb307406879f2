from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("planning", "0008_conferences")]
    operations = [
        wall("planning_conference", Compartment.PLAN),
        wall("planning_conferencedecision", Compartment.PLAN),
        same_dossier("planning_conference", "case_id", "cases_case"),
        same_dossier("planning_conferencedecision", "conference_id", "planning_conference"),
        same_dossier("planning_conferencedecision", "step_id", "planning_planstep"),
    ]
