"""Live grants of those who do the transition management open their internal notes too (``access.rules``)."""

from django.db import migrations

from ina.access.enums import Basis, Compartment

OPEN = f"""
UPDATE access_grant SET compartments = compartments | {int(Compartment.INTERNAL)}
WHERE basis IN ('{Basis.ASSIGNMENT}', '{Basis.TEAM}', '{Basis.DEPUTYSHIP}')
  AND compartments & {int(Compartment.PLAN)} <> 0;
"""
SHUT = f"UPDATE access_grant SET compartments = compartments & ~{int(Compartment.INTERNAL)};"


class Migration(migrations.Migration):
    dependencies = [("access", "0010_shielded_because")]

    operations = [migrations.RunSQL(OPEN, SHUT)]
