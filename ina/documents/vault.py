"""Encryption of what is kept: a key per dossier, wrapped by a master key that lies beside the data and never in it.

AES-256-GCM, a fresh nonce each time; what a content belongs to is bound into it, so that it cannot be moved to another
row. Master keys are files of ``INA_HOME/keys``: ``document.key`` wraps, ``document.next.key`` stands there while a
rotation runs, ``document-*.key`` are former ones for older backups.
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from ina.base.errors import Refused

NONCE = 12
UNREADABLE = (
    "Dieses Dokument ist nicht lesbar, weil der Schlüssel dieser Installation fehlt oder ausgetauscht wurde. Bitte "
    "wenden Sie sich an Ihre Systemverwaltung."
)


def fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"ina:document:" + key).hexdigest()


@cache
def _master_keys() -> dict[str, bytes]:
    """By fingerprint, the one that wraps first."""
    texts = [settings.DOCUMENT_KEY]
    for file in sorted(Path(settings.KEY_FOLDER).glob("document*.key")):
        texts.append(file.read_text().strip())
    keys = [base64.urlsafe_b64decode(text) for text in texts]
    return {fingerprint(key): key for key in keys}


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=256)


def wrap(key: bytes, dossier_id: int, master: bytes | None = None) -> tuple[str, bytes]:
    """The key of a dossier under the master key: (fingerprint of the master key, wrapped key)."""
    master = master or base64.urlsafe_b64decode(settings.DOCUMENT_KEY)
    return fingerprint(master), seal(master, key, f"dossier:{dossier_id}")


def unwrap(master: str, wrapped: bytes, dossier_id: int) -> bytes:
    """Raises Refused with a sentence for the person when that master key is not there."""
    if master not in _master_keys():
        _master_keys.cache_clear()  # rotated while this process ran
    key = _master_keys().get(master)
    if key is None:
        raise Refused(UNREADABLE)
    return unseal(key, wrapped, f"dossier:{dossier_id}")


def seal(key: bytes, content: bytes, about: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """Raises Refused when it was changed, belongs elsewhere, or the key is another one."""
    sealed = bytes(sealed)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except InvalidTag as error:
        raise Refused(UNREADABLE) from error


def forget_master_keys() -> None:
    """Read the key files again: one of them has changed."""
    _master_keys.cache_clear()
