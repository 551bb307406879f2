from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import batch_reads, same_dossier, wall


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial"), ("cases", "0002_wall"), ("access", "0003_wall")]
    operations = [
        wall("planning_integrationplan", Compartment.PLAN),
        wall("planning_goal", Compartment.PLAN),
        wall("planning_planstep", Compartment.PLAN),
        same_dossier("planning_integrationplan", "case_id", "cases_case"),
        same_dossier("planning_goal", "plan_id", "planning_integrationplan"),
        same_dossier("planning_planstep", "goal_id", "planning_goal"),
        batch_reads("planning_integrationplan"),
    ]
