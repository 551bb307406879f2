from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import same_dossier, same_rights, wall, wall_by_row

BELOW = ("documentversion", "documentcontent", "signature", "dispatch")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("access", "0003_wall")]
    operations = [
        # No history: a key that was erased must not live on in one.
        wall("documents_dossierkey", Compartment.CASE, history=False),
        wall_by_row("documents_document"),
        *(wall_by_row(f"documents_{name}") for name in BELOW),
        *(same_dossier(f"documents_{name}", "document_id", "documents_document") for name in BELOW),
        *(same_rights(f"documents_{name}", "document_id", "documents_document") for name in BELOW),
        *(same_dossier(f"documents_{name}", "of_version_id", "documents_documentversion") for name in BELOW[1:]),
        same_dossier("documents_signature", "scanned_id", "documents_documentversion"),
        # Who rotates the master key wraps the keys anew (``rotate_document_key``); contents stay closed to the nightly log-in.
        migrations.RunSQL(
            "GRANT SELECT (id, dossier_id, master, wrapped), UPDATE (master, wrapped) ON documents_dossierkey TO ina_batch;"
            " CREATE POLICY batch ON documents_dossierkey TO ina_batch USING (true);",
            "DROP POLICY batch ON documents_dossierkey; REVOKE ALL ON documents_dossierkey FROM ina_batch;",
        ),
    ]
