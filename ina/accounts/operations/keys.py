"""Which key files this database was last used with."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator

from ina.accounts import crypto, policies
from ina.accounts.models import KeyFingerprint
from ina.base.actor import Actor
from ina.base.operation import note, operation


@operation("accounts.remember_keys", may=policies.may_maintain)
def remember_keys(*, actor: Actor, now: datetime) -> list[crypto.KeyProblem]:
    """At the start: remember the keys of a new installation; answer what does not fit and change nothing then."""
    problems = crypto.check_keys()
    if not problems:
        for name, fingerprint in crypto.fingerprints().items():
            KeyFingerprint.objects.update_or_create(name=name, defaults={"fingerprint": fingerprint, "seen_at": now})
    return problems


@operation("accounts.accept_new_keys", may=policies.may_maintain)
def accept_new_keys(*, actor: Actor, now: datetime) -> int:
    """The old files are lost for good: drop every factor whose secret they held, remember the new keys.

    Passkeys stay, they hold no secret. The people concerned log in with their password and set up a factor anew.
    Answers how many factors were dropped.
    """
    problems = {problem.name for problem in crypto.check_keys()}
    dropped = 0
    if "field" in problems:
        dropped, _ = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).delete()
    for name, fingerprint in crypto.fingerprints().items():
        KeyFingerprint.objects.update_or_create(name=name, defaults={"fingerprint": fingerprint, "seen_at": now})
    note(keys=sorted(problems), dropped=dropped)
    return dropped
