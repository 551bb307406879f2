"""Addresses and codes of links for partners without an account. Both are known to the database as keyed hashes only."""

from __future__ import annotations

import re
import secrets

from django.utils.crypto import salted_hmac

# Without 0 O 1 I L: it is read out on the phone. Guesses are counted (``MOST_TRIES``).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
MOST_TRIES = 5


def new_address() -> str:
    """The last part of the address: 22 signs, 132 bits."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """The second secret, told by another way than the address: 8 signs in two groups."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{code[:4]}-{code[4:]}"


def address_hash(address: str) -> str:
    return salted_hmac("network.link.address", address, algorithm="sha256").hexdigest()


def code_hash(code: str) -> str:
    """Of a code as somebody typed it: small letters, gaps and hyphens are forgiven."""
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    return salted_hmac("network.link.code", plain, algorithm="sha256").hexdigest() if plain else ""
