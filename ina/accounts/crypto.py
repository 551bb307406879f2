"""Secrets of second factors and sessions, encrypted with a key that lies beside the data and never in the database.

The database remembers a fingerprint of each key file, so that a lost or exchanged file is said in one sentence at the
start instead of as an unreadable factor at somebody's log-in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.serializers import JSONSerializer

from ina.accounts.models import KeyFingerprint
from ina.base.errors import Refused

UNREADABLE = (
    "Ihr zweiter Faktor ist nicht lesbar, weil der Schlüssel dieser Installation fehlt oder ausgetauscht wurde. "
    "Bitte wenden Sie sich an Ihre Kontenverwaltung."
)


@lru_cache(maxsize=2)
def _cipher(key: str) -> Fernet:
    return Fernet(key.encode())


def encrypt(text: str) -> str:
    """Authenticated encryption with the installation's field key."""
    return _cipher(settings.FIELD_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Counterpart of ``encrypt``. Raises Refused with a sentence for the person when the key does not fit."""
    try:
        return _cipher(settings.FIELD_KEY).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Refused(UNREADABLE) from error


class EncryptedSerializer(JSONSerializer):
    """Content of sessions: a factor that is being set up and printed codes wait there for a moment."""

    def dumps(self, obj) -> bytes:
        return _cipher(settings.FIELD_KEY).encrypt(super().dumps(obj))

    def loads(self, data: bytes):
        return super().loads(_cipher(settings.FIELD_KEY).decrypt(data))


@dataclass(frozen=True)
class KeyProblem:
    """``name`` of the key file without its ending; ``message`` says in German what is wrong and what to do."""

    name: str
    message: str


CONSEQUENCES = {
    "field": "Ohne sie sind alle zweiten Faktoren unlesbar.",
    "document": "Ohne sie sind alle abgelegten Dokumente unlesbar.",
    "secret": "Ohne sie gelten offene Einladungen nicht mehr.",
}


def fingerprints() -> dict[str, str]:
    """A fingerprint of each key in use; the keys are random, so it reveals nothing of them."""
    keys = {"field": settings.FIELD_KEY, "secret": settings.SECRET_KEY, "document": settings.DOCUMENT_KEY}
    return {name: hashlib.sha256(f"ina:{name}:{key}".encode()).hexdigest() for name, key in keys.items()}


def check_keys() -> list[KeyProblem]:
    """One sentence for each key file that is not the one this database was last used with; empty when all fit."""
    known = dict(KeyFingerprint.objects.values_list("name", "fingerprint"))
    return [
        KeyProblem(
            name,
            f"Die Schlüsseldatei {name}.key ist nicht die, mit der diese Datenbank zuletzt benutzt wurde (verloren "
            f"oder ausgetauscht). {CONSEQUENCES[name]} Legen Sie die gesicherte Datei in den Ordner keys der "
            "Datenablage zurück und starten Sie neu. Ist sie endgültig verloren: script/ina accept_new_keys.",
        )
        for name, fingerprint in fingerprints().items()
        if name in known and known[name] != fingerprint
    ]
