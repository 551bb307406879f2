"""Log-in with every factor that needs no browser, lock-out, and what is left in the trail."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ina.accounts.models import SessionRecord, User
from tests.people import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, FACTOR = "/anmelden/", "/anmelden/zweiter-faktor/"


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def alma(db, people):
    return User.objects.get(pk=people.alma.user_id)


def log_in(username="alma", password=PASSWORD, client=None):
    client = client or Client()
    return client, client.post(LOGIN, {"login": username, "password": password})


def code_now(offset=0):
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + offset))


def is_in(client):
    return "_auth_user_id" in client.session


def test_password_alone_when_no_factor_is_set_up(alma, trail):
    client, answer = log_in()
    assert (answer.status_code, answer.url) == (302, "/")
    assert is_in(client)
    assert SessionRecord.objects.get(user=alma).device == "unbekanntes Gerät"
    assert [line.action for line in trail() if line.user_id == alma.pk] == ["login.succeeded"]


def test_user_name_in_any_case(alma):
    assert is_in(log_in("ALMA")[0])


def test_wrong_password_and_unknown_name_look_the_same(alma, trail):
    pages = []
    for username, password in (("alma", "falsch"), ("niemand.da", "falsch")):
        client, answer = log_in(username, password)
        assert not is_in(client)
        assert "Benutzername oder Passwort stimmen nicht" in answer.content.decode()
        pages.append(answer.status_code)
    assert pages[0] == pages[1]
    lines = trail("login.failed")
    assert [line.user_id for line in lines] == [alma.pk, None]
    assert not any("niemand" in str(line) for line in lines)


def test_app_is_asked_for_after_the_password(alma, trail):
    TOTP.activate(alma, SECRET)
    client, answer = log_in()
    assert answer.url == FACTOR
    assert not is_in(client)
    assert client.post(FACTOR, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    answer = client.post(FACTOR, {"code": code_now()})
    assert answer.status_code == 302
    assert is_in(client)
    actions = [line.action for line in trail() if line.user_id == alma.pk]
    assert actions == ["login.factor_failed", "login.factor_used", "login.succeeded"]


def test_code_of_the_app_is_good_once(alma):
    TOTP.activate(alma, SECRET)
    code = code_now()
    first, _ = log_in()
    first.post(FACTOR, {"code": code})
    second, _ = log_in()
    second.post(FACTOR, {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_printed_codes_are_a_factor_of_their_own_and_good_once(alma):
    codes = RecoveryCodes.activate(alma).get_unused_codes()
    first, answer = log_in()
    assert answer.url == FACTOR
    first.post(FACTOR, {"code": codes[0]})
    assert is_in(first)
    second, _ = log_in()
    page = second.post(FACTOR, {"code": codes[0]})
    assert not is_in(second)
    assert "wurde schon benutzt" in page.content.decode()
    second.post(FACTOR, {"code": codes[1]})
    assert is_in(second)


def test_fifth_wrong_password_locks_the_account_out_even_for_the_right_one(alma, trail):
    for _ in range(5):
        log_in("alma", "falsch")
    client, answer = log_in()
    assert not is_in(client)
    assert "Zu viele Fehlversuche" in answer.content.decode()
    assert is_in(log_in("bert")[0])  # others go on
    assert len(trail("login.locked_out")) == 1


def test_lock_out_counts_in_the_database(alma):
    from django.db import connections

    log_in("alma", "falsch")
    with connections["log"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] == 2  # per address and per account


def test_wrong_codes_lock_out_too(alma):
    TOTP.activate(alma, SECRET)
    client, _ = log_in()
    for _ in range(5):
        page = client.post(FACTOR, {"code": "000000"})
    page = client.post(FACTOR, {"code": code_now()})
    assert not is_in(client)
    assert "Zu viele Fehlversuche" in page.content.decode()


def test_lost_key_is_said_at_the_log_in_and_the_own_page_still_opens(alma, settings, client_of, people):
    RecoveryCodes.activate(alma)
    settings.FIELD_KEY = Fernet.generate_key().decode()
    client, _ = log_in()
    page = client.post(FACTOR, {"code": "00000000"})
    assert "Ihr zweiter Faktor ist nicht lesbar" in page.content.decode()
    assert not is_in(client)
    assert "noch 0 Codes" in client_of(people.alma).get("/konto/").content.decode()


def test_deactivated_account_is_told_so_after_the_right_password_only(alma):
    User.objects.filter(pk=alma.pk).update(is_active=False)
    assert log_in("alma", "falsch")[1].status_code == 200
    client, answer = log_in()
    assert answer.url == reverse("account_inactive")
    assert "stillgelegt" in client.get(answer.url).content.decode()


def test_log_out_ends_the_session_and_says_when(alma, trail):
    client, _ = log_in()
    key = client.session.session_key
    assert client.get("/abmelden/").status_code == 200
    assert is_in(client)
    client.post("/abmelden/")
    assert not Session.objects.filter(pk=key).exists()
    assert SessionRecord.objects.get(user=alma).ended_at is not None
    assert trail("login.ended")[0].user_id == alma.pk


def test_change_of_password_ends_other_sessions_and_keeps_this_one(alma, trail):
    here, elsewhere = log_in()[0], log_in()[0]
    new = "noch-vier-woerter-ohne-sinn"
    answer = here.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert here.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302
    assert SessionRecord.objects.running().filter(user=alma).count() == 1
    assert len(trail("account.password_changed")) == 1


# --- where a second factor is required ----------------------------------------------------------------------------


@pytest.fixture
def required(settings):
    settings.INA_SECOND_FACTOR_REQUIRED = True


def test_without_a_factor_every_page_leads_to_setting_one_up(alma, required):
    client, _ = log_in()
    for url in ("/konto/", "/konten/", reverse("today")):
        assert client.get(url).url == reverse("factor_setup")
    assert client.get(reverse("factor_setup")).status_code == 200


def test_printing_codes_is_enough_and_needs_no_device(alma, required, trail):
    client, _ = log_in()
    page = client.post("/konto/faktoren/codes/neu/", follow=True)
    codes = Authenticator.objects.get(user=alma).wrap().get_unused_codes()
    assert all(code in page.content.decode() for code in codes)
    assert client.get("/konto/").status_code == 200
    again, answer = log_in()
    assert answer.url == FACTOR
    again.post(FACTOR, {"code": codes[0]})
    assert again.get("/konto/").status_code == 200


def test_app_is_set_up_with_its_first_code(alma, required):
    client, _ = log_in()
    page = client.get("/konto/faktoren/app/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    answer = client.post(
        "/konto/faktoren/app/", {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))}
    )
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert set(Authenticator.objects.filter(user=alma).values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_password_is_asked_again_some_time_after_log_in(alma):
    client, _ = log_in()
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 400} for record in session["account_authentication_methods"]
    ]
    session.save()
    answer = client.get("/konto/faktoren/codes/neu/")
    assert answer.url.startswith("/konto/bestaetigen/")
    page = client.post(answer.url, {"password": PASSWORD})
    assert page.url == "/konto/faktoren/codes/neu/"


def test_what_does_not_exist_here_has_no_address():
    from django.urls import NoReverseMatch

    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
