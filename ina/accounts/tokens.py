"""Keyed hashes of secrets that the database must know again without knowing them."""

from __future__ import annotations

import hashlib

from django.utils.crypto import salted_hmac

from ina.accounts.rules import normalised_code


def token_hash(code: str) -> str:
    """Of an invitation's code; keyed with the installation's secret, so that a stolen dump cannot be searched."""
    return salted_hmac("ina.accounts.invitation", normalised_code(code), algorithm="sha256").hexdigest()


def session_hash(session_key: str) -> str:
    """Of a session's key. Plain SHA-256, which the database can compute too when it ends sessions."""
    return hashlib.sha256(session_key.encode()).hexdigest()
