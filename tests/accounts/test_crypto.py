"""Keys: what they protect, and what is said when one is lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session

from ina.accounts import crypto
from ina.accounts.models import KeyFingerprint, User
from ina.accounts.operations.keys import accept_new_keys, remember_keys
from ina.base.actor import System
from ina.base.errors import Refused

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NIGHT = System("test")


def test_encryption_is_undone_by_its_key_only(settings):
    token = crypto.encrypt("geheim")
    assert "geheim" not in token
    assert crypto.decrypt(token) == "geheim"
    settings.FIELD_KEY = Fernet.generate_key().decode()
    with pytest.raises(Refused, match="Schlüssel"):
        crypto.decrypt(token)


def test_secret_of_the_app_is_not_readable_in_the_database(people, bare_sql, db):
    TOTP.activate(User.objects.get(pk=people.alma.user_id), SECRET)
    with bare_sql(people.gero) as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator WHERE user_id = %s", [people.alma.user_id])
        assert SECRET not in cursor.fetchone()[0]
    assert crypto.decrypt(Authenticator.objects.get(user=people.alma.user_id).data["secret"]) == SECRET


def test_content_of_sessions_is_not_readable_in_the_database(people, client_of, db):
    import base64
    import zlib

    client = client_of(people.alma)
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    stored = Session.objects.get(pk=session.session_key).session_data
    payload = stored.split(":")[0]
    raw = base64.urlsafe_b64decode(payload.lstrip(".") + "==")
    readable = zlib.decompress(raw) if payload.startswith(".") else raw
    assert SECRET.encode() not in readable
    assert client.session["mfa.totp.secret"] == SECRET


def test_new_installation_remembers_its_keys(db, now):
    assert crypto.check_keys() == []
    assert remember_keys(actor=NIGHT, now=now) == []
    assert set(KeyFingerprint.objects.values_list("name", flat=True)) == {"field", "secret", "document"}
    stored = " ".join(KeyFingerprint.objects.values_list("fingerprint", flat=True))
    from django.conf import settings

    assert settings.FIELD_KEY not in stored
    assert settings.SECRET_KEY not in stored


def test_lost_key_is_said_and_nothing_is_changed(db, now, settings):
    remember_keys(actor=NIGHT, now=now)
    before = list(KeyFingerprint.objects.order_by("name").values_list("name", "fingerprint"))
    settings.FIELD_KEY = Fernet.generate_key().decode()
    (problem,) = remember_keys(actor=NIGHT, now=now)
    assert problem.name == "field"
    assert "field.key" in problem.message
    assert "script/ina accept_new_keys" in problem.message
    assert list(KeyFingerprint.objects.order_by("name").values_list("name", "fingerprint")) == before


def test_accepting_new_keys_drops_what_cannot_be_read_and_keeps_passkeys(db, now, settings, people):
    remember_keys(actor=NIGHT, now=now)
    user = User.objects.get(pk=people.alma.user_id)
    TOTP.activate(user, SECRET)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Schlüssel"})
    settings.FIELD_KEY = Fernet.generate_key().decode()
    assert accept_new_keys(actor=NIGHT, now=now) == 1
    assert [factor.type for factor in Authenticator.objects.filter(user=user)] == ["webauthn"]
    assert crypto.check_keys() == []


def test_people_do_not_maintain_keys(db, now, people):
    with pytest.raises(Refused):
        accept_new_keys(actor=people.gero.actor, now=now)
