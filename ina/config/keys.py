"""Keys of an installation, kept in files beside the data and never in the database."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

MAKERS = {"secret": lambda: secrets.token_urlsafe(64), "field": lambda: Fernet.generate_key().decode()}
# Wraps the keys of the dossiers (documents.vault): 256 bits, written like the field key.
MAKERS["document"] = MAKERS["field"]


def read_or_make_keys(folder: Path) -> dict[str, str]:
    """The keys by name; made at the first start, readable for their owner only.

    A key file that vanished later is noticed by ``accounts.crypto.check_keys``: the database remembers each key's
    fingerprint. Raises ImproperlyConfigured with one sentence when the folder cannot be read or written.
    """
    keys = {}
    for name, make in MAKERS.items():
        file = folder / f"{name}.key"
        try:
            if not file.exists():
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                _write_once(file, make())
            keys[name] = file.read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"Die Schlüsseldatei {file} ist nicht lesbar oder nicht anlegbar: {error.strerror}."
            ) from error
    return keys


def _write_once(file: Path, content: str) -> None:
    """Two processes may start at once: the first one wins, whole files only."""
    temporary = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(content + "\n")
    try:
        os.link(temporary, file)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
