"""A new master key: the keys of all dossiers are wrapped anew, the papers themselves stay as they are."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connections, transaction

from ina.documents import vault

CURRENT, NEXT = "document.key", "document.next.key"


def rotate() -> int:
    """Make a new master key and wrap every dossier's key with it; how many there were.

    May be stopped at any moment and started again: until the last step the new key stands beside the old one, and each
    row says which of them wraps it. The old key stays in the folder under its fingerprint, for older backups.
    """
    folder = Path(settings.KEY_FOLDER)
    coming = folder / NEXT
    if not coming.exists():
        half = folder / f"{NEXT}.half"
        half.touch(mode=0o600)
        half.write_text(Fernet.generate_key().decode() + "\n")
        half.replace(coming)
    text = coming.read_text().strip()
    master = base64.urlsafe_b64decode(text)
    with transaction.atomic(using="batch"), connections["batch"].cursor() as cursor:
        cursor.execute("SELECT id, dossier_id, master, wrapped FROM documents_dossierkey ORDER BY id FOR UPDATE")
        rows = [row for row in cursor.fetchall() if row[2] != vault.fingerprint(master)]
        for key_id, dossier_id, old, wrapped in rows:
            name, anew = vault.wrap(vault.unwrap(old, bytes(wrapped), dossier_id), dossier_id, master)
            cursor.execute(
                "UPDATE documents_dossierkey SET master = %s, wrapped = %s WHERE id = %s", [name, anew, key_id]
            )
    current = folder / CURRENT
    old_key = base64.urlsafe_b64decode(current.read_text().strip())
    kept = folder / f"document-{vault.fingerprint(old_key)[:12]}.key"
    if not kept.exists():
        kept.hardlink_to(current)
    coming.replace(current)
    settings.DOCUMENT_KEY = text
    vault.forget_master_keys()
    return len(rows)
